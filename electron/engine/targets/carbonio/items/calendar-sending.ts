import * as z from 'zod';
import type { Problem } from '../../../../../shared/errors.ts';
import type { SoapFault } from '../../../zimbra/soap-session.ts';
import type { OutgoingItem, PutOutcome } from '../../item-target.ts';
import { busyError, read } from '../read.ts';
import { isTagName } from '../tag-names.ts';
import { uidKey } from './calendar-book.ts';
import type { CalendarParts } from './calendar-collection.ts';
import { faultBehind } from './contact-collection.ts';
import { importCalendars } from './import-calendars.ts';
import { readItemRefusal } from './item-refusal.ts';
import type { OutgoingCalendar } from './outgoing-calendar.ts';

export interface Waiting {
  readonly index: number;
  readonly item: OutgoingItem;
  readonly outgoing: OutgoingCalendar;
}

/** How often a server that is busy is asked for one and the same. */
const tries = 3;
const anyAnswer = z.record(z.string(), z.unknown());

/**
 * Sends appointments in batches and finds out what became of each:
 *
 *     as many ids as components → all of them are there
 *     fewer, or a fault         → the mailbox is looked at; what is missing goes again in halves, and at last alone
 *     alone and not taken       → set aside, with the fault or with the full mailbox as its reason
 */
export class CalendarSending {
  /** The mailbox takes nothing more. */
  full: Problem | null = null;
  private readonly parts: CalendarParts;
  private readonly signal: AbortSignal;

  constructor(parts: CalendarParts, signal: AbortSignal) {
    this.parts = parts;
    this.signal = signal;
  }

  async send(batch: readonly Waiting[]): Promise<readonly PutOutcome[]> {
    let fault: SoapFault | null = null;
    for (let tried = 1; tried <= tries; tried += 1) {
      try {
        return await this.conclude(batch, await this.import(batch), null);
      } catch (error) {
        fault = faultBehind(error);
        if (fault === null) throw error;
      }
      // An upload that is gone, or that was too large, was read by nobody.
      if (fault.code === 'mail.NO_SUCH_UPLOAD') continue;
      if (fault.code === 'mail.UPLOAD_TOO_LARGE') break;
      const isBusy = busyError(fault) !== null;
      const refusal = readItemRefusal(fault, this.details(batch));
      if (refusal.concerns === 'session' && !isBusy) throw refusal.error;
      const taken = await this.look(batch);
      if (taken.size > 0 || !isBusy || batch.length > 1) return await this.conclude(batch, taken, fault);
    }
    return await this.conclude(batch, new Map(), fault);
  }

  private async import(batch: readonly Waiting[]): Promise<ReadonlyMap<Waiting, string>> {
    const text = batch.map(({ outgoing }) => outgoing.text).join('');
    const ids = await importCalendars(this.parts.session, this.parts.folder.key, text, this.signal);
    return ids.length === components(batch) ? byOrder(batch, ids) : await this.look(batch);
  }

  /** Where the mailbox has those of the batch that it has. */
  private async look(batch: readonly Waiting[]): Promise<ReadonlyMap<Waiting, string>> {
    const places = await this.parts.book.refresh(this.signal);
    return new Map(
      batch.flatMap(each => {
        const place = places.get(uidKey(each.item.identity));
        return place === undefined ? [] : [[each, place.id] as const];
      }),
    );
  }

  private async conclude(
    batch: readonly Waiting[],
    taken: ReadonlyMap<Waiting, string>,
    fault: SoapFault | null,
  ): Promise<readonly PutOutcome[]> {
    await this.tag(taken);
    const outcomes: PutOutcome[] = [];
    for (const [{ index, item }, key] of taken) {
      this.parts.book.note({ id: key, folder: this.parts.folder.key, uid: item.identity });
      outcomes.push({ index, kind: 'stored', key });
    }
    const missing = batch.filter(each => !taken.has(each));
    const refusal = fault === null || missing.length === 0 ? null : readItemRefusal(fault, this.details(missing));
    if (refusal?.concerns === 'account') this.full = refusal.problem;
    else if (batch.length === 1 && missing.length === 1) return refuse(missing, await this.reason(missing, fault));
    for (const part of halves(missing)) {
      outcomes.push(...(this.full === null ? await this.send(part) : refuse(part, this.full)));
    }
    return outcomes;
  }

  /** Why this one was not taken. The import never says, not even that the mailbox is full. */
  private async reason(alone: readonly Waiting[], fault: SoapFault | null): Promise<Problem> {
    const details = this.details(alone);
    if (fault !== null) return { code: 'ITEM_REFUSED', details: { ...details, reason: fault.code } };
    const room = await this.parts.room(this.signal);
    const octets = alone.reduce((total, { outgoing }) => total + Buffer.byteLength(outgoing.text), 0);
    if (room === null || room >= octets) return { code: 'ITEM_REFUSED', details: { ...details, reason: 'not-taken' } };
    this.full = { code: 'TARGET_QUOTA', details: { ...details, reason: 'not-taken' } };
    return this.full;
  }

  /** Categories are words in the appointment; what the person sees in a list are tags. */
  private async tag(taken: ReadonlyMap<Waiting, string>): Promise<void> {
    const { session, tags } = this.parts;
    const wanted = new Map<string, string[]>();
    for (const [{ outgoing }, key] of taken) {
      for (const name of outgoing.categories.filter(isTagName)) wanted.set(name, [...(wanted.get(name) ?? []), key]);
    }
    const names = await tags.namesFor(wanted.keys(), this.signal);
    for (const [category, ids] of wanted) {
      const tn = names.get(category);
      if (tn === undefined) continue;
      const action = { op: 'tag', id: ids.join(','), tn };
      for (let tried = 1; ; tried += 1) {
        try {
          await read(session, 'ItemActionRequest', { action }, anyAnswer, this.signal);
          break;
        } catch (error) {
          const fault = faultBehind(error);
          // Saying it twice is saying it once. Any other refusal leaves the category where it is, in the appointment.
          if (fault === null || (busyError(fault) !== null && tried >= tries)) throw error;
          if (busyError(fault) === null) break;
        }
      }
    }
  }

  private details(batch: readonly Waiting[]): Problem['details'] {
    const { folder } = this.parts;
    return { folder: folder.name, kind: folder.kind, name: batch[0]?.item.name ?? '' };
  }
}

function refuse(batch: readonly Waiting[], problem: Problem): readonly PutOutcome[] {
  return batch.map(({ index }) => ({ index, kind: 'refused', problem }));
}

function components(batch: readonly Waiting[]): number {
  return batch.reduce((total, { outgoing }) => total + outgoing.components, 0);
}

function byOrder(batch: readonly Waiting[], ids: readonly string[]): ReadonlyMap<Waiting, string> {
  let at = 0;
  return new Map(
    batch.map(each => {
      const id = ids[at] ?? '';
      at += each.outgoing.components;
      return [each, id] as const;
    }),
  );
}

function halves<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length === 0) return [];
  if (all.length === 1) return [all];
  const half = Math.ceil(all.length / 2);
  return [all.slice(0, half), all.slice(half)];
}
