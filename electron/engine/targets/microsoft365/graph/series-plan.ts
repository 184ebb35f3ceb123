import ICAL from 'ical.js';
import { TravasoError } from '../../../../../shared/errors.ts';
import { occurrencesOf, ownOccurrence, timesNamed, timesOf, usualYears } from '../../../items/occurrences.ts';
import type { TimeReader } from '../../../items/occurrences.ts';
import { wallMsOf } from '../../../items/zone-time.ts';
import { isPlainSpan, wallIn, zoneClock, zonesFor } from './event-zones.ts';
import type { WrittenTime } from './event-zones.ts';
import { expandPattern } from './expand-pattern.ts';
import type { GraphRange, GraphRecurrence } from './expand-pattern.ts';
import { patternsOf } from './recurrence-patterns.ts';
import type { PatternAtTime } from './recurrence-patterns.ts';

/**
 * What an appointment is made of in Graph, which knows six simple patterns:
 *
 *     patterns whose days together are the rule's own           → a series each (`1,15` of the month are two)
 *     days that the patterns have and EXDATE leaves out         → deleted from their series
 *     RDATE, a first day that the rule does not name,
 *     occurrences in the hours around a change of the clock     → single events beside
 *     no pattern fits, but the end is in sight                  → single events altogether
 *     exceptions                                                → changes of an occurrence, or single events
 *     anything else                                             → refused by name
 *
 * A guess at patterns counts only if its days, by Exchange's own rules, are exactly those of RFC 5545.
 */
export type EventPiece = SeriesPiece | SinglePiece;

export interface SeriesPiece {
  readonly kind: 'series';
  readonly recurrence: GraphRecurrence;
  /** Of the first occurrence, milliseconds on the wall of `zone`. */
  readonly startWall: number;
  readonly zone: string;
  /** Occurrences to delete and to change, by the start they have by the pattern (ISO 8601, as `TimeReader` writes it). */
  readonly deletions: readonly string[];
  readonly changes: readonly { readonly original: string; readonly component: ICAL.Component }[];
}

export interface SinglePiece {
  readonly kind: 'single';
  readonly start: string;
  /** What tells of it: the series, or an exception. */
  readonly component: ICAL.Component;
}

export interface SeriesSource {
  readonly series: ICAL.Component;
  readonly exceptions: readonly ICAL.Component[];
  readonly times: TimeReader;
  readonly home: string;
}

const mostSingles = 100;
const mostExtras = 60;
const dayMs = 24 * 60 * 60 * 1000;

/** Throws `ITEM_REFUSED` with a reason. The first piece stands for the whole. */
export function planSeries(source: SeriesSource): readonly EventPiece[] {
  const { series, exceptions, times } = source;
  const start = timesOf(series, 'dtstart')[0];
  if (start === undefined) throw refused('no-start');
  const wanted = startsOf(series, times);
  const cover = coverOf(source, start, wanted);
  const singles = new Map<string, ICAL.Component>(cover.singles.map(each => [each, series]));
  const parts = cover.series.map(part => ({
    ...part,
    changes: [] as { original: string; component: ICAL.Component }[],
  }));
  for (const exception of exceptions) {
    const own = timesOf(exception, 'dtstart')[0];
    const id = timesOf(exception, 'recurrence-id')[0];
    if (own === undefined || id === undefined) continue;
    const original = times.read(id.time, id.zoneId).text;
    const moved = times.read(own.time, own.zoneId).text;
    const part = parts.find(each => each.starts.includes(original) && !each.deletions.includes(original));
    if (part === undefined) {
      singles.delete(original);
      singles.set(`${moved} ${original}`, exception);
    } else if (staysInPlace(part.starts, part.changes, original, moved, times))
      part.changes.push({ original, component: exception });
    else {
      part.deletions.push(original);
      singles.set(`${moved} ${original}`, exception);
    }
  }
  const pieces: EventPiece[] = parts
    // A series whose last occurrence is deleted is gone.
    .filter(part => part.starts.length > part.deletions.length)
    .map(({ recurrence, startWall, zone, deletions, changes }) => ({
      kind: 'series',
      recurrence,
      startWall,
      zone,
      deletions,
      changes,
    }));
  for (const [key, component] of singles) pieces.push({ kind: 'single', start: key.split(' ')[0] ?? key, component });
  if (pieces.length === 0) throw refused('no-occurrence');
  return pieces;
}

export function refused(reason: string): TravasoError {
  return new TravasoError('ITEM_REFUSED', { reason });
}

interface Covered {
  readonly recurrence: GraphRecurrence;
  readonly startWall: number;
  readonly zone: string;
  /** All it names within the years that count, in order. */
  readonly starts: readonly string[];
  readonly deletions: string[];
  /** Where the wall does not say one instant, or not how long it takes. */
  readonly odd: () => readonly string[];
}

interface Cover {
  readonly series: readonly Covered[];
  readonly singles: readonly string[];
}

function startsOf(series: ICAL.Component, times: TimeReader): readonly string[] {
  return occurrencesOf(series, [], times).map(({ start }) => start);
}

function coverOf({ series, times, home }: SeriesSource, start: WrittenTime, wanted: readonly string[]): Cover {
  const rules = series
    .getAllProperties('rrule')
    .map(property => property.getFirstValue())
    .filter(rule => rule instanceof ICAL.Recur);
  if (rules.length === 0) {
    if (wanted.length > mostSingles) throw refused('too-many-dates');
    return { series: [], singles: wanted };
  }
  const bare = new ICAL.Component(structuredClone(series.toJSON()) as ConstructorParameters<typeof ICAL.Component>[0]);
  bare.removeAllProperties('exdate');
  const full = series.hasProperty('exdate') ? startsOf(bare, times) : wanted;
  const beside = new Set([start, ...timesOf(series, 'rdate')].map(({ time, zoneId }) => times.read(time, zoneId).text));
  const own = ownOccurrence(series, times)[0];
  const length = own === undefined ? 0 : Date.parse(own.end) - Date.parse(own.start);
  const patterns = rules.map(rule => ({ rule, patterns: patternsOf(rule, start.time) }));
  if (patterns.every(each => each.patterns !== null)) {
    for (const zone of zonesFor(start, times, home)) {
      for (const end of ['as-said', 'last-day'] as const) {
        const covered = patterns.flatMap(({ rule, patterns: guessed }) =>
          (guessed ?? []).map(pattern =>
            coveredBy(pattern, { rule, start, zone, times, full, end, alone: guessed?.length === 1, length }),
          ),
        );
        const cover = checked(covered, full, new Set(wanted), beside);
        if (cover !== null) return cover;
      }
    }
  }
  const isWhole = rules.every(rule => isWithinYears(rule, start));
  if (!isWhole || wanted.length > mostSingles) throw refused('recurrence');
  return { series: [], singles: wanted };
}

interface CoverMeans {
  readonly rule: ICAL.Recur;
  readonly start: WrittenTime;
  readonly zone: string;
  readonly times: TimeReader;
  readonly full: readonly string[];
  readonly end: 'as-said' | 'last-day';
  readonly alone: boolean;
  /** Milliseconds. */
  readonly length: number;
}

/** Null where nothing comes of the pattern, or its end cannot be said. */
function coveredBy({ pattern, secondsOfDay }: PatternAtTime, means: CoverMeans): Covered | null {
  const { start, zone } = means;
  const clock = zoneClock(zone);
  const startWall = start.time.isDate
    ? wallMsOf(start.time)
    : wallIn(zone, means.times.read(start.time, start.zoneId).point);
  const midnight = Math.floor(startWall / dayMs) * dayMs;
  const ofDay = secondsOfDay === null ? startWall - midnight : secondsOfDay * 1000;
  const range = rangeOf(means, midnight, ofDay);
  if (range === null) return null;
  const lastYear = start.time.year + usualYears;
  // Earlier today than it begins is not yet.
  const days = expandPattern({ pattern, range }, lastYear).filter(day => day + ofDay >= startWall);
  const first = days[0];
  if (first === undefined) return null;
  const text = (day: number): string =>
    start.time.isDate ? isoDate(day) : `${new Date(clock(day + ofDay)).toISOString().slice(0, 19)}Z`;
  return {
    recurrence: { pattern, range: { ...range, startDate: isoDate(first) } },
    startWall: first + ofDay,
    zone,
    starts: days.map(text),
    deletions: [],
    odd: () => (start.time.isDate ? [] : days.filter(day => !isPlainSpan(zone, day + ofDay, means.length)).map(text)),
  };
}

function rangeOf(
  { rule, full, end, alone, zone, start }: CoverMeans,
  midnight: number,
  ofDay: number,
): GraphRange | null {
  const range = { startDate: isoDate(midnight), recurrenceTimeZone: zone };
  if (rule.count === null && rule.until === null) return { ...range, type: 'noEnd' };
  if (end === 'last-day') {
    const last = full.at(-1);
    if (last === undefined || !isWithinYears(rule, start)) return null;
    return {
      ...range,
      type: 'endDate',
      endDate: isoDate(start.time.isDate ? Date.parse(last) : wallIn(zone, Date.parse(last))),
    };
  }
  if (rule.count !== null) return alone ? { ...range, type: 'numbered', numberOfOccurrences: rule.count } : null;
  const until = rule.until;
  if (until === null) return null;
  const wall = wallMsOf(until);
  const isInstant = until.zone === ICAL.Timezone.utcTimezone && !until.isDate && !start.time.isDate;
  const lastWall = until.isDate ? wall + dayMs - 1 : isInstant ? wallIn(zone, wall) : wall;
  const lastDay = Math.floor(lastWall / dayMs) * dayMs;
  return { ...range, type: 'endDate', endDate: isoDate(lastDay + ofDay > lastWall ? lastDay - dayMs : lastDay) };
}

/** Whether all of the rule was looked at. */
function isWithinYears(rule: ICAL.Recur, { time }: WrittenTime): boolean {
  if (rule.until !== null) return rule.until.year <= time.year + usualYears;
  return rule.count !== null && timesNamed(rule, time) >= rule.count;
}

function checked(
  covered: readonly (Covered | null)[],
  full: readonly string[],
  wanted: ReadonlySet<string>,
  named: ReadonlySet<string>,
): Cover | null {
  const all = new Set(full);
  const union = new Set<string>();
  const series: Covered[] = [];
  for (const part of covered) {
    if (part === null) return null;
    for (const start of part.starts) {
      if (!all.has(start) || union.has(start)) return null;
      union.add(start);
    }
    series.push(part);
  }
  const extras = full.filter(start => !union.has(start));
  if (extras.length > mostExtras || extras.some(start => !named.has(start))) return null;
  const odd = new Set(series.flatMap(part => part.odd()));
  const beside = [...extras, ...odd];
  return {
    series: series.map(part => ({
      ...part,
      deletions: part.starts.filter(start => odd.has(start) || !wanted.has(start)),
    })),
    singles: beside.filter(start => wanted.has(start)),
  };
}

/** Exchange moves an occurrence only between its neighbours, and never to the day of one (`ErrorOccurrenceCrossingBoundary`). */
function staysInPlace(
  starts: readonly string[],
  changes: readonly { readonly original: string; readonly component: ICAL.Component }[],
  original: string,
  moved: string,
  times: TimeReader,
): boolean {
  const index = starts.indexOf(original);
  const days = (neighbour: string | undefined): readonly string[] => {
    if (neighbour === undefined) return [];
    const component = changes.find(each => each.original === neighbour)?.component;
    const own = component === undefined ? undefined : timesOf(component, 'dtstart')[0];
    return [neighbour, ...(own === undefined ? [] : [times.read(own.time, own.zoneId).text])].map(each =>
      each.slice(0, 10),
    );
  };
  // A day of room, because the days here are those of UTC.
  const day = Date.parse(moved.slice(0, 10));
  const room = original.slice(0, 10) === moved.slice(0, 10) ? 0 : dayMs;
  return (
    days(starts[index - 1]).every(each => day - room > Date.parse(each)) &&
    days(starts[index + 1]).every(each => day + room < Date.parse(each))
  );
}

function isoDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
