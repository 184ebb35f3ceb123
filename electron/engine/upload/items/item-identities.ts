import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { TravasoError } from '../../../../shared/errors.ts';
import { folderKey } from '../../../../shared/model/folder.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { carriedItemsAfter } from '../../archive/catalogue/item-ledger.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../../archive/catalogue/item-table.ts';
import { prepared } from '../../archive/catalogue/prepared.ts';
import { onDisk } from '../../archive/disk-problem.ts';
import { resolveIn } from '../../archive/layout.ts';
import { itemUid } from '../../items/item-uid.ts';

const pageSize = 500;

/**
 * What items are called at every target: their UID, or a name made of the archive's own where they have none, or where
 * an item that was archived before has the same (see `OutgoingItem.identity`). In a temporary table, because folders may
 * hold tens of thousands.
 */
export class ItemIdentities {
  private readonly archive: ArchiveFiles;
  private readonly loaded = new Set<number>();

  constructor(archive: ArchiveFiles) {
    this.archive = archive;
    archive.catalogue.db.exec(`
      CREATE TEMP TABLE IF NOT EXISTS item_identities (
        folder_id INTEGER NOT NULL, number INTEGER NOT NULL, identity TEXT NOT NULL,
        PRIMARY KEY (folder_id, number), UNIQUE (folder_id, identity)
      ) STRICT, WITHOUT ROWID;
      DELETE FROM temp.item_identities;
    `);
  }

  /** Looks into every file of the folder, once. */
  async load(folder: ArchivedItemFolder, signal: AbortSignal): Promise<void> {
    if (this.loaded.has(folder.id)) return;
    const { db } = this.archive.catalogue;
    for (let after = 0; ;) {
      const page = carriedItemsAfter(db, folder, after, pageSize);
      const uids: (string | null)[] = [];
      for (const item of page) {
        signal.throwIfAborted();
        uids.push(itemUid(folder.kind, await readItem(this.archive, item)));
      }
      db.transaction(() => {
        for (const [index, item] of page.entries()) this.put(folder, item, uids[index] ?? null);
      })();
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
    }
    this.loaded.add(folder.id);
  }

  of(folderId: number, number: number): string {
    const find = prepared(
      this.archive.catalogue.db,
      'SELECT identity FROM temp.item_identities WHERE folder_id = ? AND number = ?',
    );
    return z.object({ identity: z.string() }).parse(find.get(folderId, number)).identity;
  }

  private put(
    { id, account, kind, path }: ArchivedItemFolder,
    { number, key }: ArchivedItem,
    uid: string | null,
  ): void {
    const { db } = this.archive.catalogue;
    const taken = prepared(db, 'SELECT 1 FROM temp.item_identities WHERE folder_id = ? AND identity = ?');
    const own = createHash('sha256')
      .update([account, kind, folderKey(path), key].join('|'))
      .digest('hex');
    const identity = uid === null || taken.get(id, uid) !== undefined ? `travaso-${own.slice(0, 32)}` : uid;
    prepared(db, 'INSERT INTO temp.item_identities VALUES (?, ?, ?)').run(id, number, identity);
  }
}

/** @throws ARCHIVE_FILE_MISSING, ARCHIVE_FILE_CHANGED */
export async function readItem({ root }: ArchiveFiles, item: ArchivedItem): Promise<Buffer> {
  const path = resolveIn(root, item.file);
  try {
    const octets = await onDisk(path, () => readFile(path));
    if (createHash('sha256').update(octets).digest('hex') === item.sha256) return octets;
  } catch (error) {
    if (!(error instanceof TravasoError && error.problem.details['systemCode'] === 'ENOENT')) throw error;
    throw new TravasoError('ARCHIVE_FILE_MISSING', { file: item.file }, { cause: error });
  }
  throw new TravasoError('ARCHIVE_FILE_CHANGED', { file: item.file });
}
