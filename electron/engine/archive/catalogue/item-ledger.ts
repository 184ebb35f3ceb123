import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { Problem } from '../../../../shared/errors.ts';
import { problemSchema } from '../../../../shared/model/job.ts';
import { itemFromRow } from './item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from './item-table.ts';
import { prepared } from './prepared.ts';
import { UploadLedger, uploadStates } from './upload-ledger.ts';
import type { UploadState } from './upload-ledger.ts';

export const itemProofs = ['verified', 'differs', 'missing'] as const;
export type ItemProof = (typeof itemProofs)[number];

/** What is known of an item at a target. At most one row for each version, so that none can have two outcomes. */
export interface ItemUploadRow {
  readonly folderId: number;
  readonly number: number;
  readonly state: UploadState;
  /** The target's own handle of the folder. */
  readonly targetFolder: string;
  /** The target's own handle of the item; null before it is known. */
  readonly key: string | null;
  /** Why it was set aside; of what arrived, ITEM_FIELDS_CHANGED where fields did not arrive as they were. */
  readonly problem: Problem | null;
  readonly proof: ItemProof | null;
  /** Names of the fields that differ. */
  readonly differing: readonly string[];
}

const rowSchema = z
  .object({
    folder_id: z.int(),
    number: z.int(),
    state: z.enum(uploadStates),
    target_folder: z.string(),
    key: z.string().nullable(),
    problem: z.string().nullable(),
    proof: z.enum(itemProofs).nullable(),
    differing: z.string().nullable(),
  })
  .transform(({ folder_id: folderId, target_folder: targetFolder, ...rest }): ItemUploadRow => ({
    ...rest,
    folderId,
    targetFolder,
    problem: rest.problem === null ? null : problemSchema.parse(JSON.parse(rest.problem)),
    differing: rest.differing === null ? [] : rest.differing.split(','),
  }));

/**
 * The items of a folder that are carried: the version that counts of what the source still has. What people read beside a
 * file for programs (`incoming.txt` beside `incoming.json`, `ID.txt` beside `ID.html`) is no item of its own there.
 */
const carried = `
  FROM items i WHERE i.folder_id = :folderId AND i.superseded = 0 AND i.absent_since IS NULL
    AND NOT (:settings AND i.key LIKE '%.txt' AND EXISTS (
      SELECT 1 FROM items j WHERE j.folder_id = i.folder_id AND j.superseded = 0
        AND j.key IN (substr(i.key, 1, length(i.key) - 4) || '.html', substr(i.key, 1, length(i.key) - 4) || '.json')))
`;
const settingKinds: ReadonlySet<string> = new Set(['rule', 'signature', 'settings']);

function place({ id, kind }: ArchivedItemFolder): { readonly folderId: number; readonly settings: 0 | 1 } {
  return { folderId: id, settings: settingKinds.has(kind) ? 1 : 0 };
}

/** An intent is settled before anything else is sent. */
const isDone = `u.state IN ('stored', 'present', 'intent') AND coalesce(u.proof, '') <> 'missing'`;

function countOf(row: unknown): number {
  return z.object({ count: z.int() }).parse(row).count;
}

export function carriedItems(db: Database, folder: ArchivedItemFolder): number {
  return countOf(prepared(db, `SELECT count(*) AS count ${carried}`).get(place(folder)));
}

/** A page by number. */
export function carriedItemsAfter(
  db: Database,
  folder: ArchivedItemFolder,
  after: number,
  limit: number,
): ArchivedItem[] {
  return prepared(db, `SELECT i.* ${carried} AND i.number > :after ORDER BY i.number LIMIT :limit`)
    .all({ ...place(folder), after, limit })
    .map(itemFromRow);
}

/** The ledger of the items of one target. Writing methods belong inside a commit. */
export class ItemLedger {
  private readonly db: Database;
  readonly targetId: number;

  constructor(db: Database, account: string) {
    this.db = db;
    this.targetId = new UploadLedger(db, account).targetId;
  }

  put(row: ItemUploadRow): void {
    prepared(this.db, 'INSERT OR REPLACE INTO item_uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      this.targetId,
      row.folderId,
      row.number,
      row.state,
      row.targetFolder,
      row.key,
      row.problem === null ? null : JSON.stringify(row.problem),
      row.proof,
      row.differing.length === 0 ? null : row.differing.join(','),
    );
  }

  remove(folderId: number, number: number): void {
    prepared(this.db, 'DELETE FROM item_uploads WHERE target_id = ? AND folder_id = ? AND number = ?').run(
      this.targetId,
      folderId,
      number,
    );
  }

  find(folderId: number, number: number): ItemUploadRow | null {
    const find = prepared(this.db, 'SELECT * FROM item_uploads WHERE target_id = ? AND folder_id = ? AND number = ?');
    const row = find.get(this.targetId, folderId, number);
    return row === undefined ? null : rowSchema.parse(row);
  }

  /** Sent, answer unknown. Few: at most one batch. */
  openIntents(folderId: number): ItemUploadRow[] {
    return prepared(
      this.db,
      `SELECT * FROM item_uploads WHERE target_id = ? AND folder_id = ? AND state = 'intent' ORDER BY number`,
    )
      .all(this.targetId, folderId)
      .map(row => rowSchema.parse(row));
  }

  /** Rows of a folder in archive order, a page at a time. */
  *rowsOf(folderId: number, pageSize = 1000): Generator<ItemUploadRow> {
    for (let after = 0; ;) {
      const rows = prepared(
        this.db,
        'SELECT * FROM item_uploads WHERE target_id = ? AND folder_id = ? AND number > ? ORDER BY number LIMIT ?',
      )
        .all(this.targetId, folderId, after, pageSize)
        .map(row => rowSchema.parse(row));
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  }

  /** Carried items that are in this folder of the target: another run has nothing to do for them. */
  doneIn(folder: ArchivedItemFolder, targetFolder: string): number {
    return countOf(
      prepared(
        this.db,
        `SELECT count(*) AS count ${carried} AND EXISTS (SELECT 1 FROM item_uploads u
           WHERE u.target_id = :targetId AND u.folder_id = i.folder_id AND u.number = i.number
             AND u.target_folder = :targetFolder AND u.state <> 'intent' AND ${isDone})`,
      ).get({ ...place(folder), targetId: this.targetId, targetFolder }),
    );
  }

  /** Carried items by what became of them. */
  counts(folder: ArchivedItemFolder): Readonly<Record<UploadState, number>> {
    const rows = prepared(
      this.db,
      `SELECT u.state AS state, count(*) AS count FROM item_uploads u WHERE u.target_id = :targetId
         AND u.folder_id = :folderId AND u.number IN (SELECT i.number ${carried}) GROUP BY u.state`,
    ).all({ ...place(folder), targetId: this.targetId });
    const found = z.array(z.object({ state: z.enum(uploadStates), count: z.int() })).parse(rows);
    const counts = { intent: 0, stored: 0, present: 0, 'set-aside': 0 };
    for (const { state, count } of found) counts[state] = count;
    return counts;
  }

  /**
   * Items behind `after` that have no outcome yet, that were set aside and may be tried again, or that a proof found
   * missing: the person was told of those.
   */
  pending(folder: ArchivedItemFolder, after: number, limit: number): ArchivedItem[] {
    return prepared(
      this.db,
      `SELECT i.* ${carried} AND i.number > :after AND NOT EXISTS (SELECT 1 FROM item_uploads u
         WHERE u.target_id = :targetId AND u.folder_id = i.folder_id AND u.number = i.number AND ${isDone})
       ORDER BY i.number LIMIT :limit`,
    )
      .all({ ...place(folder), targetId: this.targetId, after, limit })
      .map(itemFromRow);
  }

  /** Forgets what was in another folder of the target than this: it is not there any more, or goes elsewhere now. */
  forgetElsewhere(folderId: number, targetFolder: string): void {
    prepared(this.db, 'DELETE FROM item_uploads WHERE target_id = ? AND folder_id = ? AND target_folder <> ?').run(
      this.targetId,
      folderId,
      targetFolder,
    );
  }

  /** Where a folder goes, as an earlier run decided. */
  folder(folderId: number): { readonly key: string; readonly name: string } | null {
    const row = prepared(
      this.db,
      'SELECT key, name FROM item_target_folders WHERE target_id = ? AND folder_id = ?',
    ).get(this.targetId, folderId);
    return row === undefined ? null : z.object({ key: z.string(), name: z.string() }).parse(row);
  }

  putFolder(folderId: number, { key, name }: { readonly key: string; readonly name: string }): void {
    prepared(this.db, 'INSERT OR REPLACE INTO item_target_folders VALUES (?, ?, ?, ?)').run(
      this.targetId,
      folderId,
      key,
      name,
    );
  }
}
