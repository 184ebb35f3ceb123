import { canonicalAddress, type ImapAddress, type MicrosoftAddress } from '../../../../shared/account-address.ts';
import { problemOf, TravasoError } from '../../../../shared/errors.ts';
import { connectImap, type ConnectImapOptions } from '../../imap/connect.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import { exchangeTraits, type ExchangeSettings } from '../imap/exchange-traits.ts';
import { imapTarget } from '../imap/imap-target.ts';
import { nameRules } from '../imap/name-rules.ts';
import type { MailTarget } from '../mail-target.ts';

/** Where Exchange Online serves IMAP to everybody; national clouds have hosts of their own. */
export const exchangeOnline = { host: 'outlook.office365.com', port: 993 } as const;

export interface ConnectMicrosoft365Options
  extends ExchangeSettings, Pick<ConnectImapOptions, 'ca' | 'log' | 'timeouts' | 'signal' | 'transcript'> {
  readonly address: MicrosoftAddress;
  readonly host?: string;
  readonly port?: number;
  /**
   * An access token for IMAP (`https://outlook.office.com/IMAP.AccessAsUser.All`). `fresh`: the one given last was
   * refused although it should still be good, so one from the cache is of no use.
   */
  readonly token: (fresh?: boolean) => Promise<string>;
}

/**
 * Signs in to a Microsoft 365 mailbox that mail is to be added to, by IMAP with XOAUTH2. Throws what `connectImap`
 * throws, `MAILBOX_NOT_CONNECTED`, and whatever `token` throws.
 */
export async function connectMicrosoft365Target(options: ConnectMicrosoft365Options): Promise<MailTarget> {
  const connection = await signIn(options);
  return imapTarget({
    account: canonicalAddress(options.address),
    connection,
    // Known, and not asked for: each name that is asked for in vain would be one of the ten errors.
    rules: nameRules({ prefix: '', separator: '/', product: 'Microsoft.Exchange', impossible: new Set() }),
    traits: exchangeTraits(options),
  });
}

/**
 * A token that was refused is followed by one fresh one: `* BYE Session invalidated - AccessTokenExpired` ends a
 * session whose token the cache may still think good, and so does a revocation. A second refusal is the person's
 * business.
 */
async function signIn(options: ConnectMicrosoft365Options): Promise<ImapConnection> {
  try {
    return await connect(options, await options.token());
  } catch (error) {
    const { code, details } = problemOf(error);
    if (code !== 'SIGNIN_REFUSED' && details['reason'] !== 'token-expired') throw error;
    return await connect(options, await options.token(true));
  }
}

async function connect(options: ConnectMicrosoft365Options, token: string): Promise<ImapConnection> {
  const { host = exchangeOnline.host, port = exchangeOnline.port, ca, log, timeouts, signal, transcript } = options;
  const address: ImapAddress = { kind: 'imap', user: options.address.user, host, port, tls: 'implicit' };
  try {
    return await connectImap({
      ...{ address, ca, log, timeouts, signal, transcript, access: 'read-write' },
      credentials: { kind: 'access-token', token },
    });
  } catch (error) {
    const { code, details } = problemOf(error);
    // "BAD User is authenticated but not connected": the token is good, and the mailbox behind it is shut.
    if (code !== 'SIGNIN_UNAVAILABLE' || details['reason'] !== 'mailbox-not-available') throw error;
    throw new TravasoError('MAILBOX_NOT_CONNECTED', { ...details, user: options.address.user }, { cause: error });
  }
}
