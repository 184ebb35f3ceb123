import { GraphError } from './graph-error.ts';

export interface FakePattern {
  readonly type: string;
  readonly interval: number;
  readonly daysOfWeek?: readonly string[];
  readonly firstDayOfWeek?: string;
  readonly dayOfMonth?: number;
  readonly month?: number;
  readonly index?: string;
}

export interface FakeRange {
  readonly type: string;
  readonly startDate: string;
  readonly endDate?: string;
  readonly numberOfOccurrences?: number;
  readonly recurrenceTimeZone?: string;
}

export interface FakeRecurrence {
  readonly pattern: FakePattern;
  readonly range: FakeRange;
}

const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const dayMs = 86_400_000;

/** Properties each type must have; any other is an error ("include only the properties that you need"). */
const needed: Readonly<Record<string, readonly string[]>> = {
  daily: [],
  weekly: ['daysOfWeek', 'firstDayOfWeek'],
  absoluteMonthly: ['dayOfMonth'],
  relativeMonthly: ['daysOfWeek', 'index'],
  absoluteYearly: ['dayOfMonth', 'month'],
  relativeYearly: ['daysOfWeek', 'index', 'month'],
};

export function checkRecurrence({ pattern, range }: FakeRecurrence, startDate: string): void {
  const wanted = needed[pattern.type];
  const bad = (what: string): never => {
    throw new GraphError(400, 'ErrorInvalidRequest', `Recurrence: ${what}`);
  };
  if (wanted === undefined) return bad('type');
  const given = Object.keys(pattern).filter(name => name !== 'type' && name !== 'interval');
  if (given.some(name => !wanted.includes(name)) || wanted.some(name => !given.includes(name))) bad('properties');
  if (!Number.isInteger(pattern.interval) || pattern.interval < 1 || pattern.interval > 999) bad('interval');
  if ((pattern.daysOfWeek ?? ['monday']).some(day => !names.includes(day))) bad('daysOfWeek');
  if (pattern.daysOfWeek?.length === 0) bad('daysOfWeek');
  if (!['noEnd', 'endDate', 'numbered'].includes(range.type)) bad('range');
  if (range.startDate !== startDate) bad('startDate is not the day of start');
  if (range.type === 'endDate' && !((range.endDate ?? '') >= range.startDate)) bad('endDate');
  if (range.type === 'numbered' && !((range.numberOfOccurrences ?? 0) >= 1)) bad('numberOfOccurrences');
}

/** Days of a series up to `until`, as midnights in UTC: every day is looked at, one after the other. */
export function daysOf({ pattern, range }: FakeRecurrence, until: number): readonly number[] {
  const start = Date.parse(range.startDate);
  const days: number[] = [];
  const end = range.type === 'endDate' ? Date.parse(range.endDate ?? '') : Infinity;
  for (let day = start; day <= until && day <= end; day += dayMs) {
    if (range.type === 'numbered' && days.length >= (range.numberOfOccurrences ?? 0)) break;
    if (isOn(pattern, start, day)) days.push(day);
  }
  return days;
}

function isOn(pattern: FakePattern, start: number, day: number): boolean {
  const [a, b] = [new Date(start), new Date(day)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const isWeekday = (pattern.daysOfWeek ?? []).includes(names[b.getUTCDay()] ?? '');
  switch (pattern.type) {
    case 'daily':
      return ((day - start) / dayMs) % pattern.interval === 0;
    case 'weekly': {
      const first = names.indexOf(pattern.firstDayOfWeek ?? 'sunday');
      const week = (at: Date): number => at.getTime() / dayMs - ((at.getUTCDay() + 7 - first) % 7);
      return isWeekday && ((week(b) - week(a)) / 7) % pattern.interval === 0;
    }
    case 'absoluteMonthly':
      return months % pattern.interval === 0 && isDayOfMonth(pattern, b);
    case 'relativeMonthly':
      return months % pattern.interval === 0 && isWeekday && isNth(pattern, b);
    case 'absoluteYearly':
      return isInYear(pattern, a, b) && isDayOfMonth(pattern, b);
    default:
      return isInYear(pattern, a, b) && isWeekday && isNth(pattern, b);
  }
}

function isInYear(pattern: FakePattern, a: Date, b: Date): boolean {
  return b.getUTCMonth() + 1 === pattern.month && (b.getUTCFullYear() - a.getUTCFullYear()) % pattern.interval === 0;
}

/** Of a month that is too short, the last day. */
function isDayOfMonth(pattern: FakePattern, day: Date): boolean {
  const wanted = pattern.dayOfMonth ?? 1;
  const isLast = new Date(day.getTime() + dayMs).getUTCDate() === 1;
  return day.getUTCDate() === wanted || (isLast && wanted > day.getUTCDate());
}

function isNth(pattern: FakePattern, day: Date): boolean {
  const matching: number[] = [];
  for (let date = 1; date <= 31; date += 1) {
    const each = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date));
    if (each.getUTCMonth() !== day.getUTCMonth()) break;
    if ((pattern.daysOfWeek ?? []).includes(names[each.getUTCDay()] ?? '')) matching.push(date);
  }
  const nth = ['first', 'second', 'third', 'fourth'].indexOf(pattern.index ?? 'first');
  return day.getUTCDate() === (pattern.index === 'last' ? matching.at(-1) : matching[nth]);
}
