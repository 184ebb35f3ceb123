import type { FolderPath } from '../../shared/model/folder.ts';
import { startDovecot, type DovecotServer } from '../rig/dovecot.ts';
import { startFaultProxy, type FaultProxy } from '../rig/fault-proxy.ts';
import { loadMaildir, type LoadedMessage } from '../rig/load-maildir.ts';
import { generateMailbox, italianMailbox } from '../rig/mailbox-generator.ts';
import type { OracleAccount } from '../rig/oracle.ts';
import { mailboxOn, type Mailbox } from './real-person.ts';

/** The old and the new provider, each behind a line that can be broken. */
export interface TwoServers extends AsyncDisposable {
  readonly old: Mailbox;
  readonly new: Mailbox;
  readonly oldServer: DovecotServer;
  readonly newServer: DovecotServer;
  readonly oldLine: FaultProxy;
  readonly newLine: FaultProxy;
  /** What lies in the old mailbox. */
  readonly mail: readonly LoadedMessage[];
  /** The new mailbox past the line and the product. */
  readonly newAccount: OracleAccount;
}

export interface TwoServersOptions {
  readonly messages: number;
  readonly folders?: readonly FolderPath[];
  /** Of the new mailbox, e.g. `*:storage=1M`. */
  readonly quotaRule?: string;
}

const user = 'anna@ente.it';

export async function twoServers({ messages, folders, quotaRule }: TwoServersOptions): Promise<TwoServers> {
  const stack = new AsyncDisposableStack();
  const common = { tls: 'none', storage: 'maildir-fs' } as const;
  const oldServer = stack.use(await startDovecot({ ...common, users: { [user]: { password: 'vecchia' } } }));
  const newUser = { password: 'nuova', ...(quotaRule === undefined ? {} : { quotaRule }) };
  const newServer = stack.use(await startDovecot({ ...common, users: { [user]: newUser } }));
  const oldLine = stack.use(await startFaultProxy({ targetPort: oldServer.ports.imap }));
  const newLine = stack.use(await startFaultProxy({ targetPort: newServer.ports.imap }));
  const mail = loadMaildir(oldServer, generateMailbox({ messages, medianSize: 2000, largeShare: 0 }), {
    user,
    folders: folders ?? italianMailbox.map(folder => folder.path),
  });
  return {
    old: mailboxOn(oldServer, oldLine.port, user),
    new: mailboxOn(newServer, newLine.port, user),
    oldServer,
    newServer,
    oldLine,
    newLine,
    mail,
    newAccount: { host: newServer.host, port: newServer.ports.imap, user, password: 'nuova' },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
