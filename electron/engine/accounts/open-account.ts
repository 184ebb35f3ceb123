import { readFile } from 'node:fs/promises';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { ImapAddress } from '../../../shared/account-address.ts';
import type { ConnectImapOptions } from '../imap/connect.ts';
import type { Ports } from '../ports.ts';
import { isFileAddress, openFileSource } from './open-file-source.ts';
import { connectImapSource } from '../sources/imap/connect-imap-source.ts';
import type { MailSource } from '../sources/mail-source.ts';
import { connectImapTarget } from '../targets/imap/connect-imap-target.ts';
import type { MailTarget } from '../targets/mail-target.ts';

/** Opens a file, or signs in to the old mailbox. The password is asked for anew at each sign-in and not kept here. */
export async function openSource(account: Account, ports: Ports, signal: AbortSignal): Promise<MailSource> {
  const address = parseAccountAddress(account.address, account.tls === undefined ? {} : { tls: account.tls });
  if (isFileAddress(address)) return await openFileSource(address, signal);
  return await connectImapSource(await imapOptions(account, ports, signal));
}

/** Signs in to the new mailbox. */
export async function openTarget(account: Account, ports: Ports, signal: AbortSignal): Promise<MailTarget> {
  return await connectImapTarget(await imapOptions(account, ports, signal));
}

/**
 * Checks an account before a job is started for it, so that a wrong word on the command line is an answer and not a
 * failed job.
 *
 * @throws ACCOUNT_ADDRESS_INVALID, ACCOUNT_KIND_UNSUPPORTED, PASSWORD_MISSING
 */
export function assertUsable(account: Account, as: 'source' | 'target' = 'source'): void {
  const address = parseAccountAddress(account.address, account.tls === undefined ? {} : { tls: account.tls });
  // Nobody signs in to a file. Nothing can be carried into one either.
  if (isFileAddress(address) && as === 'source') return;
  imapAddress(account);
  if (account.signInId === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
}

function imapAddress(account: Account): ImapAddress {
  const address = parseAccountAddress(account.address, account.tls === undefined ? {} : { tls: account.tls });
  if (address.kind !== 'imap') throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
  return address;
}

async function imapOptions(
  account: Account,
  ports: Ports,
  signal: AbortSignal,
): Promise<Omit<ConnectImapOptions, 'access'>> {
  const address = imapAddress(account);
  const password = account.signInId === null ? null : await ports.secrets.password(account.signInId);
  if (password === null) throw new TravasoError('PASSWORD_MISSING', { address: account.address });
  return {
    address,
    credentials: { kind: 'password', password },
    ca: account.caFile === undefined ? undefined : await readAuthority(account.caFile),
    log: ports.log,
    timeouts: ports.imapTimeouts,
    signal,
  };
}

async function readAuthority(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new TravasoError('CA_FILE_INVALID', { path }, { cause: error });
  }
}
