import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { TargetLimits } from '../targets/mail-target.ts';

/** Why the target will refuse a message, as far as its limits tell; null when nothing speaks against it. */
export function foreseeRefusal(
  { size, traits }: Pick<ArchivedMessage, 'size' | 'traits'>,
  { maxMessageBytes, maxLineOctets, nulAllowed, refusesEightBitHeader }: TargetLimits,
): Problem | null {
  if (maxMessageBytes !== null && size > maxMessageBytes) {
    return { code: 'TARGET_MESSAGE_TOO_LARGE', details: { sizeBytes: size, limitBytes: maxMessageBytes } };
  }
  if (maxLineOctets !== null && traits.longestLine !== undefined && traits.longestLine > maxLineOctets) {
    return { code: 'TARGET_LINE_TOO_LONG', details: { octets: traits.longestLine, limit: maxLineOctets } };
  }
  if (traits.nul === true && !nulAllowed) return { code: 'TARGET_NUL_OCTET', details: {} };
  if (traits.eightBitHeader === true && refusesEightBitHeader === true) {
    return { code: 'TARGET_HEADER_EIGHT_BIT', details: {} };
  }
  return null;
}

const repairable: ReadonlySet<ErrorCode> = new Set([
  'TARGET_LINE_TOO_LONG',
  'TARGET_NUL_OCTET',
  'TARGET_HEADER_EIGHT_BIT',
]);

/** Whether a repaired copy would be free of what the target refuses. */
export function isRepairable({ code }: Problem): boolean {
  return repairable.has(code);
}
