/** A span of local time, from `start` up to, not including, `end`. */
export interface DateRange {
  readonly start: Date;
  readonly end: Date;
}

const months = [
  ['gennaio', 'gen', 'january', 'jan'],
  ['febbraio', 'feb', 'february'],
  ['marzo', 'mar', 'march'],
  ['aprile', 'apr', 'april'],
  ['maggio', 'mag', 'may'],
  ['giugno', 'giu', 'june', 'jun'],
  ['luglio', 'lug', 'july', 'jul'],
  ['agosto', 'ago', 'august', 'aug'],
  ['settembre', 'set', 'sett', 'september', 'sep', 'sept'],
  ['ottobre', 'ott', 'october', 'oct'],
  ['novembre', 'nov', 'november'],
  ['dicembre', 'dic', 'december', 'dec'],
] as const;

/**
 * What a person writes for a day, a month, a year or a span, in Italian or English: `oggi`, `ieri`, `settimana scorsa`,
 * `ultimi 30 giorni`, `marzo 2019`, `4 marzo 2019`, `2019`, `2019-03`, `01/03/2019`, `2018..2020`. Days come before
 * months, as everywhere in Europe. Null when it is none of these.
 */
export function parseDateRange(text: string, now: Date): DateRange | null {
  const words = text.trim().toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ');
  const span = /^(.+?)\.\.(.+)$/.exec(words);
  if (span !== null) {
    const from = parseDateRange(span[1] ?? '', now);
    const to = parseDateRange(span[2] ?? '', now);
    return from === null || to === null ? null : { start: from.start, end: to.end };
  }
  return relative(words, now) ?? numeric(words) ?? named(words, now);
}

function relative(words: string, now: Date): DateRange | null {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  // Weeks begin on Monday (ISO 8601).
  const monday = day - ((now.getDay() + 6) % 7);
  switch (words) {
    case 'oggi':
    case 'today':
      return days(year, month, day, 1);
    case 'ieri':
    case 'yesterday':
      return days(year, month, day - 1, 1);
    case "l'altro ieri":
    case 'altroieri':
    case 'avantieri':
      return days(year, month, day - 2, 1);
    case 'questa settimana':
    case 'this week':
      return days(year, month, monday, 7);
    case 'settimana scorsa':
    case 'la settimana scorsa':
    case 'scorsa settimana':
    case 'last week':
      return days(year, month, monday - 7, 7);
    case 'questo mese':
    case 'this month':
      return monthsFrom(year, month, 1);
    case 'mese scorso':
    case 'il mese scorso':
    case 'scorso mese':
    case 'last month':
      return monthsFrom(year, month - 1, 1);
    case "quest'anno":
    case 'questo anno':
    case 'this year':
      return monthsFrom(year, 0, 12);
    case 'anno scorso':
    case "l'anno scorso":
    case 'scorso anno':
    case 'last year':
      return monthsFrom(year - 1, 0, 12);
    default:
      return lastSome(words, now);
  }
}

/** `ultimi 30 giorni`, up to and with today. */
function lastSome(words: string, now: Date): DateRange | null {
  const found = /^(?:ultim[ie]|last) (\d{1,3}) (giorni|days|settimane|weeks|mesi|months|anni|years)$/.exec(words);
  if (found === null) return null;
  const count = Number(found[1]);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const end = new Date(year, month, day + 1);
  switch (found[2]) {
    case 'giorni':
    case 'days':
      return { start: new Date(year, month, day + 1 - count), end };
    case 'settimane':
    case 'weeks':
      return { start: new Date(year, month, day + 1 - count * 7), end };
    case 'mesi':
    case 'months':
      return { start: new Date(year, month - count, day + 1), end };
    default:
      return { start: new Date(year - count, month, day + 1), end };
  }
}

function numeric(words: string): DateRange | null {
  const iso = /^(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?$/.exec(words);
  if (iso !== null) return calendar(Number(iso[1]), iso[2], iso[3]);
  const european = /^(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4}|\d{2})$/.exec(words);
  if (european === null) return null;
  const [, day, month, year = ''] = european;
  return calendar(year.length === 2 ? century(Number(year)) : Number(year), month, day);
}

/** Mail is younger than 1970. */
function century(year: number): number {
  return year < 70 ? 2000 + year : 1900 + year;
}

function calendar(year: number, monthText: string | undefined, dayText: string | undefined): DateRange | null {
  if (year < 1970 || year > 2200) return null;
  if (monthText === undefined) return monthsFrom(year, 0, 12);
  const month = Number(monthText) - 1;
  if (month < 0 || month > 11) return null;
  if (dayText === undefined) return monthsFrom(year, month, 1);
  const day = Number(dayText);
  const exists = new Date(year, month, day).getMonth() === month && day > 0;
  return exists ? days(year, month, day, 1) : null;
}

function named(words: string, now: Date): DateRange | null {
  const parts = words
    .replaceAll(',', ' ')
    .split(' ')
    .filter(part => part !== '' && part !== 'di' && part !== 'of');
  const at = parts.findIndex(part => monthOf(part) >= 0);
  if (at < 0 || parts.length > 3) return null;
  const month = monthOf(parts[at] ?? '');
  const numbers = parts.filter((_part, index) => index !== at).map(part => /^(\d{1,4})[°º]?$/.exec(part)?.[1]);
  if (numbers.includes(undefined)) return null;
  const year = numbers.find(number => number?.length === 4);
  const day = numbers.find(number => number !== year);
  if (year === undefined) {
    // A month without a year is the last one that has begun.
    const inYear = month <= now.getMonth() ? now.getFullYear() : now.getFullYear() - 1;
    return calendar(inYear, String(month + 1), day);
  }
  return calendar(Number(year), String(month + 1), day);
}

function monthOf(word: string): number {
  return months.findIndex(names => (names as readonly string[]).includes(word));
}

function days(year: number, month: number, day: number, count: number): DateRange {
  return { start: new Date(year, month, day), end: new Date(year, month, day + count) };
}

function monthsFrom(year: number, month: number, count: number): DateRange {
  return { start: new Date(year, month, 1), end: new Date(year, month + count, 1) };
}
