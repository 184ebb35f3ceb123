import type { Account } from '../../shared/contract.ts';
import type { WizardState } from './wizard.ts';

/** Where the mail comes from, as the engine wants it; null while the person has to sign in, or to choose a backup. */
export function sourceAccount(
  { way, source, file, sharedFolders }: Pick<WizardState, 'way' | 'source' | 'file' | 'sharedFolders'>,
  { source: signInId }: { readonly source: string | null },
): Account | null {
  if (way === 'file') return file === null ? null : { address: file.address, signInId: null };
  if (source.account === null || signInId === null) return null;
  return { ...source.account, signInId, ...(sharedFolders.length === 0 ? {} : { sharedFolders }) };
}
