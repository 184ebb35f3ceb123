import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { ItemSource } from './item-source.ts';
import type { SourceAccount } from './source-account.ts';

/**
 * Where mail comes from: an IMAP server, a PST, an mbox. Every source implements this and passes the same suite
 * (`e2e/suites/mail-source.ts`). A source never changes what it reads.
 *
 * The order of use: `listFolders`, then per folder `openFolder` → `inventory` → `fetch`, one folder at a time.
 */
export interface MailSource {
  /** Stable name of this account or file for the archive, e.g. `imap://anna%40ente.it@old.ente.it`. No secret. */
  readonly account: string;

  /** All folders that can hold mail, in the server's order, with what is known of their size. */
  listFolders(signal: AbortSignal): Promise<FolderListing>;

  /** Opens one folder read-only. Throws `FOLDER_VANISHED` or `FOLDER_UNREADABLE`. */
  openFolder(folder: SourceFolder, signal: AbortSignal): Promise<OpenFolder>;

  /** Contacts, appointments and the like, where the source has any. */
  readonly items?: ItemSource;

  /** What the mailbox says of itself beside its mail, where it says anything. Kept in the archive. */
  describe?(signal: AbortSignal): Promise<SourceAccount>;

  close(): Promise<void>;
}

export interface FolderListing {
  readonly folders: readonly SourceFolder[];
  /** Parts of the tree that could not be listed, folders skipped on purpose. Shown in the report. */
  readonly problems: readonly Problem[];
}

export interface SourceFolder {
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  /** The name as the source spells it (IMAP: the mailbox name decoded from modified UTF-7, with separators). */
  readonly sourceName: string;
  /** Hierarchy separator of the source, null when it has none. */
  readonly separator: string | null;
  readonly subscribed: boolean;
  /** False for IMAP `\Noselect`: the folder exists only to hold others and is recreated empty. */
  readonly selectable: boolean;
  /** From STATUS or its like; null when unknown until the folder is opened. Counts are the source's own words. */
  readonly status: FolderStatus | null;
}

export interface FolderStatus {
  readonly messages: number;
  /** Sum of sizes in octets, where the source tells without opening (RFC 8438); null otherwise. */
  readonly bytes: number | null;
  /** Source's generation and change marks as opaque strings; equal marks mean nothing changed. Null when unknown. */
  readonly changeMark: string | null;
}

export interface OpenFolder {
  /** IMAP UIDVALIDITY as a string, or a constant for files. When it changes, every key of the folder is void. */
  readonly generation: string;
  readonly messages: number;
  readonly changeMark: string | null;

  /** Every message once, in batches, in ascending key order. Cheap: no bodies. */
  inventory(signal: AbortSignal): AsyncIterable<readonly InventoryEntry[]>;

  /**
   * The messages of the given keys, in any order; a key that vanished meanwhile is simply not yielded. The consumer
   * must drain or `return()` each body before asking for the next message. Throws `CONNECTION_LOST` and the like on
   * the whole; a single unreadable message is yielded with `body` throwing `MESSAGE_UNREADABLE`.
   */
  fetch(keys: readonly string[], signal: AbortSignal): AsyncIterable<FetchedMessage>;
}

export interface InventoryEntry extends MessageAttributes {
  /** Unique within the folder's generation (IMAP: the UID in decimal). */
  readonly key: string;
  /** What the source claims (RFC822.SIZE). May lie; null when it does not say. */
  readonly announcedSize: number | null;
}

export interface FetchedMessage {
  readonly key: string;
  /** The exact octets, in pieces. A piece stays valid after the next is asked for. */
  readonly body: AsyncIterable<Buffer>;
  /**
   * What the octets were made from, where the source holds no message but its parts. Complete once the body was
   * drained; null when the octets are the source's own.
   */
  readonly synthesis?: () => Synthesis | null;
}

/** Plain data, kept beside the message as it is: which parts there were and what had to be made up. */
export type Synthesis = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
