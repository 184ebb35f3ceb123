import type { ItemKind } from '../../../shared/model/item.ts';
import { folderStem } from './layout.ts';

/** Where the items of each kind lie, relative to the archive. */
export const itemDirectories: Readonly<Record<ItemKind, string>> = {
  contact: 'data/contacts',
  event: 'data/calendars',
  task: 'data/tasks',
  note: 'data/notes',
  file: 'data/files',
  rule: 'data/rules',
  signature: 'data/signatures',
  settings: 'data/settings',
};

export function itemSidecarPath(kind: ItemKind, stem: string): string {
  return `${itemDirectories[kind]}/${stem}.jsonl`;
}

/** What a name may end in and still be opened by the program for it everywhere. */
const plainExtension = /^[a-z0-9]{1,10}$/;

/**
 * A file for each item, told apart by its number, with as much of its name as every file system takes. A directory for
 * each thousand, as for EML and for the same reason.
 */
export function itemPath(
  folder: { readonly kind: ItemKind; readonly stem: string },
  item: { readonly number: number; readonly name: string; readonly extension: string },
): string {
  const thousand = String(Math.floor(item.number / 1000)).padStart(5, '0');
  const extension = item.extension.toLowerCase();
  const ending = plainExtension.test(extension) ? extension : 'bin';
  const readable = /[a-z0-9]/i.test(item.name.normalize('NFKD')) ? item.name : folder.kind;
  return `${itemDirectories[folder.kind]}/${folder.stem}/${thousand}/${folderStem(readable, item.number)}.${ending}`;
}

/** The number at the end of a file's name, as `itemPath` made it; null for any other name. */
export function itemNumberOf(fileName: string): number | null {
  const match = /-(\d{4,})\.[a-z0-9]{1,10}$/.exec(fileName);
  return match?.[1] === undefined ? null : Number(match[1]);
}
