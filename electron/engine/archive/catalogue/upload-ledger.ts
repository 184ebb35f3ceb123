import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { problemSchema } from '../../../../shared/model/job.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { prepared } from './prepared.ts';

/** What is known of a message at a target. At most one row each, so that no message can have two outcomes. */
export const uploadStates = ['intent', 'stored', 'present', 'set-aside'] as const;
export type UploadState = (typeof uploadStates)[number];

export const proofs = ['bytes', 'parts', 'missing', 'differs'] as const;
export type Proof = (typeof proofs)[number];

export interface UploadRow {
  readonly folderId: number;
  readonly number: number;
  readonly state: UploadState;
  /** The target's name of the folder, and its generation (UIDVALIDITY). */
  readonly targetFolder: string;
  readonly generation: string;
  /** The folder's mark before the message was sent; the place from which a lost answer is looked for. */
  readonly mark: string | null;
  readonly key: string | null;
  readonly problem: Problem | null;
  readonly proof: Proof | null;
}

const rowSchema = z.object({
  folder_id: z.int(),
  number: z.int(),
  state: z.enum(uploadStates),
  target_folder: z.string(),
  generation: z.string(),
  mark: z.string().nullable(),
  key: z.string().nullable(),
  problem: z.string().nullable(),
  proof: z.enum(proofs).nullable(),
});

function fromRow(row: unknown): UploadRow {
  const parsed = rowSchema.parse(row);
  return {
    folderId: parsed.folder_id,
    number: parsed.number,
    state: parsed.state,
    targetFolder: parsed.target_folder,
    generation: parsed.generation,
    mark: parsed.mark,
    key: parsed.key,
    problem: parsed.problem === null ? null : problemSchema.parse(JSON.parse(parsed.problem)),
    proof: parsed.proof,
  };
}

/** The ledger of one target. Writing methods belong inside a commit. */
export class UploadLedger {
  private readonly db: Database;
  readonly targetId: number;

  constructor(db: Database, account: string) {
    this.db = db;
    const known = db.prepare('SELECT id FROM targets WHERE account = ?').pluck();
    // Reading an archive on read-only media must not write: an account that is known has its row already.
    if (known.get(account) === undefined) db.prepare('INSERT INTO targets (account) VALUES (?)').run(account);
    this.targetId = z.int().parse(known.get(account));
  }

  put(row: UploadRow): void {
    prepared(this.db, 'INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      this.targetId,
      row.folderId,
      row.number,
      row.state,
      row.targetFolder,
      row.generation,
      row.mark,
      row.key,
      row.problem === null ? null : JSON.stringify(row.problem),
      row.proof,
    );
  }

  remove(folderId: number, number: number): void {
    prepared(this.db, 'DELETE FROM uploads WHERE target_id = ? AND folder_id = ? AND number = ?').run(
      this.targetId,
      folderId,
      number,
    );
  }

  find(folderId: number, number: number): UploadRow | null {
    const find = prepared(this.db, 'SELECT * FROM uploads WHERE target_id = ? AND folder_id = ? AND number = ?');
    const row = find.get(this.targetId, folderId, number);
    return row === undefined ? null : fromRow(row);
  }

  /** Sent, answer unknown. Few: at most one batch. */
  openIntents(folderId: number): UploadRow[] {
    return this.db
      .prepare(`SELECT * FROM uploads WHERE target_id = ? AND folder_id = ? AND state = 'intent' ORDER BY number`)
      .all(this.targetId, folderId)
      .map(fromRow);
  }

  /** Acknowledged by a server that did not say under which key. Few: at most one batch. */
  withoutKey(folderId: number): UploadRow[] {
    return this.db
      .prepare(
        `SELECT * FROM uploads WHERE target_id = ? AND folder_id = ? AND state = 'stored' AND key IS NULL ORDER BY number`,
      )
      .all(this.targetId, folderId)
      .map(fromRow);
  }

  /** Whether some archived message is known to be this message of the target. */
  isClaimed(targetFolder: string, generation: string, key: string): boolean {
    const find = prepared(
      this.db,
      'SELECT 1 FROM uploads WHERE target_id = ? AND target_folder = ? AND generation = ? AND key = ?',
    );
    return find.get(this.targetId, targetFolder, generation, key) !== undefined;
  }

  claimedIn(targetFolder: string, generation: string): number {
    return z
      .int()
      .parse(
        this.db
          .prepare(
            'SELECT count(*) FROM uploads WHERE target_id = ? AND target_folder = ? AND generation = ? AND key IS NOT NULL',
          )
          .pluck()
          .get(this.targetId, targetFolder, generation),
      );
  }

  /** Messages that are in this folder of the target, of this generation: another run has nothing to do for them. */
  doneIn(
    folderId: number,
    targetFolder: string,
    generation: string,
  ): { readonly messages: number; readonly octets: number } {
    return z.object({ messages: z.int(), octets: z.int() }).parse(
      this.db
        .prepare(
          `SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets
           FROM uploads JOIN messages USING (folder_id, number)
           WHERE target_id = ? AND folder_id = ? AND target_folder = ? AND generation = ?
             AND state IN ('stored', 'present') AND absent_since IS NULL`,
        )
        .get(this.targetId, folderId, targetFolder, generation),
    );
  }

  /** Rows of a folder in archive order, a page at a time. */
  *rowsOf(folderId: number, pageSize = 1000): Generator<UploadRow> {
    const page = this.db.prepare(
      'SELECT * FROM uploads WHERE target_id = ? AND folder_id = ? AND number > ? ORDER BY number LIMIT ?',
    );
    for (let after = 0; ;) {
      const rows = page.all(this.targetId, folderId, after, pageSize).map(fromRow);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  }

  /**
   * Forgets where messages were, when the target renumbered the folder: they are met again by their content.
   *
   * @param which a restore looks only for its own; the rows of the others stay for the run that looks for those
   */
  forgetGeneration(folderId: number, targetFolder: string, current: string, which: 'all' | 'carried'): number {
    const only = which === 'all' ? '' : 'AND number IN (SELECT number FROM temp.carried WHERE folder_id = ?)';
    return this.db
      .prepare(
        `DELETE FROM uploads WHERE target_id = ? AND folder_id = ? AND state <> 'set-aside'
           AND (target_folder <> ? OR generation <> ?) ${only}`,
      )
      .run(this.targetId, folderId, targetFolder, current, ...(which === 'all' ? [] : [folderId])).changes;
  }

  /** Where a folder goes, as an earlier plan decided. */
  folderName(folderId: number): string | null {
    const name = this.db
      .prepare('SELECT name FROM target_folders WHERE target_id = ? AND folder_id = ?')
      .pluck()
      .get(this.targetId, folderId);
    return typeof name === 'string' ? name : null;
  }

  putFolderName(folderId: number, name: string): void {
    this.db.prepare('INSERT OR REPLACE INTO target_folders VALUES (?, ?, ?)').run(this.targetId, folderId, name);
  }
}
