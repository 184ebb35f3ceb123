import { encodeModifiedUtf7 } from '../../rig/modified-utf7.ts';
import type { ExchangeFolder } from './exchange-store.ts';

export const encodeMailboxName = encodeModifiedUtf7;

/** RFC 3501 section 5.1.3, the way back. */
export function decodeMailboxName(octets: string): string {
  return octets.replaceAll(/&([^-]*)-/g, (_, base64: string) =>
    base64 === '' ? '&' : Buffer.from(base64.replaceAll(',', '/'), 'base64').swap16().toString('utf16le'),
  );
}

/** Whether a UID is in a sequence set; `*` is the last one there is (RFC 3501 section 6.4.8). */
export function uidsIn(set: string, { mail }: ExchangeFolder): (uid: number) => boolean {
  const last = mail.at(-1)?.uid ?? 0;
  const value = (text: string): number => (text === '*' ? last : Number(text));
  const ranges = set.split(',').map(part => {
    const [from = '0', to = from] = part.split(':');
    return [value(from), value(to)].sort((a, b) => a - b) as [number, number];
  });
  return uid => ranges.some(([from, to]) => uid >= from && uid <= to);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds since 1970 of an IMAP date-time; NaN for what is none. */
export function timeOf(quoted: string): number {
  const match = /^"( ?\d{1,2})-([A-Z][a-z]{2})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})"$/.exec(quoted);
  if (match === null || !months.includes(match[2] ?? '')) return NaN;
  return Date.parse(`${match[1] ?? ''} ${match[2] ?? ''} ${match[3] ?? ''} ${match[4] ?? ''} ${match[5] ?? ''}`);
}

/** In UTC, whatever was sent: only the instant is kept. */
export function dateTime(time: number): string {
  const date = new Date(time);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `"${day}-${months[date.getUTCMonth()] ?? ''}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000"`;
}
