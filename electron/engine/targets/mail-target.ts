import type { FolderPath, FolderRole } from '../../../shared/model/folder.ts';
import type { MessageAttributes, MessageTraits, SystemFlag } from '../../../shared/model/message.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { FetchedMessage } from '../sources/mail-source.ts';

/**
 * Where mail goes: an IMAP server, Microsoft 365, Carbonio. A target only ever adds: it creates folders and appends
 * messages, it never deletes or overwrites. It knows its server's manners; which messages to send, in what order and
 * what was already sent is the business of `upload/` and its ledger.
 */
export interface MailTarget {
  /** Stable name of the account for the ledger, e.g. `imap://anna%40ente.it@new.ente.it`. No secret. */
  readonly account: string;
  /** True when the server gives back the octets it was given, so that a message is proved by its SHA-256. */
  readonly keepsBytes: boolean;
  /** What the report should say of the way this target was reached, such as a second choice. */
  readonly remarks?: readonly Problem[];
  /** True where folders whose names differ by case alone are one, and an upload puts their messages together. */
  readonly mergesCase?: boolean;
  /** Messages a second that the server is known to take from a careful sender; null or absent: not known. */
  readonly permittedRate?: number | null;

  listFolders(signal: AbortSignal): Promise<readonly TargetFolderInfo[]>;

  /** Limits that hold for the account as a whole, read from the server before anything is sent. */
  limits(signal: AbortSignal): Promise<TargetLimits>;

  /**
   * The name this server would give a folder of the archive: namespace prefix, separator, illegal characters
   * replaced. Pure: creates nothing. `renamed` says whether the true name could not be kept, and why.
   */
  nameFor(path: FolderPath): TargetName;

  /** Equal for two names that are one folder to this server: what a plan compares before it creates anything. */
  nameKey(name: string): string;

  /** Creates the folder and its missing parents; one that exists already is success. Throws `TARGET_FOLDER_REFUSED`. */
  createFolder(name: string, signal: AbortSignal): Promise<void>;

  /** Opens a folder for appending and looking. Throws `TARGET_FOLDER_VANISHED`. One folder is open at a time. */
  openFolder(name: string, signal: AbortSignal): Promise<TargetFolder>;

  close(): Promise<void>;
}

export interface TargetFolderInfo {
  /** The server's own name, as `createFolder` and `openFolder` take it. */
  readonly name: string;
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  readonly selectable: boolean;
}

export interface TargetLimits {
  /** Octets of the largest message taken (APPENDLIMIT and the like), null when the server does not say. */
  readonly maxMessageBytes: number | null;
  /** Octets of the longest line taken, null when unlimited or unknown. */
  readonly maxLineOctets: number | null;
  /** Whether a NUL octet can be stored. */
  readonly nulAllowed: boolean;
  /** Present where an octet above 127 in the header makes the server refuse the message. */
  readonly refusesEightBitHeader?: boolean;
  /** How many folders the account may have, and how many messages one folder; null or absent: unlimited or unknown. */
  readonly maxFolders?: number | null;
  readonly maxMessagesPerFolder?: number | null;
  /** Octets; null when the server has no quota or does not tell. */
  readonly quota: { readonly usedBytes: number; readonly limitBytes: number } | null;
}

export interface TargetName {
  readonly name: string;
  readonly renamed: { readonly reason: 'illegal-characters' | 'reserved' | 'too-long' } | null;
}

export interface TargetFolder {
  /** UIDVALIDITY or its like. A ledger row of another generation says nothing about this folder. */
  readonly generation: string;
  readonly messages: number;
  /** Whether the folder stores this keyword for good (PERMANENTFLAGS). */
  acceptsKeyword(keyword: string): boolean;

  /**
   * A lower bound for the keys of messages that arrive from now on (IMAP: UIDNEXT). Written into each intent before
   * the message is sent, so that a lost answer is settled by looking from here on.
   */
  mark(): string;

  /** The name that `inventory` would give a message with this header; absent: `messageIdentity()`. */
  identityOf?(header: Buffer): string;

  /**
   * Sets what cannot travel with a message, of messages that were found to have arrived although nobody said so.
   * Repeatable. Absent where everything travels with the message.
   */
  completeFlags?(
    messages: readonly { readonly key: string; readonly flags: readonly SystemFlag[] }[],
    signal: AbortSignal,
  ): Promise<void>;

  /**
   * Messages whose key is at or above `since` (null: all), ascending. Headers only. Where a header costs a round trip
   * of its own, `identity` is left empty for keys of which `wanted` (default: all) says no.
   */
  inventory(
    since: string | null,
    signal: AbortSignal,
    wanted?: (key: string) => boolean,
  ): AsyncIterable<readonly TargetEntry[]>;

  /**
   * Sends messages and yields one outcome each as the server acknowledges it, not necessarily in order. When the
   * line breaks it throws; messages without an outcome by then may or may not have arrived and must be looked for.
   */
  append(messages: readonly OutgoingMessage[], signal: AbortSignal): AsyncIterable<AppendOutcome>;

  /** As in `OpenFolder.fetch`: the octets the target gives back, for proof. */
  fetch(keys: readonly string[], signal: AbortSignal): AsyncIterable<FetchedMessage>;
}

export interface TargetEntry extends MessageAttributes {
  /** UID or item id in decimal; comparable with `mark()`. */
  readonly key: string;
  readonly size: number | null;
  /** Told from the header fields the server gave back (`TargetFolder.identityOf`); equal for the same message. */
  readonly identity: string;
}

export interface OutgoingMessage extends MessageAttributes {
  readonly size: number;
  readonly traits: MessageTraits;
  /** The octets from the start; may be called again when a message has to be sent a second time. */
  body(): AsyncIterable<Buffer>;
}

export type AppendOutcome =
  /** `key` is null where the server does not say (no UIDPLUS). */
  | { readonly index: number; readonly kind: 'stored'; readonly key: string | null }
  | { readonly index: number; readonly kind: 'refused'; readonly problem: Problem };
