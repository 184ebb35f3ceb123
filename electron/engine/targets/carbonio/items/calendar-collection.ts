import { problemOf, TravasoError } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { calendarItemFields } from '../../../items/calendar-fields.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import { readCalendarItem } from '../../../sources/zimbra/items/read-calendar-item.ts';
import type { OutgoingItem, PutOutcome, ReadItem, TargetItemCollection } from '../../item-target.ts';
import { sideBySide } from '../side-by-side.ts';
import { uidKey } from './calendar-book.ts';
import type { CalendarBook } from './calendar-book.ts';
import { CalendarSending } from './calendar-sending.ts';
import type { Waiting } from './calendar-sending.ts';
import type { CollectionParts } from './contact-collection.ts';
import { trashId } from './item-folders.ts';
import { readOutgoing } from './prepare-calendar.ts';

/** Downloads asked for side by side. */
const width = 3;
/** One import: small enough for one that fails to be found soon, and for a server with little memory. */
const batchItems = 50;
const batchOctets = 1024 * 1024;

export interface CalendarParts extends CollectionParts {
  readonly book: CalendarBook;
  /** Octets that the mailbox still takes; null for no limit. */
  readonly room: (signal: AbortSignal) => Promise<number | null>;
}

/** A calendar or a list of tasks. */
export function calendarCollection(parts: CalendarParts): TargetItemCollection {
  const { session, folder, book } = parts;
  let isLookedAt = false;

  const readOne = async (key: string, signal: AbortSignal): Promise<ReadItem> => {
    const details = { folder: folder.name, kind: folder.kind, item: key };
    try {
      const { octets } = await readCalendarItem({ session, id: key, details }, signal);
      const pieces: Buffer[] = [];
      for await (const piece of octets) pieces.push(piece);
      return { key, fields: calendarItemFields(Buffer.concat(pieces)) };
    } catch (error) {
      if (!(error instanceof TravasoError) || error.code !== 'ITEM_UNREADABLE') throw error;
      // It is there, and nothing of it can be proved.
      return { key, fields: error.problem.details['reason'] === 'not-found' ? null : fieldsOf([]) };
    }
  };

  return {
    async *inventory(signal) {
      const places = await book.refresh(signal);
      const own = [...places.values()].filter(place => place.folder === folder.key);
      for (let at = 0; at < own.length; at += 1000) {
        yield own.slice(at, at + 1000).map(({ id, uid }) => ({ key: id, identity: uid }));
      }
    },

    async *put(items, signal) {
      const places = await book.known(signal);
      const waiting: Waiting[] = [];
      for (const [index, item] of items.entries()) {
        const there = places.get(uidKey(item.identity));
        if (there !== undefined) {
          const isThrownAway = there.folder === trashId && folder.key !== trashId;
          yield isThrownAway ? refused(index, item, 'in-trash') : { index, kind: 'present', key: there.id };
          continue;
        }
        try {
          waiting.push({ index, item, outgoing: readOutgoing(item) });
        } catch (error) {
          yield { index, kind: 'refused', problem: withFolder(problemOf(error)) };
        }
      }
      const sending = new CalendarSending(parts, signal);
      try {
        for (const batch of batches(waiting)) {
          if (sending.full !== null) {
            const problem = sending.full;
            yield* batch.map(({ index }): PutOutcome => ({ index, kind: 'refused', problem }));
          } else {
            yield* await sending.send(batch);
          }
        }
      } catch (error) {
        book.forget();
        throw error;
      }
    },

    async *read(keys, signal) {
      // Once for this look at the folder: pages of it follow one another.
      const all = isLookedAt ? await book.known(signal) : await book.refresh(signal);
      isLookedAt = true;
      const places = new Map([...all.values()].map(place => [place.id, place]));
      const present = keys.filter(key => {
        const place = places.get(key);
        // Thrown away, it is not there for the person.
        return place !== undefined && (place.folder !== trashId || folder.key === trashId);
      });
      const asked = new Set(present);
      for (const key of keys) if (!asked.has(key)) yield { key, fields: null };
      yield* sideBySide(present, width, key => readOne(key, signal));
    },
  };

  function refused(index: number, { kind, name }: OutgoingItem, reason: string): PutOutcome {
    const details = { folder: folder.name, kind, name, reason };
    return { index, kind: 'refused', problem: { code: 'ITEM_REFUSED', details } };
  }

  function withFolder({ code, details }: Problem): Problem {
    return { code, details: { ...details, folder: folder.name } };
  }
}

function* batches(waiting: readonly Waiting[]): Generator<readonly Waiting[]> {
  let batch: Waiting[] = [];
  let octets = 0;
  for (const each of waiting) {
    const size = each.outgoing.text.length;
    if (batch.length > 0 && (batch.length >= batchItems || octets + size > batchOctets)) {
      yield batch;
      batch = [];
      octets = 0;
    }
    batch.push(each);
    octets += size;
  }
  if (batch.length > 0) yield batch;
}
