import { canonicalAddress } from '../../../shared/account-address.ts';
import type { ImapAddress, WebAccountAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError, problemOf } from '../../../shared/errors.ts';
import { folderFilter } from '../folder-patterns.ts';
import { derivedSecretId } from '../signin/zimbra/derived-secret-id.ts';
import { trustedDevices } from '../signin/zimbra/trusted-devices.ts';
import { connectImapSource } from '../sources/imap/connect-imap-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { findMailServer } from '../sources/zimbra/find-mail-server.ts';
import { zimbraSource } from '../sources/zimbra/zimbra-source.ts';
import { ownSession } from '../zimbra/lease-session.ts';
import { openSoapSession } from '../zimbra/open-soap-session.ts';
import type { SoapSession } from '../zimbra/soap-session.ts';
import type { AccountMeans } from './open-account.ts';
import { readAuthority } from './read-authority.ts';

type Means = Pick<AccountMeans, 'ports' | 'organisation' | 'recall'>;

/**
 * The session of the person who signed in, or one made from name and password where that is enough. To be closed; that
 * signs nobody out who signed in on the screen.
 *
 * @throws PASSWORD_MISSING, and what `openSoapSession` throws
 */
export async function openZimbraSession(
  account: Account,
  address: WebAccountAddress,
  { ports, recall }: Means,
  signal: AbortSignal,
): Promise<SoapSession> {
  const credentials = await recall(account);
  if (credentials?.kind === 'zimbra') return credentials.session;
  const { signInId } = account;
  const options = {
    address,
    password: async () => (signInId === null ? null : await ports.secrets.password(signInId)),
    device: await trustedDevices(ports.secrets).of(canonicalAddress(address)),
    ca: await readAuthority(account.caFile),
    ports,
  };
  try {
    return ownSession(await openSoapSession(options, signal));
  } catch (thrown) {
    // Where the host can show the page, the way on is to sign in there again: a session of an earlier run is gone.
    const byPage = ports.openSignInWindow !== undefined && problemOf(thrown).code === 'SIGNIN_BROWSER_ONLY';
    throw byPage ? new TravasoError('SIGNIN_EXPIRED', { host: address.host }, { cause: thrown }) : thrown;
  }
}

/**
 * An old mailbox on Zimbra, by SOAP and IMAP.
 *
 * @throws IMAP_APP_PASSWORD_NEEDED where mail programs need a password of their own; what `openZimbraSession` and
 *   `connectImapSource` throw
 */
export async function openZimbraSource(
  account: Account,
  address: WebAccountAddress,
  means: Means,
  signal: AbortSignal,
): Promise<MailSource> {
  const session = await openZimbraSession(account, address, means, signal);
  try {
    const mail = await connectMail(account, address, means, signal);
    const { sharedFolders = [] } = account;
    return zimbraSource({
      account: canonicalAddress(address),
      session,
      mail,
      log: means.ports.log,
      ...(sharedFolders.length === 0 ? {} : { isSharedFolderWanted: folderFilter(sharedFolders) }),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Signs in to the mail server of a Zimbra account once, and hangs up. Throws as `connectImapSource` does. */
export async function checkZimbraMail(
  account: Pick<Account, 'caFile'>,
  address: WebAccountAddress,
  password: string,
  { ports, organisation }: Omit<Means, 'recall'>,
  signal: AbortSignal,
): Promise<void> {
  const mail = await connectImapSource({
    address: await mailServer(address, { ports, organisation }, signal),
    credentials: { kind: 'password', password },
    ca: await readAuthority(account.caFile),
    log: ports.log,
    timeouts: ports.imapTimeouts,
    signal,
  });
  await mail.close();
}

async function connectMail(
  account: Account,
  address: WebAccountAddress,
  { ports, organisation }: Means,
  signal: AbortSignal,
): Promise<MailSource> {
  const { signInId } = account;
  if (signInId === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
  const appPassword = await ports.secrets.password(derivedSecretId('mail-password', signInId));
  const password = appPassword ?? (await ports.secrets.password(signInId));
  if (password === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
  try {
    return await connectImapSource({
      address: await mailServer(address, { ports, organisation }, signal),
      credentials: { kind: 'password', password },
      ca: await readAuthority(account.caFile),
      log: ports.log,
      timeouts: ports.imapTimeouts,
      signal,
    });
  } catch (error) {
    // The same password was just good for the session: what IMAP wants is another one.
    if (appPassword !== null || !(error instanceof TravasoError) || error.code !== 'SIGNIN_REFUSED') throw error;
    throw new TravasoError('IMAP_APP_PASSWORD_NEEDED', { host: address.host }, { cause: error });
  }
}

/** On the same host, unless the organisation's profile of this very server says where. */
async function mailServer(
  { user, host }: WebAccountAddress,
  { ports, organisation }: Omit<Means, 'recall'>,
  signal: AbortSignal,
): Promise<ImapAddress> {
  const source = (await organisation.profile())?.source;
  const named = source?.kind === 'zimbra' && source.host === host ? source : null;
  const where = { user, host: named?.imapHost ?? host, port: named?.imapPort ?? null };
  return await findMailServer(where, ports.network, signal);
}
