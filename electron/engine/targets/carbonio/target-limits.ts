import type { TargetLimits } from '../mail-target.ts';
import type { ServerFolder } from './folder-tree.ts';
import type { InfoAnswer } from './soap-answers.ts';

/** Octets of the largest message the server says it takes; null when it sets no limit or does not say. */
export function messageLimit({ attSizeLimit, attrs }: InfoAnswer): number | null {
  const stated = attSizeLimit ?? numberOf(attrs._attrs['zimbraMtaMaxMessageSize']);
  // -1 is no limit; 0 is one that some versions take for none as well.
  return stated !== null && stated > 0 ? stated : null;
}

/**
 * The account's own quota; 0 is none. A lower one of its whole domain is not told here, and meets us on the way.
 * A node that does not hold the mailbox leaves out what is in use: then it is what lies in the folders.
 */
export async function mailboxQuota(
  { used, attrs }: InfoAnswer,
  folders: () => Promise<readonly ServerFolder[]>,
): Promise<TargetLimits['quota']> {
  const limitBytes = numberOf(attrs._attrs['zimbraMailQuota']) ?? 0;
  if (limitBytes <= 0) return null;
  const usedBytes = used ?? (await folders()).reduce((total, { octets }) => total + octets, 0);
  return { usedBytes, limitBytes };
}

function numberOf(value: string | readonly string[] | undefined): number | null {
  const text = typeof value === 'object' ? value[0] : value;
  return text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}
