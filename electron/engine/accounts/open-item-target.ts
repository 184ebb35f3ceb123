import type { Account } from '../../../shared/contract.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import { addressOf } from './open-account.ts';
import { openGraphItemTarget } from './open-microsoft-account.ts';
import type { AccountMeans } from './open-account.ts';

/** Each kind of account that takes contacts, appointments and the like has its opener here. */
type OpenItemTarget = (
  account: Account,
  means: AccountMeans,
  signal: AbortSignal,
  archive?: string,
) => Promise<ItemTarget>;

/**
 * Opens an account for contacts, appointments and the like; null where it has no way for them (plain IMAP).
 *
 * @param archive the folder of the archive that is carried there, where one is
 */
export async function openItemTarget(...asked: Parameters<OpenItemTarget>): Promise<ItemTarget | null> {
  const opener = openerOf(asked[0]);
  return opener === null ? null : await opener(...asked);
}

function openerOf(account: Account): OpenItemTarget | null {
  const address = addressOf(account);
  switch (address.kind) {
    case 'microsoft365':
      return (own, means) => openGraphItemTarget(own, address, means);
    default:
      return null;
  }
}
