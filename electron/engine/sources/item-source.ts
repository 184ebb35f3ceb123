import type { Problem } from '../../../shared/errors.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ItemKind } from '../../../shared/model/item.ts';

/**
 * What a source has beside mail: contacts, appointments, tasks, notes, files. Each item comes as one file in the
 * standard form of its kind. A `MailSource` that has any offers this as `items`.
 *
 * The order of use: `listFolders`, then per folder `open`, one folder at a time. A run that was cut short begins the
 * folder again and asks only for what the archive does not know.
 */
export interface ItemSource {
  /** Folders with at least one item. A folder with items of two kinds is listed once for each. */
  listFolders(signal: AbortSignal): Promise<ItemFolderListing>;

  /**
   * Every item of the folder once, cheaply: nothing is read before `read` is called. The consumer ends one item before
   * it asks for the next. Throws `FOLDER_VANISHED`, `FOLDER_UNREADABLE`, or what concerns the whole (`CONNECTION_LOST`).
   */
  open(folder: SourceItemFolder, signal: AbortSignal): AsyncIterable<SourceItem>;
}

export interface ItemFolderListing {
  readonly folders: readonly SourceItemFolder[];
  readonly problems: readonly Problem[];
}

export interface SourceItemFolder {
  readonly kind: ItemKind;
  readonly path: FolderPath;
  /** In the source's own words; null when it is known only once all were seen. */
  readonly items: number | null;
  /** Equal marks mean that nothing in the folder changed; null when the source cannot tell. */
  readonly changeMark: string | null;
}

export interface SourceItem {
  /** Unique within the folder, and the same at each run. */
  readonly key: string;
  /** Equal marks mean that the item did not change and need not be read; null when the source cannot tell. */
  readonly mark: string | null;
  /** Throws `ITEM_UNREADABLE` when nothing can be made of it: the item is set aside and the folder goes on. */
  read(signal: AbortSignal): Promise<ItemContent>;
}

export interface ItemContent {
  /** For people, in any characters: the person's name, the appointment's title, the file's name. */
  readonly name: string;
  /** Of the file to be written, without the dot. Anything a file system might refuse is replaced. */
  readonly extension: string;
  readonly mediaType: string;
  /** The file. May throw `ITEM_UNREADABLE`; taken at most once. */
  readonly octets: AsyncIterable<Buffer>;
  /** What of the item could not be carried over; null when nothing is missing. */
  readonly problem: Problem | null;
}

/** Items of each kind in all folders; null where that is known only once all were seen. */
export function itemsByKind(
  folders: readonly SourceItemFolder[],
): { readonly kind: ItemKind; readonly items: number | null }[] {
  return [...Map.groupBy(folders, ({ kind }) => kind)].map(([kind, all]) => ({
    kind,
    items: all.reduce<number | null>((sum, { items }) => (sum === null || items === null ? null : sum + items), 0),
  }));
}
