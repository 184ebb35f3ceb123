/** Graph's `patternedRecurrence`, as far as it is used here. */
export interface GraphRecurrence {
  readonly pattern: GraphPattern;
  readonly range: GraphRange;
}

export interface GraphPattern {
  readonly type: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly' | 'absoluteYearly' | 'relativeYearly';
  readonly interval: number;
  readonly daysOfWeek?: readonly DayOfWeek[];
  readonly firstDayOfWeek?: DayOfWeek;
  readonly dayOfMonth?: number;
  /** 1 to 12. */
  readonly month?: number;
  readonly index?: WeekIndex;
}

export interface GraphRange {
  readonly type: 'noEnd' | 'endDate' | 'numbered';
  /** `2026-03-02`, also below. */
  readonly startDate: string;
  readonly endDate?: string;
  readonly numberOfOccurrences?: number;
  readonly recurrenceTimeZone: string;
}

export const daysOfWeek = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type DayOfWeek = (typeof daysOfWeek)[number];
export const weekIndexes = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type WeekIndex = (typeof weekIndexes)[number];

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The days on which Exchange lets a series take place, as midnights in milliseconds UTC, up to the end of `lastYear`. Its
 * rules differ from RFC 5545 in two things: a day that a month does not have is the month's last, and the first day is the
 * first that matches, not the one on which the series is said to begin.
 */
export function expandPattern({ pattern, range }: GraphRecurrence, lastYear: number): readonly number[] {
  const start = Date.parse(range.startDate);
  const end = range.type === 'endDate' ? Date.parse(range.endDate ?? range.startDate) : Infinity;
  const most = range.type === 'numbered' ? (range.numberOfOccurrences ?? 1) : Infinity;
  const days: number[] = [];
  for (const day of candidates(pattern, start)) {
    if (day < start) continue;
    if (day > end || days.length >= most || new Date(day).getUTCFullYear() > lastYear) break;
    days.push(day);
  }
  return days;
}

function* candidates(pattern: GraphPattern, start: number): Generator<number> {
  const interval = Math.max(1, pattern.interval);
  const wanted = new Set((pattern.daysOfWeek ?? []).map(day => daysOfWeek.indexOf(day)));
  const begin = new Date(start);
  switch (pattern.type) {
    case 'daily':
      for (let day = start; ; day += interval * dayMs) yield day;
    // falls through never: the loop has no end
    case 'weekly': {
      const first = daysOfWeek.indexOf(pattern.firstDayOfWeek ?? 'sunday');
      const week = start - ((begin.getUTCDay() - first + 7) % 7) * dayMs;
      for (let monday = week; ; monday += interval * 7 * dayMs) {
        for (let offset = 0; offset < 7; offset += 1) {
          const day = monday + offset * dayMs;
          if (wanted.has(new Date(day).getUTCDay())) yield day;
        }
      }
    }
    // falls through never: the loop has no end
    case 'absoluteMonthly':
    case 'relativeMonthly':
      for (let month = begin.getUTCMonth(); ; month += interval)
        yield dayIn(begin.getUTCFullYear(), month, pattern, wanted);
    // falls through never: the loop has no end
    case 'absoluteYearly':
    case 'relativeYearly':
      for (let year = begin.getUTCFullYear(); ; year += interval)
        yield dayIn(year, (pattern.month ?? 1) - 1, pattern, wanted);
  }
}

function dayIn(year: number, month: number, pattern: GraphPattern, wanted: ReadonlySet<number>): number {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (pattern.type === 'absoluteMonthly' || pattern.type === 'absoluteYearly')
    return Date.UTC(year, month, Math.min(pattern.dayOfMonth ?? 1, last));
  const matching = Array.from({ length: last }, (_, index) => Date.UTC(year, month, index + 1)).filter(day =>
    wanted.has(new Date(day).getUTCDay()),
  );
  const index = pattern.index === 'last' ? -1 : weekIndexes.indexOf(pattern.index ?? 'first');
  return matching.at(index) ?? matching.at(-1) ?? Date.UTC(year, month, 1);
}
