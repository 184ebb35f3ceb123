import { isoFromMailDate } from '../files/mail-date.ts';
import type { RawHeader } from '../files/raw-header.ts';
import type { Postmark } from './postmark.ts';

const minuteMs = 60_000;
/** Farther than a queue delays a message on its last stage, nearer than the smallest offset between two zones. */
const sameZoneMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/**
 * When a message came in, which a server would call its INTERNALDATE. In this order:
 *
 * - The separator, where its date has a zone.
 * - The separator read as UTC (RFC 4155), unless the topmost Received field shows that it is local time: hours away,
 *   but less than a day. Received then gives the exact instant.
 * - Received, then Date, for Thunderbird, whose separator tells when it stored the message, without a zone.
 */
export function deliveryDate(header: RawHeader | null, postmark: Postmark | null): string | null {
  const received = isoFromMailDate(header?.first('received') ?? '');
  const dated = postmark?.date ?? null;
  if (postmark?.sender === '-') {
    return received ?? isoFromMailDate(header?.first('date') ?? '') ?? dated?.iso ?? null;
  }
  if (dated === null) return received ?? isoFromMailDate(header?.first('date') ?? '');
  if (dated.zoned || received === null) return dated.iso;
  const apart = Math.abs(Date.parse(dated.iso) - Date.parse(received));
  return apart > sameZoneMs && apart < dayMs ? received : dated.iso;
}
