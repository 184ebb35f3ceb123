import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { MessageAttributes } from '../../../shared/model/message.ts';
import { flagBits, keywordsFromText, keywordsText } from '../archive/catalogue/message-table.ts';
import type { TargetFolder } from '../targets/mail-target.ts';

const rowSchema = z.object({ internal_date: z.string().nullable(), flags: z.int(), keywords: z.string() });

/** Flags, keywords and dates of a target folder, in a temporary table. */
export class TargetAttributes {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
    db.exec(`
      DROP TABLE IF EXISTS temp.attributes;
      CREATE TEMP TABLE attributes (key TEXT PRIMARY KEY, internal_date TEXT, flags INTEGER NOT NULL, keywords TEXT NOT NULL)
        STRICT, WITHOUT ROWID;
    `);
  }

  async load(folder: TargetFolder, signal: AbortSignal): Promise<void> {
    this.db.exec('DELETE FROM temp.attributes');
    const insert = this.db.prepare('INSERT OR REPLACE INTO temp.attributes VALUES (?, ?, ?, ?)');
    for await (const batch of folder.inventory(null, signal, () => false)) {
      this.db.transaction(() => {
        for (const { key, internalDate, flags, keywords } of batch) {
          insert.run(key, internalDate, flagBits(flags), keywordsText(keywords));
        }
      })();
    }
  }

  /** Which of date, flags and keywords the message does not have as it should. */
  differences(key: string, wanted: MessageAttributes, keepsKeyword: (keyword: string) => boolean): string[] {
    const row = this.db.prepare('SELECT internal_date, flags, keywords FROM temp.attributes WHERE key = ?').get(key);
    if (row === undefined) return [];
    const { internal_date: date, flags, keywords } = rowSchema.parse(row);
    const different: string[] = [];
    // To the second: INTERNALDATE has no finer grain (RFC 3501 section 2.3.3).
    if (wanted.internalDate !== null && seconds(date) !== seconds(wanted.internalDate)) different.push('date');
    if (flags !== flagBits(wanted.flags)) different.push('flags');
    // Keywords are case-insensitive: a server may spell one as it was first used in the folder.
    const there = new Set(keywordsFromText(keywords).map(keyword => keyword.toLowerCase()));
    const lacking = wanted.keywords.filter(keyword => keepsKeyword(keyword) && !there.has(keyword.toLowerCase()));
    if (lacking.length > 0) different.push('keywords');
    return different;
  }
}

function seconds(date: string | null): number | null {
  return date === null ? null : Math.floor(Date.parse(date) / 1000);
}
