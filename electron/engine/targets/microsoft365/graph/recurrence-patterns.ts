import type ICAL from 'ical.js';
import { daysOfWeek, weekIndexes } from './expand-pattern.ts';
import type { DayOfWeek, GraphPattern, WeekIndex } from './expand-pattern.ts';

export interface PatternAtTime {
  readonly pattern: GraphPattern;
  /** On the wall; null for whole days and where the series' own time counts. */
  readonly secondsOfDay: number | null;
}

const dayCodes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** More patterns than this are no way for a person to see one series. */
const mostPatterns = 24;

/**
 * Graph's patterns that may together be a rule: `1,15` of each month are two. Only a guess, whose days are compared with
 * the rule's own before it is used; null where nothing of Graph's comes near (every hour, days of the year, weeks by
 * number).
 */
export function patternsOf(rule: ICAL.Recur, start: ICAL.Time): readonly PatternAtTime[] | null {
  const parts = rule.parts as Readonly<Record<string, readonly (string | number)[] | undefined>>;
  if (parts['BYWEEKNO'] !== undefined || parts['BYYEARDAY'] !== undefined) return null;
  const patterns = dayPatterns(rule, parts, start);
  const hours = numbersOf(parts['BYHOUR']) ?? [start.hour];
  const minutes = numbersOf(parts['BYMINUTE']) ?? [start.minute];
  const isOwnTime = parts['BYHOUR'] === undefined && parts['BYMINUTE'] === undefined;
  const times = isOwnTime
    ? [null]
    : hours.flatMap(hour => minutes.map(minute => (hour * 60 + minute) * 60 + start.second));
  if (patterns === null || patterns.length * times.length > mostPatterns) return null;
  return patterns.flatMap(pattern => times.map(secondsOfDay => ({ pattern, secondsOfDay })));
}

type Parts = Readonly<Record<string, readonly (string | number)[] | undefined>>;

function dayPatterns(rule: ICAL.Recur, parts: Parts, start: ICAL.Time): readonly GraphPattern[] | null {
  const { interval } = rule;
  const months = numbersOf(parts['BYMONTH']);
  const days = parts['BYDAY']?.map(String);
  switch (rule.freq) {
    case 'DAILY':
      if (days !== undefined && interval === 1 && months === null && parts['BYMONTHDAY'] === undefined)
        return [weekly(1, days, 'sunday')];
      return [{ type: 'daily', interval }];
    case 'WEEKLY':
      // The week begins on Monday where a rule does not say so (RFC 5545 section 3.3.10).
      return [
        weekly(interval, days ?? [dayCodes[start.dayOfWeek() - 1] ?? 'MO'], daysOfWeek[rule.wkst - 1] ?? 'monday'),
      ];
    case 'MONTHLY':
      if (months === null) return inMonth(parts, start)?.flatMap(part => monthly(part, interval)) ?? null;
      if (interval !== 1) return null;
      return months.flatMap(month => inMonth(parts, start)?.map(part => yearly(part, month, 1)) ?? []);
    case 'YEARLY': {
      if (days !== undefined && months === null) return null;
      const everyMonth =
        parts['BYMONTHDAY'] === undefined ? [start.month] : Array.from({ length: 12 }, (_, i) => i + 1);
      return (months ?? everyMonth).flatMap(
        month => inMonth(parts, start)?.map(part => yearly(part, month, interval)) ?? [],
      );
    }
    default:
      return null;
  }
}

/** Which day of a month. */
type InMonth =
  { readonly dayOfMonth: number | 'last' } | { readonly daysOfWeek: readonly DayOfWeek[]; readonly index: WeekIndex };

function inMonth(parts: Parts, start: ICAL.Time): readonly InMonth[] | null {
  const monthDays = numbersOf(parts['BYMONTHDAY']);
  const days = parts['BYDAY']?.map(String);
  if (monthDays !== null) {
    if (days !== undefined || parts['BYSETPOS'] !== undefined) return null;
    return monthDays.map(day => ({ dayOfMonth: day === -1 ? 'last' : day }));
  }
  if (days === undefined) return [{ dayOfMonth: start.day }];
  const positions = numbersOf(parts['BYSETPOS']);
  if (positions !== null)
    return positions.flatMap(position => {
      const index = indexOf(position);
      return index === null ? [] : [{ daysOfWeek: days.map(dayName), index }];
    });
  return days.flatMap(day => {
    const index = indexOf(Number(/^[+-]?\d+/.exec(day)?.[0] ?? NaN));
    return index === null ? [] : [{ daysOfWeek: [dayName(day)], index }];
  });
}

function indexOf(position: number): WeekIndex | null {
  return position === -1 ? 'last' : (weekIndexes.slice(0, 4)[position - 1] ?? null);
}

function weekly(interval: number, days: readonly string[], firstDayOfWeek: DayOfWeek): GraphPattern {
  return { type: 'weekly', interval, daysOfWeek: [...new Set(days.map(dayName))], firstDayOfWeek };
}

/** What a month does not have is its last day to Exchange, so that the 31st is said of each month that has one. */
function monthly(part: InMonth, interval: number): readonly GraphPattern[] {
  if (!('dayOfMonth' in part)) return [{ type: 'relativeMonthly', interval, ...part }];
  const { dayOfMonth } = part;
  if (dayOfMonth === 'last') return [{ type: 'absoluteMonthly', interval, dayOfMonth: 31 }];
  if (dayOfMonth <= 28 || interval !== 1) return [{ type: 'absoluteMonthly', interval, dayOfMonth }];
  return longestMonths.flatMap((days, index) => (days >= dayOfMonth ? [yearly(part, index + 1, 1)] : []));
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function yearly(part: InMonth, month: number, interval: number): GraphPattern {
  if (!('dayOfMonth' in part)) return { type: 'relativeYearly', interval, month, ...part };
  const dayOfMonth = part.dayOfMonth === 'last' ? 31 : part.dayOfMonth;
  // A 29 February comes back in four years.
  const isLeapDay = month === 2 && dayOfMonth === 29 && 4 % interval === 0;
  return { type: 'absoluteYearly', interval: isLeapDay ? 4 : interval, month, dayOfMonth };
}

function dayName(code: string): DayOfWeek {
  return daysOfWeek[dayCodes.indexOf(code.slice(-2).toUpperCase())] ?? 'monday';
}

function numbersOf(values: readonly (string | number)[] | undefined): readonly number[] | null {
  return values === undefined ? null : values.map(Number);
}
