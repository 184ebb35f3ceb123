/**
 * A date, or date and time, in the only form that vCard 4.0 takes (RFC 6350 section 4.3); null for anything else. Apple
 * writes a birthday without year as one of the year 1604, and says so.
 */
export function vcardDate(text: string, omittedYear: string | null = null): string | null {
  const match = /^(\d{4}|--)-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour, minute, second = '00', zone = ''] = match;
  const isOfMonth = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  if (!isOfMonth) return null;
  const date = `${year === omittedYear ? '--' : year}${month}${day}`;
  // A birthday at midnight is a day, whatever zone the program was in.
  if (hour === undefined || minute === undefined || `${hour}${minute}${second}` === '000000') return date;
  return `${date}T${hour}${minute}${second}${zone.replace(':', '').toUpperCase()}`;
}

/** The moment of the last change (`REV`), always in UTC there; null for what is none. */
export function vcardTimestamp(text: string): string | null {
  const moment = new Date(
    text
      .trim()
      .replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/, (_, year, month, day, hour, minute, second) =>
        [`${year}-${month}-${day}`, ...(hour === undefined ? [] : [`${hour}:${minute}:${second}`])].join('T'),
      ),
  );
  if (Number.isNaN(moment.getTime())) return null;
  return moment.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
