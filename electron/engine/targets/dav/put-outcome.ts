import type { Problem } from '../../../../shared/errors.ts';
import { TravasoError } from '../../../../shared/errors.ts';
import type { PutOutcome } from '../item-target.ts';

type Outcome =
  | { readonly kind: 'stored' | 'present'; readonly key: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Preconditions by which a server says what it will not take (RFC 4791 section 5.3.2.1, RFC 6352 section 6.3.2.1). */
const precondition =
  /<(?:[\w-]+:)?(valid-calendar-data|valid-calendar-object-resource|supported-calendar-data|supported-calendar-component|max-resource-size|min-date-time|max-date-time|max-instances|max-attendees-per-instance|valid-address-data|supported-address-data|no-uid-conflict|quota-not-exceeded|need-privileges|resource-must-be-null|calendar-collection-location-ok|insufficient-storage)\b/;

/** Why a server refused, in its own word where it has one. */
export function refusalReason(status: number, body: string): string {
  return precondition.exec(body)?.[1] ?? `http-${status}`;
}

/**
 * What became of an item that was PUT with `If-None-Match: *`.
 *
 * @throws TARGET_FOLDER_VANISHED when it is the folder that is not there
 */
export function putOutcome(url: string, status: number, body: string): Outcome {
  if (status >= 200 && status < 300) return { kind: 'stored', key: url };
  // RFC 9110 section 13.1.2: something has this name, and it is ours to leave as it is.
  if (status === 412) return { kind: 'present', key: url };
  const reason = refusalReason(status, body);
  if (status === 507 || reason === 'quota-not-exceeded' || reason === 'insufficient-storage')
    return { kind: 'refused', problem: { code: 'TARGET_QUOTA', details: {} } };
  if (reason === 'no-uid-conflict') {
    // The server may say which one has the UID (RFC 4791 section 5.3.2.1).
    const href = /<(?:[\w-]+:)?href>\s*([^<\s]+)\s*</.exec(body)?.[1];
    if (href !== undefined) return { kind: 'present', key: new URL(href, url).href };
  }
  // RFC 4918 section 9.7.1: the collection it was to go into does not exist.
  if (status === 404 || status === 410 || (status === 409 && reason === 'http-409'))
    throw new TravasoError('TARGET_FOLDER_VANISHED', {});
  const named = status === 413 ? 'max-resource-size' : reason;
  return { kind: 'refused', problem: { code: 'ITEM_REFUSED', details: { reason: named } } };
}

export function withIndex(outcome: Outcome, index: number): PutOutcome {
  return { ...outcome, index };
}
