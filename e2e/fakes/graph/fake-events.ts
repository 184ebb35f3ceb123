import { GraphError } from './graph-error.ts';
import { checkProperties } from './graph-properties.ts';
import type { GraphQuirks } from './graph-quirks.ts';
import { checkRecurrence, daysOf } from './graph-recurrence.ts';
import type { FakeRecurrence } from './graph-recurrence.ts';
import { fromWall, toWall, zoneNamed } from './graph-zones.ts';

type Resource = Readonly<Record<string, unknown>>;

export interface FakeEvent {
  readonly id: string;
  readonly calendar: string;
  resource: Resource;
  readonly attachments: Resource[];
  /** By the start of the pattern, in milliseconds. */
  readonly exceptions: Map<number, Resource>;
  readonly deleted: Set<number>;
}

/** One time of an event or of an occurrence. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly isAllDay: boolean;
  readonly zone: string;
}

interface Moment {
  readonly dateTime: string;
  readonly timeZone: string;
}

const dayMs = 86_400_000;

/** Throws what Graph answers to an event that cannot be. */
export function checkEvent(resource: Resource): void {
  checkProperties('event', resource);
  if (resource['start'] === undefined || resource['end'] === undefined)
    throw new GraphError(400, 'ErrorInvalidRequest', 'start and end are required.');
  const { start, end, isAllDay, zone } = spanOf(resource);
  if (end < start) throw new GraphError(400, 'ErrorPropertyValidationFailure', 'end is before start.');
  if (isAllDay) {
    const midnight = [start, end].every(instant => toWall(zone, instant) % dayMs === 0);
    if (!midnight || end - start < 23 * 3_600_000)
      throw new GraphError(400, 'ErrorPropertyValidationFailure', 'An all-day event lasts from midnight to midnight.');
    if ((resource['start'] as Moment).timeZone !== (resource['end'] as Moment).timeZone)
      throw new GraphError(400, 'ErrorPropertyValidationFailure', 'An all-day event is in one time zone.');
  }
  const recurrence = resource['recurrence'] as FakeRecurrence | undefined;
  if (recurrence !== undefined) {
    checkRecurrence(recurrence, (resource['start'] as Moment).dateTime.slice(0, 10));
    zoneOf(recurrence.range.recurrenceTimeZone ?? 'UTC');
  }
}

function zoneOf(name: string): string {
  const zone = zoneNamed(name);
  if (zone === null) throw new GraphError(400, 'ErrorInvalidTimeZone', `The time zone '${name}' is not supported.`);
  return zone;
}

function instantOf({ dateTime, timeZone }: Moment): number {
  const wall = Date.parse(`${dateTime.slice(0, 19)}Z`);
  if (Number.isNaN(wall)) throw new GraphError(400, 'ErrorInvalidArgument', 'dateTime');
  return fromWall(zoneOf(timeZone), wall);
}

function spanOf(resource: Resource): Span {
  const [start, end] = [resource['start'] as Moment, resource['end'] as Moment];
  return {
    start: instantOf(start),
    end: instantOf(end),
    isAllDay: resource['isAllDay'] === true,
    zone: zoneOf(start.timeZone),
  };
}

/** Starts by the pattern, in milliseconds, up to some time. */
function patternStarts(event: FakeEvent, until: number): readonly number[] {
  const recurrence = event.resource['recurrence'] as FakeRecurrence;
  const { start, zone } = spanOf(event.resource);
  const ofDay = toWall(zone, start) % dayMs;
  return daysOf(recurrence, until + dayMs).map(day => fromWall(zone, day + ofDay));
}

/** An occurrence lasts as long on the wall as the first one. */
function spanAt(event: FakeEvent, original: number): Span {
  const own = event.exceptions.get(original);
  const span = spanOf(event.resource);
  if (own !== undefined) return spanOf({ ...timesAt(event, original), ...own });
  const length = toWall(span.zone, span.end) - toWall(span.zone, span.start);
  return { ...span, start: original, end: fromWall(span.zone, toWall(span.zone, original) + length) };
}

function timesAt(event: FakeEvent, original: number): Resource {
  const { zone, start, end } = spanOf(event.resource);
  const wall = toWall(zone, original);
  const at = (ms: number): Moment => ({ dateTime: new Date(ms).toISOString().slice(0, 19), timeZone: zone });
  return {
    isAllDay: event.resource['isAllDay'],
    start: at(wall),
    end: at(wall + toWall(zone, end) - toWall(zone, start)),
  };
}

export function instancesOf(event: FakeEvent, from: number, to: number, quirks: GraphQuirks): readonly Resource[] {
  // What was moved into the window has its place by the pattern outside of it.
  const originals = new Set([...patternStarts(event, to), ...event.exceptions.keys()]);
  return [...originals]
    .filter(original => !event.deleted.has(original))
    .map(original => ({ original, span: spanAt(event, original) }))
    .filter(({ span }) => span.start < to && span.end >= from)
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ original, span }) => ({
      ...shownTexts({ ...event.resource, ...event.exceptions.get(original) }, quirks),
      ...shownSpan(span, quirks),
      id: `${event.id}.${original}`,
      type: event.exceptions.has(original) ? 'exception' : 'occurrence',
      seriesMasterId: event.id,
      recurrence: null,
      originalStart: new Date(original).toISOString(),
      hasAttachments: false,
    }));
}

/** Exchange moves an occurrence between its neighbours only, and never to the day of one. */
export function changeInstance(event: FakeEvent, original: number, change: Resource): void {
  checkProperties('event', change);
  const known = patternStarts(event, original + dayMs).includes(original);
  if (!known || event.deleted.has(original)) throw new GraphError(404, 'ErrorItemNotFound', 'No such occurrence.');
  const next = { ...event.exceptions.get(original), ...change };
  const moved = spanOf({ ...timesAt(event, original), ...next });
  const others = patternStarts(event, Math.max(original, moved.start) + 400 * dayMs).filter(
    each => each !== original && !event.deleted.has(each),
  );
  const day = (instant: number): number => Math.floor(toWall(moved.zone, instant) / dayMs);
  for (const each of others) {
    const there = spanAt(event, each).start;
    const crosses = each < original ? day(there) >= day(moved.start) : day(there) <= day(moved.start);
    // On the day they share by the pattern they may stay.
    if (crosses && day(each) !== day(original))
      throw new GraphError(400, 'ErrorOccurrenceCrossingBoundary', 'The occurrence would skip over another one.');
  }
  event.exceptions.set(original, next);
}

export function deleteInstance(event: FakeEvent, original: number): void {
  if (!patternStarts(event, original + dayMs).includes(original) || event.deleted.has(original))
    throw new GraphError(404, 'ErrorItemNotFound', 'No such occurrence.');
  event.deleted.add(original);
}

export function shownEvent(event: FakeEvent, quirks: GraphQuirks): Resource {
  const { recurrence } = event.resource;
  const resource = withoutProperties(event.resource);
  return {
    ...shownTexts(resource, quirks),
    ...shownSpan(spanOf(event.resource), quirks),
    id: event.id,
    iCalUId: `040000008200E00074C5B7101A82E008${event.id}`,
    type: recurrence === undefined ? 'singleInstance' : 'seriesMaster',
    recurrence: recurrence ?? null,
    hasAttachments: event.attachments.length > 0,
    attendees: resource['attendees'] ?? [],
    isCancelled: false,
    originalStartTimeZone: (event.resource['start'] as Moment).timeZone,
  };
}

/** They are given only when asked for. */
export function withoutProperties(resource: Resource): Resource {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== 'singleValueExtendedProperties'));
}

function shownTexts(resource: Resource, quirks: GraphQuirks): Resource {
  const body = resource['body'] as { content?: string } | undefined;
  const content = body?.content ?? '';
  const rewritten = content.replaceAll('\n', ' \r\n').replaceAll('  ', '\u00a0 ');
  return {
    ...resource,
    body: { contentType: 'text', content: quirks.rewritesTexts && content !== '' ? `${rewritten}\r\n` : content },
  };
}

function shownSpan({ start, end, isAllDay, zone }: Span, quirks: GraphQuirks): Resource {
  const at = (instant: number): Moment => ({
    dateTime: `${new Date(isAllDay && !quirks.wholeDaysAsInstants ? toWall(zone, instant) : instant).toISOString().slice(0, 19)}.0000000`,
    timeZone: 'UTC',
  });
  return { isAllDay, start: at(start), end: at(end) };
}
