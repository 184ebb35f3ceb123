import type ICAL from 'ical.js';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { mostOccurrences, occurrencesOf, timesOf } from '../../items/occurrences.ts';
import { calendarCard, parseCalendarItem } from './calendar-card.ts';
import { textOf } from './card-texts.ts';
import { contactCard } from './contact-card.ts';
import { itemLimits } from './item-limits.ts';

/** How a time is written: an instant, a day, or a time on whatever wall one looks at. */
export const timeForms = ['instant', 'day', 'wall'] as const;

/** What lists need of an item; small, because twenty thousand of them are held. */
export type ItemDigest =
  | {
      readonly kind: 'contact';
      readonly name: string;
      readonly reach: string;
      readonly organisation: string;
      readonly members: number | null;
      /** Everything it is found by. */
      readonly words: string;
    }
  | {
      readonly kind: 'event';
      readonly title: string;
      readonly place: string;
      readonly repeats: boolean;
      readonly cancelled: boolean;
      /** Milliseconds: of the instant, or on the wall. Three arrays of one length, an occurrence in each place. */
      readonly starts: Float64Array;
      readonly ends: Float64Array;
      readonly forms: Uint8Array;
      /** By place. */
      readonly exceptions: ReadonlyMap<
        number,
        { readonly title: string; readonly place: string; readonly cancelled: boolean }
      >;
    }
  | {
      readonly kind: 'task';
      readonly title: string;
      readonly due: string | null;
      readonly completed: boolean;
      readonly percent: number | null;
    }
  | { readonly kind: 'unreadable' };

/** Throws when it cannot be parsed. @param now what an endless series is followed up to a few years from */
export function digestItem(octets: Buffer, kind: ItemKind, now: Date): ItemDigest {
  if (kind === 'contact') return contactDigest(octets);
  if (kind === 'task') return taskDigest(octets);
  return kind === 'event' ? eventDigest(octets, now) : { kind: 'unreadable' };
}

function contactDigest(octets: Buffer): ItemDigest {
  const { name, isGroup, entries, members } = contactCard(octets);
  const of = (test: (field: string) => boolean): string => entries.find(({ field }) => test(field))?.value ?? '';
  const words = [name, ...entries.filter(({ field }) => field !== 'other').map(({ value }) => value), ...members];
  return {
    kind: 'contact',
    name,
    reach: isGroup ? '' : of(field => field === 'email') || of(field => field.startsWith('phone')),
    organisation: of(field => field === 'organisation'),
    members: isGroup ? members.length : null,
    words: words.join('\n').slice(0, 5000),
  };
}

function taskDigest(octets: Buffer): ItemDigest {
  const card = calendarCard(octets);
  if (card.kind !== 'task') return { kind: 'unreadable' };
  const completed = card.completed !== null || card.status === 'completed' || card.percent === 100;
  return { kind: 'task', title: card.title, due: card.due, completed, percent: card.percent };
}

function eventDigest(octets: Buffer, now: Date): ItemDigest {
  const { series, exceptions, times } = parseCalendarItem(octets);
  const began = timesOf(series, 'dtstart')[0]?.time.year ?? now.getUTCFullYear();
  const years = Math.min(itemLimits.years, Math.max(10, now.getUTCFullYear() + itemLimits.yearsAhead - began));
  const occurrences = occurrencesOf(series, exceptions, times, mostOccurrences, years);
  const changed = new Map<number, { title: string; place: string; cancelled: boolean }>();
  for (const [index, { component }] of occurrences.entries()) {
    if (component !== series) changed.set(index, titleOf(component));
  }
  return {
    kind: 'event',
    ...titleOf(series),
    repeats: series.hasProperty('rrule') || series.hasProperty('rdate'),
    starts: Float64Array.from(occurrences, ({ start }) => msOf(start)),
    ends: Float64Array.from(occurrences, ({ end }) => msOf(end)),
    forms: Uint8Array.from(occurrences, ({ start }) => formOf(start)),
    exceptions: changed,
  };
}

function titleOf(component: ICAL.Component): { title: string; place: string; cancelled: boolean } {
  return {
    title: textOf(component, 'summary').slice(0, 500),
    place: textOf(component, 'location').slice(0, 500),
    cancelled: textOf(component, 'status').toLowerCase() === 'cancelled',
  };
}

function formOf(text: string): number {
  return text.endsWith('Z') ? 0 : text.includes('T') ? 2 : 1;
}

function msOf(text: string): number {
  return Date.parse(text.endsWith('Z') || !text.includes('T') ? text : `${text}Z`);
}
