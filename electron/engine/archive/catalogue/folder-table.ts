import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import { folderRoles } from '../../../../shared/model/folder.ts';

/** A folder as the archive knows it. */
export interface ArchivedFolder {
  /** Its number in this archive; part of its file names, never reused. */
  readonly id: number;
  readonly account: string;
  readonly path: FolderPath;
  readonly role: (typeof folderRoles)[number] | null;
  readonly sourceName: string;
  readonly separator: string | null;
  readonly subscribed: boolean;
  readonly selectable: boolean;
  readonly stem: string;
  /** UIDVALIDITY at the last run, null before the first message was read. */
  readonly generation: string | null;
  /** What the source said of itself when the last run had taken everything; equal means nothing to do. */
  readonly changeMark: string | null;
  /** Committed length of the sidecar. */
  readonly sidecarOctets: number;
}

const rowSchema = z.object({
  id: z.int(),
  account: z.string(),
  path: z.string().transform(text => z.array(z.string()).parse(JSON.parse(text))),
  role: z.enum(folderRoles).nullable(),
  source_name: z.string(),
  separator: z.string().nullable(),
  subscribed: z.int(),
  selectable: z.int(),
  stem: z.string(),
  generation: z.string().nullable(),
  change_mark: z.string().nullable(),
  sidecar_octets: z.int(),
});

function fromRow(row: unknown): ArchivedFolder {
  const parsed = rowSchema.parse(row);
  return {
    id: parsed.id,
    account: parsed.account,
    path: parsed.path,
    role: parsed.role,
    sourceName: parsed.source_name,
    separator: parsed.separator,
    subscribed: parsed.subscribed === 1,
    selectable: parsed.selectable === 1,
    stem: parsed.stem,
    generation: parsed.generation,
    changeMark: parsed.change_mark,
    sidecarOctets: parsed.sidecar_octets,
  };
}

export function allFolders(db: Database): ArchivedFolder[] {
  return db.prepare('SELECT * FROM folders ORDER BY id').all().map(fromRow);
}

export function findFolder(db: Database, account: string, path: FolderPath): ArchivedFolder | null {
  const row = db.prepare('SELECT * FROM folders WHERE account = ? AND path = ?').get(account, folderKey(path));
  return row === undefined ? null : fromRow(row);
}

export function findFolderOfStem(db: Database, stem: string): ArchivedFolder | null {
  const row = db.prepare('SELECT * FROM folders WHERE stem = ?').get(stem);
  return row === undefined ? null : fromRow(row);
}

export function nextFolderId(db: Database): number {
  return Number(db.prepare('SELECT coalesce(max(id), 0) + 1 FROM folders').pluck().get());
}

/** Inserts the folder or brings it up to date. */
export function putFolder(db: Database, folder: ArchivedFolder): void {
  db.prepare(
    `INSERT INTO folders VALUES (:id, :account, :path, :role, :sourceName, :separator, :subscribed, :selectable, :stem,
       :generation, :changeMark, :sidecarOctets)
     ON CONFLICT (id) DO UPDATE SET role = :role, source_name = :sourceName, separator = :separator,
       subscribed = :subscribed, selectable = :selectable, generation = :generation, change_mark = :changeMark,
       sidecar_octets = :sidecarOctets`,
  ).run({
    ...folder,
    path: folderKey(folder.path),
    subscribed: folder.subscribed ? 1 : 0,
    selectable: folder.selectable ? 1 : 0,
  });
}
