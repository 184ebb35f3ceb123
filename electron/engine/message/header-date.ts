import { unfoldedLines } from './identity.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 section 3.3 and the obsolete forms of section 4.3; white space may be missing, as in `messageIdentity`. */
const dateTime = /(\d{1,2})\s*([a-z]{3})\s*(\d{4}|\d{2})\s*(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[a-z]{1,5})?/i;
const zones: Readonly<Record<string, number>> = { edt: -240, est: -300, cdt: -300, cst: -360, mdt: -360, mst: -420 };

/**
 * When a message arrived, as far as its header tells: the last server's `Received`, else `Date`. For messages from
 * files, which have no INTERNALDATE: without one a server would give them the moment of the upload.
 *
 * @returns ISO 8601, UTC; null when neither can be read
 */
export function arrivalDate(header: Buffer): string | null {
  let written: string | null = null;
  for (const line of unfoldedLines(header)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (name === 'received') {
      // Behind the last semicolon (RFC 5321 section 4.4); the first Received was put there last.
      const received = dateOfField(line.slice(line.lastIndexOf(';') + 1));
      if (received !== null) return received;
    }
    if (name === 'date') written ??= dateOfField(line.slice(colon + 1));
  }
  return written;
}

/** The value of a Date field as an ISO 8601 instant in UTC; null for what is none. */
export function dateOfField(value: string): string | null {
  const match = dateTime.exec(value);
  if (match === null) return null;
  const [, day = '', monthName = '', yearText = '', hour = '', minute = '', second = '0', zone = 'GMT'] = match;
  const month = months.indexOf(monthName.toLowerCase());
  if (month === -1) return null;
  const short = Number(yearText);
  const year = yearText.length === 4 ? short : short < 50 ? 2000 + short : 1900 + short;
  // Before Unix time no mail was dated truly, and IMAP servers make of such dates what they like.
  if (year < 1970) return null;
  const time = Date.UTC(year, month, Number(day), Number(hour), Number(minute), Number(second));
  if (Number.isNaN(time) || new Date(time).getUTCMonth() !== month) return null;
  return new Date(time - offsetMinutes(zone) * 60_000).toISOString();
}

function offsetMinutes(zone: string): number {
  const match = /^([+-])(\d\d)(\d\d)$/.exec(zone);
  // RFC 5322 section 4.3: a name that is not known says nothing, and counts as +0000.
  if (match === null) return zones[zone.toLowerCase()] ?? 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
