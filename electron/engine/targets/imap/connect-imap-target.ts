import { canonicalAddress } from '../../../../shared/account-address.ts';
import { connectImap, type ConnectImapOptions } from '../../imap/connect.ts';
import { imapTarget, type ImapTarget } from './imap-target.ts';
import { exchangeTraits } from './exchange-traits.ts';
import { nameRules, rebuildsMessages } from './name-rules.ts';
import { readServerNaming } from './server-naming.ts';
import { plainTraits } from './server-traits.ts';

export type ConnectImapTargetOptions = Omit<ConnectImapOptions, 'access'>;

/** Signs in to an IMAP server that mail is to be added to. Throws what `connectImap` throws. */
export async function connectImapTarget(options: ConnectImapTargetOptions): Promise<ImapTarget> {
  const connection = await connectImap({ ...options, access: 'read-write' });
  try {
    const naming = await readServerNaming(connection, options.signal ?? new AbortController().signal);
    return imapTarget({
      account: canonicalAddress(options.address),
      connection,
      rules: nameRules(naming),
      // The probes for names were answered with errors, which Exchange has counted.
      traits: rebuildsMessages(naming.product) ? { ...exchangeTraits(), errorsPerConnection: 7 } : plainTraits,
    });
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
