import type { Account } from '../../shared/contract.ts';
import type { WizardState } from './wizard.ts';

/** Where the mail comes from, as the engine wants it; null while the person has to sign in, or to choose a backup. */
export function sourceAccount(
  { way, source, file }: Pick<WizardState, 'way' | 'source' | 'file'>,
  { source: signInId }: { readonly source: string | null },
): Account | null {
  if (way === 'file') return file === null ? null : { address: file.address, signInId: null };
  return source.account === null || signInId === null ? null : { ...source.account, signInId };
}
