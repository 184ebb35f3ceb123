import type { AccountAddress } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import { judgeHost } from './judge-host.ts';

/**
 * The last gate before a password leaves this computer: a host that neither the profile nor the address's own domain
 * vouches for gets it only on the person's word, given on a page that says why that is unusual.
 *
 * @throws HOST_NOT_CONFIRMED (`host`, `resembles`)
 */
export function confirmHost(address: AccountAddress, profile: OrganisationProfile | null, accepted: boolean): void {
  if (accepted || !('host' in address)) return;
  const { verdict, resembles } = judgeHost(address.host, address.user, profile);
  if (verdict === 'named' || verdict === 'own') return;
  throw new TravasoError('HOST_NOT_CONFIRMED', { host: address.host, ...(resembles === null ? {} : { resembles }) });
}
