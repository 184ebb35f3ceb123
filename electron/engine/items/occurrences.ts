import ICAL from 'ical.js';
import * as rrule from 'rrule';
import { clockOf, wallMsOf, wallTime } from './zone-time.ts';
import type { ZoneClock } from './zone-time.ts';

// Node takes the package's CommonJS form, and a bundler its modules.
const form: object = rrule;
const { RRule } = 'default' in form ? (form.default as typeof rrule) : rrule;

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
  /** `point` is milliseconds: of the instant, or on the wall where no zone is known. */
  read(time: ICAL.Time, zoneId: string | null): { readonly point: number; readonly text: string };
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
  return {
    read(time, zoneId) {
      const wall = wallMsOf(time);
      if (time.isDate) return { point: wall, text: isoOf(wall).slice(0, 10) };
      if (time.zone === ICAL.Timezone.utcTimezone) return { point: wall, text: isoOf(wall) };
      const id = zoneId ?? '';
      let clock = clocks.get(id);
      if (clock === undefined) {
        clock = id === '' ? null : clockOf(id, definitions.get(id) ?? null);
        if (clock === null && floatingZone !== null) clock = clockOf(floatingZone, null);
        clocks.set(id, clock);
      }
      if (clock === null) return { point: wall, text: isoOf(wall).slice(0, -1) };
      const point = clock(wall);
      return { point, text: isoOf(point) };
    },
  };
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
  const starts = new Map<number, ICAL.Time>();
  const add = (time: ICAL.Time, zoneId: string | null): void => {
    const { point } = times.read(time, zoneId);
    const day = `${time.year}-${time.month}-${time.day}`;
    if (!left.has(point) && !left.has(day)) starts.set(point, time);
  };
  add(start.time, start.zoneId);
  for (const { time, zoneId } of timesOf(series, 'rdate')) add(atZone(time, zoneId, start, times), start.zoneId);
  for (const time of ruleTimes(series, start, times, { most, years })) add(time, start.zoneId);
  const length = lengthOf(series, start, times);
  const rows = [...starts].flatMap(([point, time]) => {
    const exception = replaced.get(point);
    replaced.delete(point);
    return exception === undefined
      ? [occurrenceAt(series, time, start.zoneId, length, times)]
      : ownOccurrence(exception, times);
  });
  // An exception may stand for a time that the rule does not name.
  const others = [...replaced.values()].flatMap(exception => ownOccurrence(exception, times));
  return [...rows, ...others].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

interface ZonedTime {
  readonly time: ICAL.Time;
  readonly zoneId: string | null;
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
  if (time.isDate && !start.time.isDate) return `${time.year}-${time.month}-${time.day}`;
  return times.read(time, zoneId).point;
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
function ruleTimes(
  series: ICAL.Component,
  start: ZonedTime,
  times: TimeReader,
  { most, years }: { readonly most: number; readonly years: number },
): readonly ICAL.Time[] {
  const found: ICAL.Time[] = [];
  for (const property of series.getAllProperties('rrule')) {
    const recur = property.getFirstValue();
    if (!(recur instanceof ICAL.Recur)) continue;
    const isPastEnd = endOf(recur, start, times);
    const lastYear = start.time.year + years;
    const endless = recur.clone();
    // rrule would compare a time on the wall with an instant.
    endless.until = null;
    const options = RRule.parseString(endless.toString());
    const ahead = cyclesAhead(lastYear) * cycleMs;
    new RRule({ ...options, dtstart: new Date(wallMsOf(start.time) + ahead) }).all((date, count) => {
      const time = likeStart(date.getTime() - ahead, start.time);
      if (count >= most || time.year > lastYear || isPastEnd(time)) return false;
      found.push(time);
      return true;
    });
  }
  return found;
}

/** The calendar repeats, weekdays included, after 400 years. */
const cycleMs = 146_097 * 24 * 60 * 60 * 1000;

/**
 * rrule looks until the year 9999 for what can never happen (each 31 February). A series that is moved towards that year
 * by whole cycles of the calendar keeps its days and ends soon.
 */
function cyclesAhead(lastYear: number): number {
  return Math.max(0, Math.floor((9999 - 1 - lastYear) / 400));
}

/** A time on the wall, of the kind that the series begins with. */
function likeStart(wallMs: number, start: ICAL.Time): ICAL.Time {
  const time = wallTime(wallMs);
  time.isDate = start.isDate;
  if (start.zone === ICAL.Timezone.utcTimezone) time.zone = ICAL.Timezone.utcTimezone;
  return time;
}

/** UNTIL is an instant where DTSTART has a zone, and a day or a time on the wall otherwise (RFC 5545 section 3.3.10). */
function endOf(rule: ICAL.Recur, start: ZonedTime, times: TimeReader): (time: ICAL.Time) => boolean {
  const until = rule.until;
  if (until === null) return () => false;
  if (until.isDate) {
    const lastDay = wallMsOf(until) + 24 * 60 * 60 * 1000 - 1;
    return time => wallMsOf(time) > lastDay;
  }
  const end = times.read(until, start.zoneId).point;
  return time => times.read(time, start.zoneId).point > end;
}

/** When the component itself takes place, whatever series it is of; none where it names no time. */
export function ownOccurrence(component: ICAL.Component, times: TimeReader): readonly Occurrence[] {
  const start = timesOf(component, 'dtstart')[0];
  if (start === undefined) return [];
  return [occurrenceAt(component, start.time, start.zoneId, lengthOf(component, start, times), times)];
}

/** The end keeps its distance on the wall for whole days, and in time otherwise. */
function occurrenceAt(
  component: ICAL.Component,
  time: ICAL.Time,
  zoneId: string | null,
  length: number,
  times: TimeReader,
): Occurrence {
  const { point, text } = times.read(time, zoneId);
  const end = time.isDate ? isoOf(point + length).slice(0, 10) : isoOf(point + length);
  return { start: text, end: text.endsWith('Z') || time.isDate ? end : end.slice(0, -1), component };
}

/** Milliseconds. Without an end: a day for whole days, else nothing (RFC 5545 section 3.6.1). */
function lengthOf(component: ICAL.Component, start: ZonedTime, times: TimeReader): number {
  const end = timesOf(component, 'dtend')[0] ?? timesOf(component, 'due')[0];
  const begin = times.read(start.time, start.zoneId).point;
  if (end !== undefined) return times.read(end.time, end.zoneId).point - begin;
  const duration = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return duration.toSeconds() * 1000;
  return start.time.isDate && component.name === 'vevent' ? 24 * 60 * 60 * 1000 : 0;
}

function isoOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
