import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { AccountAddress, ImapAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { ConnectImapOptions } from '../imap/connect.ts';
import type { Ports } from '../ports.ts';
import type { Organisation } from '../profile/organisation.ts';
import type { MicrosoftSettings } from '../signin/microsoft/microsoft-settings.ts';
import type { Credentials } from '../signin/sign-in-flow.ts';
import { openCarbonioTarget } from './open-carbonio-account.ts';
import { isFileAddress, openFileSource } from './open-file-source.ts';
import { openMicrosoftSource, openMicrosoftTarget } from './open-microsoft-account.ts';
import { openZimbraSource } from './open-zimbra-account.ts';
import { readAuthority } from './read-authority.ts';
import { connectImapSource } from '../sources/imap/connect-imap-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { connectImapTarget } from '../targets/imap/connect-imap-target.ts';
import type { MailTarget } from '../targets/mail-target.ts';

/** What opening an account takes beside its address. */
export interface AccountMeans {
  readonly ports: Ports;
  readonly organisation: Organisation;
  /** What the person signed in with; null when nothing is known of it (a password that was only kept). */
  readonly recall: (account: Account) => Promise<Credentials | null>;
  /** Null while the organisation's tenant and application are not known. */
  readonly microsoft: () => Promise<MicrosoftSettings | null>;
}

/** Opens a file, or signs in to the old mailbox. The password is asked for anew at each sign-in and not kept here. */
export async function openSource(account: Account, means: AccountMeans, signal: AbortSignal): Promise<MailSource> {
  const address = addressOf(account);
  if (isFileAddress(address)) return await openFileSource(address, signal);
  switch (address.kind) {
    case 'imap':
      return await connectImapSource(await imapOptions(account, address, means.ports, signal));
    case 'microsoft365':
      return await openMicrosoftSource(account, address, means, signal);
    case 'zimbra':
      return await openZimbraSource(account, address, means, signal);
    default:
      throw unsupported(address);
  }
}

/** Signs in to the new mailbox, to which `archive` is carried: its tags keep the colours they had. */
export async function openTarget(
  account: Account,
  means: AccountMeans,
  signal: AbortSignal,
  archive?: string,
): Promise<MailTarget> {
  const address = addressOf(account);
  switch (address.kind) {
    case 'imap':
      return await connectImapTarget(await imapOptions(account, address, means.ports, signal));
    case 'microsoft365':
      return await openMicrosoftTarget(account, address, means, signal);
    case 'carbonio':
      return await openCarbonioTarget(account, address, means, signal, archive);
    default:
      throw unsupported(address);
  }
}

/** Accounts that something can be carried to. Nothing can be carried into a file. */
const targetKinds: ReadonlySet<AccountAddress['kind']> = new Set(['imap', 'microsoft365', 'carbonio', 'dav']);

/**
 * Checks an account before a job is started for it, so that a wrong word on the command line is an answer and not a
 * failed job.
 *
 * @throws ACCOUNT_ADDRESS_INVALID, ACCOUNT_KIND_UNSUPPORTED, PASSWORD_MISSING
 */
export function assertUsable(account: Account, as: 'source' | 'target' = 'source'): void {
  const address = addressOf(account);
  if (as === 'target' && !targetKinds.has(address.kind)) throw unsupported(address);
  // Nobody signs in to a file.
  if (isFileAddress(address)) return;
  if (account.signInId === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
}

export function addressOf({ address, tls }: Account): AccountAddress {
  return parseAccountAddress(address, tls === undefined ? {} : { tls });
}

function unsupported(address: AccountAddress): TravasoError {
  return new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
}

async function imapOptions(
  account: Account,
  address: ImapAddress,
  ports: Ports,
  signal: AbortSignal,
): Promise<Omit<ConnectImapOptions, 'access'>> {
  const password = account.signInId === null ? null : await ports.secrets.password(account.signInId);
  if (password === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
  return {
    address,
    credentials: { kind: 'password', password },
    ca: await readAuthority(account.caFile),
    log: ports.log,
    timeouts: ports.imapTimeouts,
    signal,
  };
}
