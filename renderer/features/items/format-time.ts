import { formatDateTime, formatDay } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A day, or an instant where the person is. */
export function formatWhen(time: string, language: Language): string {
  return time.includes('T') ? formatDateTime(time, language) : formatDay(time, language);
}

/** The last day of what ends before another begins (RFC 5545 section 3.6.1: DTEND is not included). */
export function lastDay(end: string): string {
  return new Date(Date.parse(end) - dayMs).toISOString().slice(0, 10);
}

/** `09:00`, where the person is; empty for a whole day. */
export function clockTime(time: string, language: Language): string {
  return time.includes('T') ? formatDateTime(time, language).slice(-5) : '';
}

const shortDays = new Map<Language, Intl.DateTimeFormat>();

/** `lun 23 mar` */
export function shortDay(day: string, language: Language): string {
  const known = shortDays.get(language);
  const format =
    known ??
    new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
      ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' },
    });
  if (known === undefined) shortDays.set(language, format);
  return format.format(Date.parse(day));
}

/** `marzo 2026` */
export function monthName(month: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    ...{ month: 'long', year: 'numeric', timeZone: 'UTC' },
  }).format(Date.parse(`${month}-01`));
}

/** `2026-03` and a number of months: the month so many later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, at - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The month that it is where the person is. */
export function monthNow(now: Date): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`;
}
