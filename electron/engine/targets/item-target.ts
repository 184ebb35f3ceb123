import type { Problem } from '../../../shared/errors.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { FieldName, ItemFields } from '../items/item-fields.ts';

/**
 * Where contacts, appointments and the like go: a CardDAV and CalDAV server, Microsoft Graph, Carbonio. Like a
 * `MailTarget` it only ever adds: what is there already is never overwritten, and nothing is deleted. Which items to
 * send and what became of them is the business of `upload/items/` and its ledger.
 *
 * The order of use: `listFolders`, `createFolder` where one is missing, then per folder `openFolder` → `inventory` →
 * `put` → `read`, one folder at a time.
 */
export interface ItemTarget {
  /** Stable name of the account for the ledger, the same as that of its mail where it has any. No secret. */
  readonly account: string;
  /** What this server can hold. Other kinds go by hand, and the report says so. */
  readonly kinds: ReadonlySet<ItemKind>;
  /** What the report should say of the way this target was reached. */
  readonly remarks?: readonly Problem[];

  listFolders(signal: AbortSignal): Promise<readonly TargetItemFolder[]>;

  /** The name this server would give a folder of the archive. Pure: creates nothing. */
  nameFor(kind: ItemKind, path: FolderPath): string;

  /** Equal for two names that are one folder to this server. */
  nameKey(name: string): string;

  /** Creates a folder; one that exists already under this name is success. Throws `ITEM_FOLDER_REFUSED`. */
  createFolder(kind: ItemKind, name: string, signal: AbortSignal): Promise<TargetItemFolder>;

  /** Throws `TARGET_FOLDER_VANISHED`. */
  openFolder(folder: TargetItemFolder, signal: AbortSignal): Promise<TargetItemCollection>;

  /**
   * What `item` becomes here, before anything is sent: pure, and the same at each run. Throws `ITEM_REFUSED` with a
   * `reason` where this server cannot express it at all.
   */
  prepare(item: OutgoingItem): PreparedItem;

  close(): Promise<void>;
}

export interface TargetItemFolder {
  readonly kind: ItemKind;
  /** The server's own handle (a URL, an id), as `openFolder` takes it. Stable. */
  readonly key: string;
  /** As people see it there. */
  readonly name: string;
  /** The one that every account has and that new items go to: what was in the old default folder belongs here. */
  readonly isDefault: boolean;
}

export interface TargetItemCollection {
  /** Every item of the folder, in pages. */
  inventory(signal: AbortSignal): AsyncIterable<readonly TargetItemEntry[]>;

  /**
   * Sends items and yields one outcome each as the server answers, not necessarily in order. Sending the same item twice
   * must not make two of it wherever the server has a means for that (a name of our choosing, a transaction id). When
   * the line breaks it throws; items without an outcome by then may or may not have arrived and are looked for.
   */
  put(items: readonly OutgoingItem[], signal: AbortSignal): AsyncIterable<PutOutcome>;

  /** Of what changes how the account behaves: what `put` would do with these, by name. Sends nothing. */
  foresee?(items: readonly OutgoingItem[], signal: AbortSignal): Promise<ForeseenSettings>;

  /** What the target gives back, for proof, in the fields that all servers share; null: not there. In any order. */
  read(keys: readonly string[], signal: AbortSignal): AsyncIterable<ReadItem>;
}

/** Names of rules or signatures. */
export interface ForeseenSettings {
  /** Of ours, as they will be called there. */
  readonly added: readonly string[];
  /** Of ours: there already, the same. */
  readonly present: readonly string[];
  /** Of the account's own, which stay as they are. */
  readonly theirs: readonly string[];
}

export interface TargetItemEntry {
  /** The server's own handle of the item. */
  readonly key: string;
  /** As `OutgoingItem.identity`; null for what is no item of ours and names itself in no way. */
  readonly identity: string | null;
}

export interface ReadItem {
  readonly key: string;
  readonly fields: ItemFields | null;
}

export interface OutgoingItem {
  readonly kind: ItemKind;
  /**
   * Names the item within its folder wherever it lies: its UID, or where it has none (or the UID is taken by another item
   * of the folder) one made of the archive's own name for it. Equal at every run.
   */
  readonly identity: string;
  /** For people. */
  readonly name: string;
  readonly mediaType: string;
  /** The archived file: a vCard, an iCalendar object, a list of rules. */
  readonly octets: Buffer;
}

export interface PreparedItem {
  /** What `read` must give back. */
  readonly kept: ItemFields;
  readonly changed: readonly FieldChange[];
}

/** A field that does not arrive as it was. */
export interface FieldChange {
  readonly field: FieldName;
  /** `as-text`: its value stands readable in the notes or the description; `left-out`: it is only in the archive. */
  readonly fate: 'as-text' | 'left-out';
}

export type PutOutcome =
  | { readonly index: number; readonly kind: 'stored'; readonly key: string }
  /** An item of this identity is there; it was left as it is. */
  | { readonly index: number; readonly kind: 'present'; readonly key: string }
  | { readonly index: number; readonly kind: 'refused'; readonly problem: Problem };
