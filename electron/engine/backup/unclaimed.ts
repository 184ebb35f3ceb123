import type { Database, Statement } from 'better-sqlite3';

/**
 * Archived messages of a folder whose key means nothing any more, because the source renumbered the folder
 * (UIDVALIDITY changed). Each can be claimed once, by a message that turns out to have the same octets: so true
 * duplicates stay as many as they are.
 */
export class Unclaimed {
  private readonly db: Database;
  private readonly take: Statement;
  private left = 0;

  constructor(db: Database) {
    this.db = db;
    db.exec(`
      DROP TABLE IF EXISTS temp.unclaimed;
      CREATE TEMP TABLE unclaimed (sha256 BLOB NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (sha256, number))
        STRICT, WITHOUT ROWID;
    `);
    this.take = db
      .prepare(
        `DELETE FROM temp.unclaimed WHERE (sha256, number) IN
           (SELECT sha256, number FROM temp.unclaimed WHERE sha256 = ? ORDER BY number LIMIT 1)
         RETURNING number`,
      )
      .pluck();
  }

  /** Of one folder at a time. */
  load(folderId: number): void {
    this.db.exec('DELETE FROM temp.unclaimed');
    this.left = this.db
      .prepare('INSERT INTO temp.unclaimed SELECT sha256, number FROM messages WHERE folder_id = ? AND key IS NULL')
      .run(folderId).changes;
  }

  /** Asked for every message that arrives; nearly always there is nothing to claim, and that costs nothing. */
  claim(sha256: string): number | null {
    if (this.left === 0) return null;
    const number = this.take.get(Buffer.from(sha256, 'hex'));
    if (typeof number !== 'number') return null;
    this.left -= 1;
    return number;
  }
}
