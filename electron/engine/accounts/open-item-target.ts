import type { Account } from '../../../shared/contract.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import { addressOf } from './open-account.ts';
import type { AccountMeans } from './open-account.ts';
import { openCarbonioItemTarget } from './open-carbonio-account.ts';
import { openDavItemTarget } from './open-dav-account.ts';
import { openGraphItemTarget } from './open-microsoft-account.ts';

/**
 * Opens an account for contacts, appointments and the like; null where it has no way for them (plain IMAP).
 *
 * @param archive the folder of the archive that is carried there, where one is
 */
export async function openItemTarget(
  account: Account,
  means: AccountMeans,
  signal: AbortSignal,
  archive?: string,
): Promise<ItemTarget | null> {
  const address = addressOf(account);
  switch (address.kind) {
    case 'dav':
      return await openDavItemTarget(account, address, means, signal);
    case 'carbonio':
      return await openCarbonioItemTarget(account, address, means, signal, archive);
    case 'microsoft365':
      return await openGraphItemTarget(account, address, means);
    default:
      return null;
  }
}
