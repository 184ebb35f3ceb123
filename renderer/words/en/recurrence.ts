import type { Recurrence } from '../../../shared/model/item-view.ts';
import { formatDay, formatList, formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'en');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
const list = (texts: readonly string[]) => formatList(texts, 'en');

const weekdays = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
} as const;
const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;
const every: Readonly<Record<Recurrence['frequency'], readonly [one: string, many: string]>> = {
  secondly: ['Every second', 'seconds'],
  minutely: ['Every minute', 'minutes'],
  hourly: ['Every hour', 'hours'],
  daily: ['Every day', 'days'],
  weekly: ['Every week', 'weeks'],
  monthly: ['Every month', 'months'],
  yearly: ['Every year', 'years'],
};
const ordinals: Readonly<Record<number, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  [-1]: 'last',
  [-2]: 'last but one',
};

function nth(position: number, what: string): string {
  const word = ordinals[position];
  return word === undefined ? `${what} number ${position}` : `the ${word} ${what}`;
}

function monthDay(day: number): string {
  return day > 0 ? `on day ${day}` : `on ${nth(day, 'day')}`;
}

/** How a series repeats, as one would say it. */
export function englishRecurrence({
  frequency,
  interval,
  days,
  monthDays,
  months: inMonths,
  positions,
  ...end
}: Recurrence): string {
  const [one, many] = every[frequency];
  const parts = [interval === 1 ? one : `Every ${number(interval)} ${many}`];
  const plain = days.filter(day => day.nth === null).map(({ weekday }) => weekday);
  const isWorkdays = plain.join() === 'MO,TU,WE,TH,FR';
  const names = isWorkdays ? 'day from Monday to Friday' : list(plain.map(day => weekdays[day]));
  if (positions.length > 0 && plain.length > 0) {
    parts.push(`on ${list(positions.map(position => nth(position, names)))}`);
  } else if (plain.length > 0) parts.push(isWorkdays ? 'from Monday to Friday' : `on ${names}`);
  const numbered = days.flatMap(day => (day.nth === null ? [] : [nth(day.nth, weekdays[day.weekday])]));
  if (numbered.length > 0) parts.push(`on ${list(numbered)}`);
  if (monthDays.length > 0) parts.push(list(monthDays.map(monthDay)));
  if (inMonths.length > 0) parts.push(`in ${list(inMonths.map(month => months[month - 1] ?? String(month)))}`);
  if (end.count !== null) parts.push(`${counted(end.count, 'time', 'times')} in all`);
  if (end.until !== null) parts.push(`until ${formatDay(end.until, 'en')}`);
  return `${parts.join(', ')}.`;
}
