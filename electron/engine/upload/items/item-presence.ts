import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { prepared } from '../../archive/catalogue/prepared.ts';
import type { TargetItemCollection } from '../../targets/item-target.ts';

/** What a folder of the target holds, by identity; in a temporary table, because it may be tens of thousands. */
export class ItemPresence {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.exec(
      'CREATE TEMP TABLE IF NOT EXISTS item_presence (identity TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID',
    );
  }

  /** Forgets what it knew. */
  async load(collection: TargetItemCollection, signal: AbortSignal): Promise<void> {
    this.db.exec('DELETE FROM temp.item_presence');
    for await (const page of collection.inventory(signal)) {
      this.db.transaction(() => {
        for (const { identity, key } of page) {
          if (identity === null) continue;
          // Of two that call themselves the same, one is as good as the other: fields will tell.
          prepared(this.db, 'INSERT OR IGNORE INTO temp.item_presence VALUES (?, ?)').run(identity, key);
        }
      })();
    }
  }

  key(identity: string): string | null {
    const row = prepared(this.db, 'SELECT key FROM temp.item_presence WHERE identity = ?').get(identity);
    return row === undefined ? null : z.object({ key: z.string() }).parse(row).key;
  }
}
