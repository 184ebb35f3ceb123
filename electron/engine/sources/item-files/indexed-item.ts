import type { Problem } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ItemContent } from '../item-source.ts';
import type { TextFile } from './text-file.ts';

/** What a problem with an item says of it. */
export type ItemDetails = Readonly<Record<'folder' | 'kind' | 'item', string>>;

/** An item of a file, by its place there: what it is made of stays on the disk until it is read. */
export interface IndexedItem {
  /** Unique within its folder, and the same as long as the item is the same one. */
  readonly key: string;
  readonly read: (file: TextFile, details: ItemDetails) => Promise<ItemContent>;
}

/** Items of one file that belong together. */
export interface FoundFolder {
  readonly kind: ItemKind;
  /** The calendar's own name, or the file's. */
  readonly name: string;
  readonly items: IndexedItem[];
}

/** What one file holds. */
export interface FileContents {
  readonly folders: readonly FoundFolder[];
  /** What had to be assumed, and what is no item. */
  readonly problems: readonly Problem[];
}

/** The name of a file of items, for people. */
export function folderNameOf(fileName: string): string {
  const name = fileName.replace(/\.(?:vcf|vcard|ics|ical|ifb|vcs|csv|tsv|txt)$/i, '').trim();
  return name === '' ? fileName : name;
}
