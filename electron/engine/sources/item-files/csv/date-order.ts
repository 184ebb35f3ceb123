/** What comes first where a date is written in figures; null where the file does not tell. */
export type DateOrder = 'day' | 'month' | null;

const figures = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/;
const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const standard = /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})$/;
const yearless = /^--?(\d\d)-?(\d\d)$/;

/**
 * How a file writes its dates. One date that can be read in one way only tells it for all; where there is none, Italian
 * headings stand for the day first, and otherwise nobody can know.
 */
export function dateOrderOf(dates: readonly string[], isItalian: boolean): DateOrder {
  let dayFirst = false;
  let monthFirst = false;
  for (const date of dates) {
    const [, one = '0', two = '0'] = figures.exec(date.trim()) ?? [];
    dayFirst ||= Number(one) > 12;
    monthFirst ||= Number(two) > 12;
  }
  if (dayFirst !== monthFirst) return dayFirst ? 'day' : 'month';
  return dayFirst || !isItalian ? null : 'day';
}

/** `YYYY-MM-DD`, or `--MM-DD` of a date without year; null for what is none, or could be two. */
export function readDate(text: string, order: DateOrder): string | null {
  const date = text.trim();
  const plain = standard.exec(date);
  if (plain !== null) return isoDate(plain[1], plain[2], plain[3]);
  const [, month, day] = yearless.exec(date) ?? [];
  if (month !== undefined) return isoDate('--', month, day);
  const [, first, second, lastYear] = dotted.exec(date) ?? [];
  // With dots between, nobody writes the month first.
  if (first !== undefined) return isoDate(lastYear, second, first);
  const [, one = '', two = '', year] = figures.exec(date) ?? [];
  if (year === undefined) return null;
  if (Number(one) > 12 || one === two) return isoDate(year, two, one);
  if (Number(two) > 12) return isoDate(year, one, two);
  return order === null ? null : order === 'day' ? isoDate(year, two, one) : isoDate(year, one, two);
}

/** A date that can be read in two ways, and nothing says in which. */
export function isUncertain(text: string, order: DateOrder): boolean {
  return order === null && figures.test(text.trim()) && readDate(text, null) === null && readDate(text, 'day') !== null;
}

function isoDate(year = '', month = '', day = ''): string | null {
  const [monthNumber, dayNumber] = [Number(month), Number(day)];
  const days = new Date(Date.UTC(year === '--' ? 2000 : Number(year), monthNumber, 0)).getUTCDate();
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1 || dayNumber > days) return null;
  return `${year === '--' ? '-' : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
