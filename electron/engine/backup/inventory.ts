import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import { flagBits, flagsFromBits, keywordsFromText, keywordsText } from '../archive/catalogue/message-table.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { InventoryEntry } from '../sources/mail-source.ts';

/**
 * What the source says it holds, in a temporary table of the catalogue's connection: SQLite compares it with what the
 * archive holds, however many messages there are, and spills to a temporary file instead of into memory.
 */
export class Inventory {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.exec(`
      DROP TABLE IF EXISTS temp.inventory;
      CREATE TEMP TABLE inventory (
        id             INTEGER PRIMARY KEY,
        folder_id      INTEGER NOT NULL,
        key            TEXT NOT NULL,
        announced_size INTEGER,
        internal_date  TEXT,
        flags          INTEGER NOT NULL,
        keywords       TEXT NOT NULL,
        UNIQUE (folder_id, key)
      ) STRICT;
    `);
  }

  add(folderId: number, entries: readonly InventoryEntry[]): void {
    const insert = this.db.prepare(
      `INSERT OR REPLACE INTO temp.inventory (folder_id, key, announced_size, internal_date, flags, keywords)
       VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.db.transaction(() => {
      for (const { key, announcedSize, internalDate, flags, keywords } of entries) {
        insert.run(folderId, key, announcedSize, internalDate, flagBits(flags), keywordsText(keywords));
      }
    })();
  }

  forget(folderId: number): void {
    this.db.prepare('DELETE FROM temp.inventory WHERE folder_id = ?').run(folderId);
  }

  found(folderId: number): number {
    return Number(this.db.prepare('SELECT count(*) FROM temp.inventory WHERE folder_id = ?').pluck().get(folderId));
  }

  /** Messages of the source that the archive holds under the same key, with their octets. */
  alreadyPresent(folderId: number): WorkAmount {
    return amountSchema.parse(
      this.db
        .prepare(
          `SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets
           FROM temp.inventory JOIN messages USING (folder_id, key) WHERE folder_id = ?`,
        )
        .get(folderId),
    );
  }

  /** What has to be fetched, with the octets the source announces for it. */
  missing(folderId: number): WorkAmount {
    return amountSchema.parse(
      this.db
        .prepare(
          `SELECT count(*) AS messages, coalesce(sum(announced_size), 0) AS octets FROM temp.inventory i ${missingWhere}`,
        )
        .get(folderId),
    );
  }

  /** The next messages to fetch behind `after` (0 at first), in the source's order. */
  missingPage(folderId: number, after: number, limit: number): (InventoryEntry & { readonly id: number })[] {
    const rows = this.db
      .prepare(`SELECT i.* FROM temp.inventory i ${missingWhere} AND i.id > ? ORDER BY i.id LIMIT ?`)
      .all(folderId, after, limit);
    return z
      .array(rowSchema)
      .parse(rows)
      .map(row => ({
        id: row.id,
        key: row.key,
        announcedSize: row.announced_size,
        internalDate: row.internal_date,
        ...attributesOf(row),
      }));
  }

  /** Archived messages whose flags or keywords are others now, behind message number `after`. */
  changedPage(folderId: number, after: number, limit: number): ChangedAttributes[] {
    const rows = this.db
      .prepare(
        `SELECT m.number, i.flags, i.keywords FROM messages m JOIN temp.inventory i USING (folder_id, key)
         WHERE m.folder_id = ? AND m.number > ? AND (m.flags <> i.flags OR m.keywords <> i.keywords)
         ORDER BY m.number LIMIT ?`,
      )
      .all(folderId, after, limit);
    return z
      .array(z.object({ number: z.int(), flags: z.int(), keywords: z.string() }))
      .parse(rows)
      .map(row => ({ number: row.number, ...attributesOf(row) }));
  }

  /** Archived messages that the source no longer has (`gone`), or has again (`back`). */
  presencePage(folderId: number, which: 'gone' | 'back', after: number, limit: number): number[] {
    const inInventory = 'EXISTS (SELECT 1 FROM temp.inventory i WHERE i.folder_id = m.folder_id AND i.key = m.key)';
    const condition =
      which === 'gone'
        ? `m.absent_since IS NULL AND NOT ${inInventory}`
        : `m.absent_since IS NOT NULL AND ${inInventory}`;
    const rows = this.db
      .prepare(
        `SELECT m.number FROM messages m WHERE m.folder_id = ? AND m.number > ? AND ${condition} ORDER BY m.number LIMIT ?`,
      )
      .pluck()
      .all(folderId, after, limit);
    return z.array(z.int()).parse(rows);
  }
}

export interface ChangedAttributes extends Pick<MessageAttributes, 'flags' | 'keywords'> {
  readonly number: number;
}

const missingWhere = `WHERE i.folder_id = ?
  AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.folder_id = i.folder_id AND m.key = i.key)`;

const amountSchema = z.object({ messages: z.int(), octets: z.int() });

const rowSchema = z.object({
  id: z.int(),
  key: z.string(),
  announced_size: z.int().nullable(),
  internal_date: z.string().nullable(),
  flags: z.int(),
  keywords: z.string(),
});

function attributesOf(row: { flags: number; keywords: string }): Pick<MessageAttributes, 'flags' | 'keywords'> {
  return { flags: flagsFromBits(row.flags), keywords: keywordsFromText(row.keywords) };
}
