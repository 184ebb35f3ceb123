import { TravasoError } from '../../../../shared/errors.ts';
import { connectImap } from '../../imap/connect.ts';
import type { ConnectImapOptions } from '../../imap/connect.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';

/** One signed-in connection at a time, made anew when the last one was lost. */
export interface ImapSession {
  connection(signal: AbortSignal): Promise<ImapConnection>;
  close(): Promise<void>;
}

/** Signs in at once, so that a wrong password shows before anything else is done. Throws as `connectImap` does. */
export async function openImapSession(options: ConnectImapOptions): Promise<ImapSession> {
  let current = await connectImap(options);
  let ended = false;
  return {
    async connection(signal) {
      if (ended) throw new TravasoError('CONNECTION_LOST', { reason: 'closed-by-us' });
      if (current.closed) {
        options.log.debug('imap.reconnect');
        current = await connectImap({ ...options, signal });
      }
      return current;
    },
    async close() {
      ended = true;
      await current.close();
    },
  };
}
