import type ICAL from 'ical.js';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import { occurrencesOf, ownOccurrence, timeReader, timesOf } from '../../../items/occurrences.ts';
import type { TimeReader } from '../../../items/occurrences.ts';
import { parseCalendars } from '../../../items/parse-calendar.ts';
import type { FieldChange } from '../../item-target.ts';
import type { AttachedFile } from './attached-files.ts';
import { eventTexts } from './event-texts.ts';
import type { EventTexts } from './event-texts.ts';
import { graphTime, isPlainSpan, wallIn, zonesFor } from './event-zones.ts';
import type { GraphTime } from './event-zones.ts';
import { planSeries, refused } from './series-plan.ts';
import type { EventPiece } from './series-plan.ts';

/** One event to create, and what is to be done to its occurrences afterwards. */
export interface OutgoingEvent {
  readonly resource: Readonly<Record<string, unknown>>;
  /** Starts by the pattern (ISO 8601: an instant in UTC, a date for whole days). */
  readonly deletions: readonly string[];
  readonly changes: readonly { readonly original: string; readonly resource: Readonly<Record<string, unknown>> }[];
}

export interface GraphEvent {
  /** The first stands for the whole; attachments belong to it. */
  readonly events: readonly OutgoingEvent[];
  readonly files: readonly AttachedFile[];
  readonly kept: ItemFields;
  readonly changed: readonly FieldChange[];
}

const dayMs = 24 * 60 * 60 * 1000;
/** What Exchange lets an occurrence have of its own. */
const ownProperties = ['subject', 'body', 'location', 'showAs', 'categories'] as const;
const ownFields: readonly FieldName[] = ['title', 'place', 'description', 'show-as', 'category'];

/**
 * An appointment as Graph's events. Throws `ITEM_REFUSED` with a reason where it cannot be one.
 *
 * @param home the zone in which whole days and times without a zone are lived through
 */
export function eventToGraph(octets: Buffer, home: string): GraphEvent {
  const calendars = parseCalendars(octets.toString('utf8'));
  const components = calendars.flatMap(each => each.getAllSubcomponents('vevent'));
  if (components.length === 0)
    throw refused(calendars.some(each => each.getFirstSubcomponent('vjournal') !== null) ? 'journal' : 'no-event');
  const times = timeReader(calendars, home);
  const exceptions = components.filter(each => each.hasProperty('recurrence-id'));
  const series = components.find(each => !each.hasProperty('recurrence-id'));
  // An invitation to one occurrence alone: the series is somebody else's.
  const main = series ?? components[0];
  if (main === undefined) throw refused('no-event');
  const others = series === undefined ? exceptions.slice(1) : exceptions;
  const pieces = planSeries({ series: main, exceptions: others, times, home });
  const texts = new Map([main, ...others].map(each => [each, eventTexts(each, times)]));
  const own = textsOf(texts, main);
  return {
    events: pieces.map(piece => outgoing(piece, { main, texts, times, home })),
    files: own.files,
    ...keptOf({ main, others, texts, times, home }),
  };
}

interface Means {
  readonly main: ICAL.Component;
  readonly texts: ReadonlyMap<ICAL.Component, EventTexts>;
  readonly times: TimeReader;
  readonly home: string;
}

function textsOf(texts: ReadonlyMap<ICAL.Component, EventTexts>, component: ICAL.Component): EventTexts {
  const found = texts.get(component);
  if (found === undefined) throw refused('no-event');
  return found;
}

function outgoing(piece: EventPiece, means: Means): OutgoingEvent {
  const { main, texts, times, home } = means;
  if (piece.kind === 'single') {
    const { resource } = textsOf(texts, piece.component);
    return {
      resource: { ...resource, ...spanOf(piece.component, piece.start, times, home) },
      deletions: [],
      changes: [],
    };
  }
  const { length, isAllDay } = lengthOf(main, times);
  const { resource } = textsOf(texts, main);
  const span = {
    isAllDay,
    start: graphTime(piece.startWall, piece.zone),
    end: graphTime(piece.startWall + length, piece.zone),
  };
  return {
    resource: { ...resource, ...span, recurrence: piece.recurrence },
    deletions: piece.deletions,
    changes: piece.changes.map(({ original, component }) => {
      const own = textsOf(texts, component).resource;
      const differing = ownProperties.filter(name => JSON.stringify(own[name]) !== JSON.stringify(resource[name]));
      const start = ownOccurrence(component, times)[0]?.start ?? original;
      return {
        original,
        resource: {
          ...Object.fromEntries(differing.map(name => [name, own[name]])),
          ...spanOf(component, start, times, home),
        },
      };
    }),
  };
}

/** Start and end of what takes place once. */
function spanOf(
  component: ICAL.Component,
  start: string,
  times: TimeReader,
  home: string,
): { readonly isAllDay: boolean; readonly start: GraphTime; readonly end: GraphTime } {
  const { length, isAllDay } = lengthOf(component, times);
  const point = Date.parse(start);
  if (isAllDay) return { isAllDay, start: graphTime(point, home), end: graphTime(point + length, home) };
  const written = timesOf(component, 'dtstart')[0];
  const zone = (written === undefined ? undefined : zonesFor(written, times, home)[0]) ?? 'UTC';
  const wall = wallIn(zone, point);
  // In the hours around a change of the clock only UTC says one instant.
  return isPlainSpan(zone, wall, length)
    ? { isAllDay, start: graphTime(wall, zone), end: graphTime(wall + length, zone) }
    : { isAllDay, start: graphTime(point, 'UTC'), end: graphTime(point + length, 'UTC') };
}

/** Milliseconds. A whole day without an end is one day; Graph knows none of no length. */
function lengthOf(
  component: ICAL.Component,
  times: TimeReader,
): { readonly length: number; readonly isAllDay: boolean } {
  const first = timesOf(component, 'dtstart')[0];
  const isAllDay = first?.time.isDate === true;
  const bare = ownOccurrence(component, times)[0];
  const length = bare === undefined ? 0 : Date.parse(bare.end) - Date.parse(bare.start);
  if (length < 0) throw refused('ends-before-it-starts');
  return { length: isAllDay ? Math.max(length, dayMs) : length, isAllDay };
}

function keptOf({
  main,
  others,
  texts,
  times,
}: Means & { readonly others: readonly ICAL.Component[] }): Pick<GraphEvent, 'kept' | 'changed'> {
  const own = textsOf(texts, main);
  const entries: (readonly [FieldName, string])[] = [...own.kept].flatMap(([field, values]) =>
    values.map(value => [field, value] as const),
  );
  const changes = new Map(own.changes);
  for (const { start, end } of occurrencesOf(main, others, times))
    entries.push(['occurrence', atLeastADay(start, end)]);
  for (const component of others) {
    const differing = textsOf(texts, component);
    for (const [field, fate] of differing.changes) if (!changes.has(field)) changes.set(field, fate);
    const start = ownOccurrence(component, times)[0]?.start;
    if (start === undefined) continue;
    for (const field of ownFields) {
      const value = differing.kept.get(field)?.join(', ') ?? '';
      if (value !== (own.kept.get(field)?.join(', ') ?? '')) entries.push(['exception', `${start}|${field}=${value}`]);
    }
  }
  return { kept: fieldsOf(entries), changed: [...changes].map(([field, fate]) => ({ field, fate })) };
}

function atLeastADay(start: string, end: string): string {
  if (start.length > 10 || start !== end) return `${start}/${end}`;
  return `${start}/${new Date(Date.parse(start) + dayMs).toISOString().slice(0, 10)}`;
}
