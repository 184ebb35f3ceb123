import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import { itemKinds } from '../../../../shared/model/item.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { prepared } from './prepared.ts';

/** A folder of items as the archive knows it. */
export interface ArchivedItemFolder {
  /** Its number among the folders of items; part of its file names, never reused. */
  readonly id: number;
  readonly account: string;
  readonly kind: ItemKind;
  readonly path: FolderPath;
  readonly stem: string;
  /** What the source said of the folder when the last run had taken everything; equal means nothing to do. */
  readonly changeMark: string | null;
  /** Committed length of the sidecar. */
  readonly sidecarOctets: number;
}

/** One version of an item. `(folderId, number)` is its name for ever. */
export interface ArchivedItem {
  readonly folderId: number;
  /** Counts from 1 within the folder, never reused. */
  readonly number: number;
  readonly key: string;
  readonly mark: string | null;
  /** As the source has it. */
  readonly name: string;
  readonly mediaType: string;
  /** Octets. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Relative to the archive. */
  readonly file: string;
  /** The source has a later version, which is archived under a number of its own. */
  readonly superseded: boolean;
  readonly absentSince: string | null;
}

const folderSchema = z
  .object({
    id: z.int(),
    account: z.string(),
    kind: z.enum(itemKinds),
    path: z.string().transform(text => z.array(z.string()).parse(JSON.parse(text))),
    stem: z.string(),
    change_mark: z.string().nullable(),
    sidecar_octets: z.int(),
  })
  .transform(({ change_mark: changeMark, sidecar_octets: sidecarOctets, ...rest }): ArchivedItemFolder => ({
    ...rest,
    changeMark,
    sidecarOctets,
  }));

const itemSchema = z
  .object({
    folder_id: z.int(),
    number: z.int(),
    key: z.string(),
    mark: z.string().nullable(),
    name: z.string(),
    media_type: z.string(),
    size: z.int(),
    sha256: z.instanceof(Uint8Array),
    file: z.string(),
    superseded: z.int(),
    absent_since: z.string().nullable(),
  })
  .transform(({ folder_id: folderId, media_type: mediaType, absent_since: absentSince, ...rest }): ArchivedItem => ({
    ...rest,
    folderId,
    mediaType,
    absentSince,
    sha256: Buffer.from(rest.sha256).toString('hex'),
    superseded: rest.superseded === 1,
  }));

export function itemFromRow(row: unknown): ArchivedItem {
  return itemSchema.parse(row);
}

export function allItemFolders(db: Database): ArchivedItemFolder[] {
  return z.array(folderSchema).parse(db.prepare('SELECT * FROM item_folders ORDER BY id').all());
}

export function findItemFolder(
  db: Database,
  account: string,
  kind: ItemKind,
  path: FolderPath,
): ArchivedItemFolder | null {
  const row = db
    .prepare('SELECT * FROM item_folders WHERE account = ? AND kind = ? AND path = ?')
    .get(account, kind, folderKey(path));
  return row === undefined ? null : folderSchema.parse(row);
}

export function findItemFolderOfStem(db: Database, kind: ItemKind, stem: string): ArchivedItemFolder | null {
  const row = db.prepare('SELECT * FROM item_folders WHERE kind = ? AND stem = ?').get(kind, stem);
  return row === undefined ? null : folderSchema.parse(row);
}

export function nextItemFolderId(db: Database): number {
  return Number(db.prepare('SELECT coalesce(max(id), 0) + 1 FROM item_folders').pluck().get());
}

/** Inserts the folder or brings it up to date. */
export function putItemFolder(db: Database, folder: ArchivedItemFolder): void {
  db.prepare(
    `INSERT INTO item_folders VALUES (:id, :account, :kind, :path, :stem, :changeMark, :sidecarOctets)
     ON CONFLICT (id) DO UPDATE SET change_mark = :changeMark, sidecar_octets = :sidecarOctets`,
  ).run({ ...folder, path: folderKey(folder.path) });
}

export function nextItemNumber(db: Database, folderId: number): number {
  return Number(db.prepare('SELECT coalesce(max(number), 0) + 1 FROM items WHERE folder_id = ?').pluck().get(folderId));
}

/** The version that counts: the last one archived under this key. */
export function findItem(db: Database, folderId: number, key: string): ArchivedItem | null {
  const row = prepared(db, 'SELECT * FROM items WHERE folder_id = ? AND key = ? AND superseded = 0').get(folderId, key);
  return row === undefined ? null : itemSchema.parse(row);
}

export function findItemByNumber(db: Database, folderId: number, number: number): ArchivedItem | null {
  const row = prepared(db, 'SELECT * FROM items WHERE folder_id = ? AND number = ?').get(folderId, number);
  return row === undefined ? null : itemSchema.parse(row);
}

/** A page of every version, by number. */
export function itemsAfter(db: Database, folderId: number, number: number, limit: number): ArchivedItem[] {
  const rows = prepared(db, 'SELECT * FROM items WHERE folder_id = ? AND number > ? ORDER BY number LIMIT ?');
  return z.array(itemSchema).parse(rows.all(folderId, number, limit));
}

/** A new version takes the place of the one archived under the same key before. */
export function insertItem(db: Database, item: Omit<ArchivedItem, 'superseded' | 'absentSince'>): void {
  prepared(db, 'UPDATE items SET superseded = 1 WHERE folder_id = ? AND key = ? AND superseded = 0').run(
    item.folderId,
    item.key,
  );
  prepared(
    db,
    `INSERT INTO items VALUES (:folderId, :number, :key, :mark, :name, :mediaType, :size, :sha256, :file, 0, NULL)`,
  ).run({ ...item, sha256: Buffer.from(item.sha256, 'hex') });
}

export function setItemMark(db: Database, folderId: number, number: number, mark: string | null): void {
  prepared(db, 'UPDATE items SET mark = ? WHERE folder_id = ? AND number = ?').run(mark, folderId, number);
}

export function setItemAbsent(db: Database, folderId: number, number: number, since: string | null): void {
  prepared(db, 'UPDATE items SET absent_since = ? WHERE folder_id = ? AND number = ?').run(since, folderId, number);
}

/** Items, each counted once however many versions there are, and the octets of those versions that count. */
export function storedItems(
  db: Database,
  folderId: number,
): { readonly items: number; readonly octets: number; readonly absent: number } {
  return z.object({ items: z.int(), octets: z.int(), absent: z.int() }).parse(
    db
      .prepare(
        `SELECT count(*) AS items, coalesce(sum(size), 0) AS octets, count(absent_since) AS absent
         FROM items WHERE folder_id = ? AND superseded = 0`,
      )
      .get(folderId),
  );
}
