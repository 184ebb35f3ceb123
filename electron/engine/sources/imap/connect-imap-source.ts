import { canonicalAddress } from '../../../../shared/account-address.ts';
import { TravasoError } from '../../../../shared/errors.ts';
import type { ConnectImapOptions } from '../../imap/connect.ts';
import { fetchMessages } from '../../imap/fetch-messages.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import { encodeModifiedUtf7 } from '../../imap/modified-utf7.ts';
import type { FolderListing, MailSource, OpenFolder, SourceFolder } from '../mail-source.ts';
import { examineFolder } from './examine-folder.ts';
import { folderInventory } from './folder-inventory.ts';
import { openImapSession } from './imap-session.ts';
import type { ImapSession } from './imap-session.ts';
import { listMailboxes } from './list-mailboxes.ts';
import { nameFolders } from './name-folders.ts';
import { readNamespaces } from './read-namespaces.ts';

export type ImapSourceOptions = Omit<ConnectImapOptions, 'access'>;

/**
 * Signs in to the old mailbox, read-only: the connection itself refuses every command that could change it. Throws
 * as `connectImap` does. When the line is lost, the calls under way fail and the next `listFolders` or `openFolder`
 * signs in again; when and how often is the caller's to decide.
 */
export async function connectImapSource(options: ImapSourceOptions): Promise<MailSource> {
  const session = await openImapSession({ ...options, access: 'read-only' });
  return new ImapSource(canonicalAddress(options.address), session);
}

class ImapSource implements MailSource {
  readonly account: string;
  readonly #session: ImapSession;
  #octetNames: ReadonlyMap<string, string> = new Map();
  /** Counts openings: UIDs mean nothing in any folder but the one that is open. */
  #opening = 0;

  constructor(account: string, session: ImapSession) {
    this.account = account;
    this.#session = session;
  }

  async listFolders(signal: AbortSignal): Promise<FolderListing> {
    await this.#leaveFolder(signal);
    const listed = await listMailboxes(this.#session, signal);
    const namespaces = await readNamespaces(await this.#session.connection(signal), signal);
    const { folders, octetNames, problems } = nameFolders(listed.mailboxes, namespaces);
    this.#octetNames = octetNames;
    return { folders, problems: [...listed.problems, ...problems] };
  }

  async openFolder(folder: SourceFolder, signal: AbortSignal): Promise<OpenFolder> {
    const connection = await this.#session.connection(signal);
    const octetName = this.#octetNames.get(folder.sourceName) ?? encodeModifiedUtf7(folder.sourceName);
    this.#opening += 1;
    const opening = this.#opening;
    const examined = await examineFolder(connection, octetName, folder.sourceName, signal);
    const current = (): ImapConnection => {
      if (opening !== this.#opening) throw new TravasoError('INTERNAL', { kind: 'folder-not-open' });
      return connection;
    };
    return {
      ...examined,
      inventory: inventorySignal => folderInventory(current(), examined.messages, inventorySignal),
      fetch: (keys, fetchSignal) => fetchMessages(current(), keys, fetchSignal),
    };
  }

  /** STATUS of the selected mailbox tells the session's own view of it (Dovecot), which may be hours old. */
  async #leaveFolder(signal: AbortSignal): Promise<void> {
    if (this.#opening === 0) return;
    this.#opening += 1;
    const connection = await this.#session.connection(signal);
    const unselect = connection.capabilities.has('UNSELECT') || connection.capabilities.has('IMAP4REV2');
    await connection.run(unselect ? 'UNSELECT' : 'NOOP', { signal });
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
