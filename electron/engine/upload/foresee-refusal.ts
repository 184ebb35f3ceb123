import type { Problem } from '../../../shared/errors.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { TargetLimits } from '../targets/mail-target.ts';

/** Why the target will refuse a message, as far as its limits tell; null when nothing speaks against it. */
export function foreseeRefusal(
  { size, traits }: Pick<ArchivedMessage, 'size' | 'traits'>,
  { maxMessageBytes, maxLineOctets, nulAllowed }: TargetLimits,
): Problem | null {
  if (maxMessageBytes !== null && size > maxMessageBytes) {
    return { code: 'TARGET_MESSAGE_TOO_LARGE', details: { sizeBytes: size, limitBytes: maxMessageBytes } };
  }
  if (maxLineOctets !== null && traits.longestLine !== undefined && traits.longestLine > maxLineOctets) {
    return { code: 'TARGET_LINE_TOO_LONG', details: { octets: traits.longestLine, limit: maxLineOctets } };
  }
  if (traits.nul === true && !nulAllowed) return { code: 'TARGET_NUL_OCTET', details: {} };
  return null;
}
