import ICAL from 'ical.js';
import * as rrule from 'rrule';
import { clockOf, wallMsOf } from './zone-time.ts';
import type { ZoneClock } from './zone-time.ts';

// Node takes the package's CommonJS form, and a bundler its modules.
const form: object = rrule;
const { RRule } = 'default' in form ? (form.default as typeof rrule) : rrule;

const dayMs = 24 * 60 * 60 * 1000;
/** As many years of a series as are looked at, unless more are asked for. */
export const usualYears = 10;
/** A bound for what repeats by the second. */
export const mostOccurrences = 20_000;

/** When something takes place. */
export interface Occurrence {
  /** ISO 8601: a date for whole days, with `Z` for an instant, without for a floating time. */
  readonly start: string;
  readonly end: string;
  /** What tells of it: the series itself, or the exception that takes its place. */
  readonly component: ICAL.Component;
}

/** Times of one item: the same point for whoever reads it, in whatever zone it was written. */
export interface TimeReader {
  read(time: ICAL.Time, zoneId: string | null): PointInTime;
  /** A time on the wall, in milliseconds, of the kind and the zone that `like` is: series name thousands of them. */
  readWall(wallMs: number, like: ZonedTime): PointInTime;
}

export interface PointInTime {
  /** Milliseconds: of the instant, or on the wall where no zone is known. */
  readonly point: number;
  readonly text: string;
}

export interface ZonedTime {
  readonly time: ICAL.Time;
  readonly zoneId: string | null;
}

/**
 * @param calendars the parsed objects of the item, for the zones they define
 * @param floatingZone where times without a zone of their own are lived through, for servers that know instants only
 */
export function timeReader(calendars: readonly ICAL.Component[], floatingZone: string | null = null): TimeReader {
  const definitions = new Map(
    calendars
      .flatMap(each => each.getAllSubcomponents('vtimezone'))
      .map(zone => [String(zone.getFirstPropertyValue('tzid') ?? ''), zone]),
  );
  const clocks = new Map<string, ZoneClock | null>();
  const clockIn = (id: string): ZoneClock | null => {
    let clock = clocks.get(id);
    if (clock === undefined) {
      clock = id === '' ? null : clockOf(id, definitions.get(id) ?? null);
      if (clock === null && floatingZone !== null) clock = clockOf(floatingZone, null);
      clocks.set(id, clock);
    }
    return clock;
  };
  const readWall: TimeReader['readWall'] = (wall, { time, zoneId }) => {
    if (time.isDate) return { point: wall, text: isoOf(wall).slice(0, 10) };
    if (time.zone === ICAL.Timezone.utcTimezone) return { point: wall, text: isoOf(wall) };
    const clock = clockIn(zoneId ?? '');
    if (clock === null) return { point: wall, text: isoOf(wall).slice(0, -1) };
    const point = clock(wall);
    return { point, text: isoOf(point) };
  };
  return { readWall, read: (time, zoneId) => readWall(wallMsOf(time), { time, zoneId }) };
}

/**
 * All occurrences of a series within ten (`years`) years of its first, in their order: what RRULE and RDATE say, without EXDATE,
 * exceptions in the place of what they replace (RFC 5545 section 3.8.4.4). Compared as points in time, because programs
 * write EXDATE and RECURRENCE-ID in another zone than DTSTART.
 *
 * `RANGE=THISANDFUTURE` counts for its own occurrence only: no program known to us writes it, and both sides are read alike.
 *
 * @param exceptions components with RECURRENCE-ID of the same UID
 */
export function occurrencesOf(
  series: ICAL.Component,
  exceptions: readonly ICAL.Component[],
  times: TimeReader,
  most = mostOccurrences,
  years = usualYears,
): readonly Occurrence[] {
  const start = timesOf(series, 'dtstart')[0];
  if (start === undefined) return [];
  const replaced = new Map(
    exceptions.flatMap(component => {
      const id = timesOf(component, 'recurrence-id')[0];
      return id === undefined ? [] : [[times.read(id.time, id.zoneId).point, component] as const];
    }),
  );
  const left = new Set(timesOf(series, 'exdate').map(({ time, zoneId }) => dayOrPoint(time, zoneId, start, times)));
  const length = lengthOf(series, start, times);
  const rows = new Map<number, Occurrence>();
  const add = (wallMs: number, like: ZonedTime): void => {
    const found = times.readWall(wallMs, like);
    if (left.size > 0 && (left.has(found.point) || left.has(dayName(wallMs)))) return;
    rows.set(found.point, occurrenceAt(series, found, like.time.isDate, length));
  };
  add(wallMsOf(start.time), start);
  for (const { time, zoneId } of timesOf(series, 'rdate')) {
    const atStart = atZone(time, zoneId, start, times);
    add(wallMsOf(atStart), { time: atStart, zoneId: start.zoneId });
  }
  for (const wallMs of ruleWalls(series, start, times, { most, years })) add(wallMs, start);
  const takingPlace = [...rows].flatMap(([point, row]) => {
    const exception = replaced.get(point);
    replaced.delete(point);
    return exception === undefined ? [row] : ownOccurrence(exception, times);
  });
  // An exception may stand for a time that the rule does not name.
  const others = [...replaced.values()].flatMap(exception => ownOccurrence(exception, times));
  return [...takingPlace, ...others].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

/** Values of a property of times; a period (RDATE) counts by its beginning. */
export function timesOf(component: ICAL.Component, name: string): readonly ZonedTime[] {
  return component.getAllProperties(name).flatMap(property => {
    const given: unknown = property.getParameter('tzid');
    const zoneId = typeof given === 'string' ? given : null;
    return (property.getValues() as unknown[]).flatMap(value => {
      if (value instanceof ICAL.Time) return [{ time: value, zoneId }];
      return value instanceof ICAL.Period ? [{ time: value.start, zoneId }] : [];
    });
  });
}

/** An EXDATE that names a day only leaves out whatever begins on it. */
function dayOrPoint(time: ICAL.Time, zoneId: string | null, start: ZonedTime, times: TimeReader): number | string {
  if (time.isDate && !start.time.isDate) return dayName(wallMsOf(time));
  return times.read(time, zoneId).point;
}

function dayName(wallMs: number): string {
  return `day ${Math.floor(wallMs / dayMs)}`;
}

/** A time in another zone than the series', as the series would write it. */
function atZone(time: ICAL.Time, zoneId: string | null, start: ZonedTime, times: TimeReader): ICAL.Time {
  if (zoneId === start.zoneId && time.zone === start.time.zone) return time;
  const { point } = times.read(time, zoneId);
  return ICAL.Time.fromJSDate(new Date(point), true);
}

/**
 * By rrule, which is dateutil's way in JavaScript: beside it, the iterator of ical.js goes wrong for BYWEEKNO, for numbered
 * weekdays of a year, for days counted from the end of a month, and for 29 February.
 */
function ruleWalls(
  series: ICAL.Component,
  start: ZonedTime,
  times: TimeReader,
  { most, years }: { readonly most: number; readonly years: number },
): readonly number[] {
  const found: number[] = [];
  for (const property of series.getAllProperties('rrule')) {
    const recur = property.getFirstValue();
    if (!(recur instanceof ICAL.Recur)) continue;
    const end = endOf(recur, start, times);
    const yearsEnd = Date.UTC(start.time.year + years + 1, 0);
    const stopMs = end.stopMs < yearsEnd ? end.stopMs : yearsEnd;
    const walls = patternWalls(recur, wallMsOf(start.time), stopMs, most);
    for (const wallMs of walls) if (!end.isPast(wallMs)) found.push(wallMs);
  }
  return found;
}

/** How many times a rule names within ten years of the first; two that a clock put forward makes one are two. */
export function timesNamed(rule: ICAL.Recur, start: ICAL.Time): number {
  return patternWalls(rule, wallMsOf(start), Date.UTC(start.year + usualYears + 1, 0), mostOccurrences).length;
}

/** A proof expands each series twice, once for each side, and most of the time is rrule's. */
const recent = new Map<string, readonly number[]>();
const mostRecent = 16;

/** Times on the wall before `stopMs` that a rule names, whatever its own UNTIL. */
function patternWalls(recur: ICAL.Recur, startMs: number, stopMs: number, most: number): readonly number[] {
  const endless = recur.clone();
  // rrule would compare a time on the wall with an instant.
  endless.until = null;
  const text = endless.toString();
  const key = `${text} ${startMs} ${stopMs} ${most}`;
  const known = recent.get(key);
  if (known !== undefined) return known;
  const walls: number[] = [];
  const ahead = cyclesAhead(stopMs) * cycleMs;
  new RRule({ ...RRule.parseString(text), dtstart: new Date(startMs + ahead) }).all((date, count) => {
    const wallMs = date.getTime() - ahead;
    if (count >= most || wallMs >= stopMs) return false;
    walls.push(wallMs);
    return true;
  });
  if (recent.size >= mostRecent) recent.delete(recent.keys().next().value ?? '');
  recent.set(key, walls);
  return walls;
}

/** The calendar repeats, weekdays included, after 400 years. */
const cycleMs = 146_097 * dayMs;

/**
 * rrule looks until the year 9999 for what can never happen (each 31 February). A series that is moved towards that year
 * by whole cycles of the calendar keeps its days and ends soon.
 */
function cyclesAhead(stopMs: number): number {
  return Math.max(0, Math.floor((9999 - new Date(stopMs).getUTCFullYear()) / 400));
}

interface SeriesEnd {
  /** A time on the wall behind the end in every zone. */
  readonly stopMs: number;
  isPast(wallMs: number): boolean;
}

/** UNTIL is an instant where DTSTART has a zone, and a day or a time on the wall otherwise (RFC 5545 section 3.3.10). */
function endOf(rule: ICAL.Recur, start: ZonedTime, times: TimeReader): SeriesEnd {
  const until = rule.until;
  if (until === null) return { stopMs: Infinity, isPast: () => false };
  if (until.isDate) {
    const nextDay = wallMsOf(until) + dayMs;
    return { stopMs: nextDay, isPast: () => false };
  }
  const end = times.read(until, start.zoneId).point;
  return { stopMs: end + 2 * dayMs, isPast: wallMs => times.readWall(wallMs, start).point > end };
}

/** When the component itself takes place, whatever series it is of; none where it names no time. */
export function ownOccurrence(component: ICAL.Component, times: TimeReader): readonly Occurrence[] {
  const start = timesOf(component, 'dtstart')[0];
  if (start === undefined) return [];
  const found = times.read(start.time, start.zoneId);
  return [occurrenceAt(component, found, start.time.isDate, lengthOf(component, start, times))];
}

/** The end keeps its distance on the wall for whole days, and in time otherwise. */
function occurrenceAt(
  component: ICAL.Component,
  { point, text }: PointInTime,
  isDate: boolean,
  length: number,
): Occurrence {
  const end = isDate ? isoOf(point + length).slice(0, 10) : isoOf(point + length);
  return { start: text, end: text.endsWith('Z') || isDate ? end : end.slice(0, -1), component };
}

/** Milliseconds. Without an end: a day for whole days, else nothing (RFC 5545 section 3.6.1). */
function lengthOf(component: ICAL.Component, start: ZonedTime, times: TimeReader): number {
  const end = timesOf(component, 'dtend')[0] ?? timesOf(component, 'due')[0];
  const begin = times.read(start.time, start.zoneId).point;
  if (end !== undefined) return times.read(end.time, end.zoneId).point - begin;
  const duration = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000;
  return start.time.isDate && component.name === 'vevent' ? dayMs : 0;
}

function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
