import type { DavAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { judgeHost } from '../profile/judge-host.ts';
import { connectDavTarget } from '../targets/dav/connect-dav-target.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import type { AccountMeans } from './open-account.ts';
import { readAuthority } from './read-authority.ts';

/**
 * Address books and calendars that items are carried to. A host that the server sends us on to gets the password only if
 * the organisation names it or it is of the server's own domain (RFC 6764 section 8).
 *
 * @throws PASSWORD_MISSING, HOST_NOT_CONFIRMED, and what `connectDavTarget` throws
 */
export async function openDavItemTarget(
  account: Account,
  address: DavAddress,
  { ports, organisation }: AccountMeans,
  signal: AbortSignal,
): Promise<ItemTarget> {
  const password = account.signInId === null ? null : await ports.secrets.password(account.signInId);
  if (password === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
  const profile = await organisation.profile();
  return await connectDavTarget({
    address,
    password,
    ca: await readAuthority(account.caFile),
    trusts: host => ['named', 'own'].includes(judgeHost(host, `${address.user}@${address.host}`, profile).verdict),
    silence: ports.imapTimeouts?.silence,
    signal,
  });
}
