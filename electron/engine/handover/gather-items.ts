import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveFiles } from '../archive/archive.ts';
import { itemsAfter } from '../archive/catalogue/item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { onDisk } from '../archive/disk-problem.ts';

const pageSize = 500;

export interface GatheredItem {
  readonly item: ArchivedItem;
  readonly octets: Buffer;
}

/** The items of a folder as the source has them now: no earlier versions, nothing that is gone there. */
export async function* gatherItems(archive: ArchiveFiles, folder: ArchivedItemFolder): AsyncGenerator<GatheredItem> {
  for (let after = 0; ;) {
    const page = itemsAfter(archive.catalogue.db, folder.id, after, pageSize);
    for (const item of page) {
      if (item.superseded || item.absentSince !== null) continue;
      const path = join(archive.root, ...item.file.split('/'));
      yield { item, octets: await onDisk(path, () => readFile(path)) };
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}
