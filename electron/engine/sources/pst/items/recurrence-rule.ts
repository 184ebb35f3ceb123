import type { RecurrencePattern } from './recurrence-blob.ts';

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * The RRULE value (RFC 5545 section 3.3.10) of a pattern; null where the calendar is not Gregorian.
 *
 * @param until the last moment in the form that DTSTART demands: a date, or a UTC time
 */
export function recurrenceRule(pattern: RecurrencePattern, until: (date: number) => string): string | null {
  if (!pattern.gregorian) return null;
  const parts = frequencyParts(pattern);
  if (pattern.kind === 'week') parts.push(`BYDAY=${daysOf(pattern.weekdayMask).join(',')}`);
  else if (pattern.kind === 'month-end') parts.push('BYMONTHDAY=-1');
  else if (pattern.kind === 'month-day') parts.push(...monthDay(pattern.ordinal));
  else if (pattern.kind === 'month-nth') parts.push(...nthDay(pattern.weekdayMask, pattern.ordinal));
  if (pattern.end.kind === 'count') parts.push(`COUNT=${Math.max(1, pattern.end.count)}`);
  if (pattern.end.kind === 'date') parts.push(`UNTIL=${until(pattern.end.date)}`);
  // The first day of the week matters to a rule of several weeks only (RFC 5545, WKST); Monday is its default.
  if (pattern.kind === 'week' && pattern.firstWeekday !== 1)
    parts.push(`WKST=${weekdays[pattern.firstWeekday] ?? 'MO'}`);
  return parts.join(';');
}

function frequencyParts(pattern: RecurrencePattern): string[] {
  if (pattern.kind === 'day') return ['FREQ=DAILY', `INTERVAL=${pattern.period}`];
  if (pattern.kind === 'week') return ['FREQ=WEEKLY', `INTERVAL=${pattern.period}`];
  // The period of yearly patterns is in months, too ([MS-OXOCAL] 2.2.1.44.1, Period).
  if (pattern.frequency === 'yearly' && pattern.period % 12 === 0) {
    const month = new Date(pattern.startDate).getUTCMonth() + 1;
    return ['FREQ=YEARLY', `INTERVAL=${pattern.period / 12}`, `BYMONTH=${month}`];
  }
  return ['FREQ=MONTHLY', `INTERVAL=${pattern.period}`];
}

function daysOf(mask: number): readonly string[] {
  return weekdays.filter((_, index) => (mask & (1 << index)) !== 0);
}

/** Outlook moves a day that a month does not have to the month's last; iCalendar would skip the month. */
function monthDay(day: number): readonly string[] {
  if (day <= 28) return [`BYMONTHDAY=${Math.max(1, day)}`];
  if (day >= 31) return ['BYMONTHDAY=-1'];
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index);
  return [`BYMONTHDAY=${days.join(',')}`, 'BYSETPOS=-1'];
}

function nthDay(mask: number, ordinal: number): readonly string[] {
  const nth = ordinal >= 5 ? -1 : Math.max(1, ordinal);
  const days = daysOf(mask);
  return days.length === 1 ? [`BYDAY=${nth}${days.join('')}`] : [`BYDAY=${days.join(',')}`, `BYSETPOS=${nth}`];
}
