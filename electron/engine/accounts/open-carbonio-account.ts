import { canonicalAddress } from '../../../shared/account-address.ts';
import type { WebAccountAddress } from '../../../shared/account-address.ts';
import type { Account } from '../../../shared/contract.ts';
import { readSourceAccounts } from '../archive/source-accounts.ts';
import { tagColours } from '../sources/source-account.ts';
import { findMailServer } from '../sources/zimbra/find-mail-server.ts';
import { connectCarbonioTarget } from '../targets/carbonio/connect-carbonio-target.ts';
import { connectImapTarget } from '../targets/imap/connect-imap-target.ts';
import { carbonioItemTarget } from '../targets/carbonio/items/carbonio-item-target.ts';
import { demand } from '../targets/carbonio/read.ts';
import { infoAnswer } from '../targets/carbonio/soap-answers.ts';
import type { ItemTarget } from '../targets/item-target.ts';
import type { MailTarget } from '../targets/mail-target.ts';
import type { AccountMeans } from './open-account.ts';
import { openZimbraSession } from './open-zimbra-account.ts';
import { readAuthority } from './read-authority.ts';

/**
 * A Carbonio mailbox that mail is carried to.
 *
 * @throws TARGET_UPLOAD_BLOCKED, and what `openZimbraSession` throws
 */
export async function openCarbonioTarget(
  account: Account,
  address: WebAccountAddress,
  means: AccountMeans,
  signal: AbortSignal,
  archive?: string,
): Promise<MailTarget> {
  const { clock, log, network, imapTimeouts, secrets } = means.ports;
  const session = await openZimbraSession(account, address, means, signal);
  const password = account.signInId === null ? null : await secrets.password(account.signInId);
  const byImap = async (known: string): Promise<MailTarget> =>
    await connectImapTarget({
      address: await findMailServer({ user: address.user, host: address.host, port: null }, network, signal),
      credentials: { kind: 'password', password: known },
      ca: await readAuthority(account.caFile),
      log,
      timeouts: imapTimeouts,
      signal,
    });
  return await connectCarbonioTarget({
    account: canonicalAddress(address),
    session,
    clock,
    log,
    signal,
    imapFallback: password === null ? undefined : () => byImap(password),
    tagColours: await coloursOf(archive),
  });
}

/**
 * The address books, calendars, tasks, rules and signatures of the same mailbox, by a session of its own.
 *
 * @throws what `openZimbraSession` throws
 */
export async function openCarbonioItemTarget(
  account: Account,
  address: WebAccountAddress,
  means: AccountMeans,
  signal: AbortSignal,
  archive?: string,
): Promise<ItemTarget> {
  const session = await openZimbraSession(account, address, means, signal);
  try {
    const info = await demand(session, 'GetInfoRequest', { sections: 'mbox,attrs' }, infoAnswer, signal);
    const parts = { account: canonicalAddress(address), session, info, log: means.ports.log };
    return carbonioItemTarget({ ...parts, tagColours: await coloursOf(archive) });
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function coloursOf(archive: string | undefined): Promise<ReturnType<typeof tagColours>> {
  return archive === undefined ? new Map<string, never>() : tagColours(await readSourceAccounts(archive));
}
