import * as z from 'zod';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import { usualYears } from '../../../items/occurrences.ts';
import { survivingText } from './text-block.ts';

const moment = z.object({ dateTime: z.string(), timeZone: z.string() });

/** As far as it is compared. */
const eventSchema = z.object({
  id: z.string(),
  type: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.object({ content: z.string().nullish(), contentType: z.string().nullish() }).nullish(),
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  categories: z.array(z.string()).nullish(),
  showAs: z.string().nullish(),
  sensitivity: z.string().nullish(),
  importance: z.string().nullish(),
  isReminderOn: z.boolean().nullish(),
  reminderMinutesBeforeStart: z.number().nullish(),
  isAllDay: z.boolean().nullish(),
  hasAttachments: z.boolean().nullish(),
  start: moment,
  end: moment,
  originalStart: z.string().nullish(),
  recurrence: z
    .object({ range: z.object({ startDate: z.string(), recurrenceTimeZone: z.string().nullish() }) })
    .nullish(),
});
export type SaidEvent = z.output<typeof eventSchema>;

export const eventSelect = `$select=${Object.keys(eventSchema.shape).join(',')}`;
/** Of occurrences; the rest is their series'. */
export const instanceSelect =
  '$select=id,type,subject,body,location,categories,showAs,isAllDay,start,end,originalStart';
/** Times in UTC are the same instant to everybody; texts without the HTML that Exchange makes of them. */
export const eventPrefer = ['outlook.timezone="UTC"', 'outlook.body-content-type="text"'];

export interface SaidFile {
  readonly name: string;
  readonly sha256: string;
}

/** One event with its occurrences, of which a single one has none. */
export interface SaidPiece {
  readonly event: SaidEvent;
  readonly instances: readonly SaidEvent[];
}

const showAsWords: Readonly<Record<string, string>> = { oof: 'away', workingElsewhere: 'elsewhere' };
const ownFields: readonly FieldName[] = ['title', 'place', 'description', 'show-as', 'category'];

/** Throws on what is no event. */
export function readEvent(answer: unknown): SaidEvent {
  return eventSchema.parse(answer);
}

/** The first and the last day (years later) of which occurrences are compared, a little more at either end. */
export function instanceWindow({ start, recurrence }: SaidEvent): { readonly from: string; readonly to: string } {
  const begin = Date.parse(`${recurrence?.range.startDate ?? start.dateTime.slice(0, 10)}T00:00:00Z`);
  const year = new Date(begin).getUTCFullYear() + usualYears + 1;
  return { from: new Date(begin - 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 19), to: `${year}-01-08T00:00:00` };
}

/**
 * What Graph says of an appointment, in the fields that every server's appointments are compared by. Occurrences are those
 * that Graph itself makes of a series; nothing here knows what was sent.
 *
 * @param pieces the first stands for the whole
 * @param home whose midnights whole days begin at
 */
export function eventFromGraph(
  pieces: readonly [SaidPiece, ...SaidPiece[]],
  files: readonly SaidFile[],
  home: string,
): ItemFields {
  const main = pieces[0].event;
  const own = textsOf(main);
  const entries: (readonly [FieldName, string])[] = [
    ...own,
    ['privacy', main.sensitivity === 'normal' ? '' : (main.sensitivity ?? '')],
    ['priority', main.importance === 'high' ? '1' : main.importance === 'low' ? '9' : ''],
    ['reminder', main.isReminderOn === true ? String(main.reminderMinutesBeforeStart ?? 0) : ''],
    ...files.map(({ name, sha256 }) => ['attachment', `${name}|${sha256}`] as const),
  ];
  const lastYear = Math.min(...pieces.map(({ event }) => firstYear(event, home))) + usualYears;
  for (const { event, instances } of pieces) {
    const zone = zoneOf(event, home);
    const isSeries = event.recurrence !== null && event.recurrence !== undefined;
    for (const each of isSeries ? instances : [event]) {
      const { start, end } = spanOf(each, home);
      if (isSeries && each.type !== 'exception' && yearOf(each, zone) > lastYear) continue;
      entries.push(['occurrence', `${start}/${end}`]);
      if (each === main || (isSeries && each.type !== 'exception')) continue;
      const differing = fieldsOf(textsOf(each));
      const usual = fieldsOf(own);
      for (const field of ownFields) {
        const value = differing.get(field)?.join(', ') ?? '';
        if (value !== (usual.get(field)?.join(', ') ?? '')) entries.push(['exception', `${start}|${field}=${value}`]);
      }
    }
  }
  return fieldsOf(entries);
}

function textsOf(event: SaidEvent): readonly (readonly [FieldName, string])[] {
  const shown = event.showAs ?? '';
  return [
    ['title', event.subject ?? ''],
    ['place', event.location?.displayName ?? ''],
    ['description', survivingText(event.body?.content ?? '')],
    ['show-as', showAsWords[shown] ?? shown],
    ...(event.categories ?? []).map(each => ['category', each] as const),
  ];
}

function spanOf(event: SaidEvent, home: string): { readonly start: string; readonly end: string } {
  if (event.isAllDay !== true) return { start: instant(event.start), end: instant(event.end) };
  return { start: day(event.start, home), end: day(event.end, home) };
}

/** `2026-03-02T08:00:00.0000000`, in UTC because that was asked for. */
function instant({ dateTime }: z.output<typeof moment>): string {
  return `${dateTime.slice(0, 19)}Z`;
}

/** Midnight of a whole day, either in UTC or, said in UTC, where the person lives. */
function day(time: z.output<typeof moment>, home: string): string {
  const said = instant(time);
  return said.endsWith('T00:00:00Z') ? said.slice(0, 10) : dayIn(home, said);
}

/** Making one takes longer than a thousand uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dayIn(zone: string, said: string): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, format);
  return format.format(new Date(said));
}

function firstYear({ recurrence, ...event }: SaidEvent, home: string): number {
  return Number((recurrence?.range.startDate ?? spanOf({ ...event, recurrence: null }, home).start).slice(0, 4));
}

/** By the calendar on the wall where the series takes place. */
function yearOf(event: SaidEvent, zone: string): number {
  const { start } = spanOf(event, zone);
  return Number((start.length > 10 ? dayIn(zone, start) : start).slice(0, 4));
}

/** Graph may answer with Windows' name of a zone, which is then the person's own. */
function zoneOf({ recurrence }: SaidEvent, home: string): string {
  const named = recurrence?.range.recurrenceTimeZone ?? '';
  try {
    return named === '' ? home : new Intl.DateTimeFormat('en', { timeZone: named }).resolvedOptions().timeZone;
  } catch {
    return home;
  }
}
