import type { Recurrence } from '../../../shared/model/item-view.ts';
import { formatDay, formatList, formatNumber } from '../../../shared/words/format.ts';

const number = (value: number) => formatNumber(value, 'it');
const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
const list = (texts: readonly string[]) => formatList(texts, 'it');

const weekdays = {
  MO: 'lunedì',
  TU: 'martedì',
  WE: 'mercoledì',
  TH: 'giovedì',
  FR: 'venerdì',
  SA: 'sabato',
  SU: 'domenica',
} as const;
const months = [
  ...['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno'],
  ...['luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'],
] as const;
const every: Readonly<Record<Recurrence['frequency'], readonly [one: string, many: string]>> = {
  secondly: ['Ogni secondo', 'secondi'],
  minutely: ['Ogni minuto', 'minuti'],
  hourly: ['Ogni ora', 'ore'],
  daily: ['Ogni giorno', 'giorni'],
  weekly: ['Ogni settimana', 'settimane'],
  monthly: ['Ogni mese', 'mesi'],
  yearly: ['Ogni anno', 'anni'],
};

const ordinals: Readonly<Record<number, string>> = {
  1: 'primo',
  2: 'secondo',
  3: 'terzo',
  4: 'quarto',
  5: 'quinto',
  [-1]: 'ultimo',
  [-2]: 'penultimo',
};

function nth(position: number, what: string, isFeminine: boolean): string {
  const word = ordinals[position];
  if (word === undefined) return `${what} numero ${position}`;
  const inflected = isFeminine ? word.replace(/o$/, 'a') : word;
  const article = /^u/.test(word) ? 'l’' : isFeminine ? 'la ' : 'il ';
  return `${article}${inflected} ${what}`;
}

function monthDay(day: number): string {
  return day > 0 ? `il giorno ${day}` : day === -1 ? 'l’ultimo giorno' : nth(day, 'giorno', false);
}

/** How a series repeats, as one would say it. */
export function italianRecurrence({
  frequency,
  interval,
  days,
  monthDays,
  months: inMonths,
  positions,
  ...end
}: Recurrence): string {
  const [one, many] = every[frequency];
  const parts = [interval === 1 ? one : `Ogni ${number(interval)} ${many}`];
  const plain = days.filter(day => day.nth === null).map(({ weekday }) => weekday);
  const isWorkdays = plain.join() === 'MO,TU,WE,TH,FR';
  const names = isWorkdays ? 'giorno dal lunedì al venerdì' : list(plain.map(day => weekdays[day]));
  if (positions.length > 0 && plain.length > 0) {
    const isSunday = plain.join() === 'SU';
    parts.push(list(positions.map(position => nth(position, names, isSunday))));
  } else if (plain.length > 0) parts.push(isWorkdays ? 'dal lunedì al venerdì' : `di ${names}`);
  const numbered = days.flatMap(day =>
    day.nth === null ? [] : [nth(day.nth, weekdays[day.weekday], day.weekday === 'SU')],
  );
  if (numbered.length > 0) parts.push(list(numbered));
  if (monthDays.length > 0) parts.push(list(monthDays.map(monthDay)));
  if (inMonths.length > 0) parts.push(`a ${list(inMonths.map(month => months[month - 1] ?? String(month)))}`);
  if (end.count !== null) parts.push(`${counted(end.count, 'volta', 'volte')} in tutto`);
  if (end.until !== null) parts.push(`fino al ${formatDay(end.until, 'it')}`);
  return `${parts.join(', ')}.`;
}
