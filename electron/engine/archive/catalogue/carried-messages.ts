import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { TravasoError } from '../../../../shared/errors.ts';
import { messageFromRow } from './message-table.ts';
import type { ArchivedMessage, StoredFigures } from './message-table.ts';
import { prepared } from './prepared.ts';

/** What of an archive is restored. */
export interface ChosenMessages {
  /** Numbers by folder; null for all that the archive holds. */
  readonly numbers: ReadonlyMap<number, ReadonlySet<number>> | null;
  /** The person pointed at each of them: none is left out for being somewhere else, too. */
  readonly exact: boolean;
}

/**
 * The messages a job carries to a target or proves there, as the temporary view `carried`.
 *
 * A migration carries what the source still had when it was last read: a message moved within the old mailbox was
 * archived again where it went, and would arrive twice.
 *
 * A restore is another matter: it brings back what is lost, and a message that the old mailbox no longer has is often
 * the very one that is missed. So what was chosen goes, absent or not. Only where a search or a folder stands for many
 * messages, an absent one whose octets the choice holds as a present message too is taken for moved, and goes once.
 */
export class CarriedMessages {
  readonly isRestore: boolean;
  /** A restore of some messages, and not of whole folders. */
  readonly isOfMessages: boolean;
  /** See `ChosenMessages`. */
  readonly isExact: boolean;
  private readonly db: Database;

  /** @throws ARCHIVE_MESSAGE_UNKNOWN */
  constructor(db: Database, chosen: ChosenMessages | null = null) {
    this.db = db;
    this.isRestore = chosen !== null;
    this.isExact = chosen?.exact ?? false;
    this.isOfMessages = chosen !== null && chosen.numbers !== null;
    db.exec('DROP VIEW IF EXISTS temp.carried; DROP TABLE IF EXISTS temp.chosen;');
    if (chosen === null) {
      db.exec('CREATE TEMP VIEW carried AS SELECT * FROM messages WHERE absent_since IS NULL');
      return;
    }
    // Driven by what was chosen: one message of a folder of 300,000 is looked up and not searched for.
    db.exec(`
      CREATE TEMP TABLE chosen (
        folder_id INTEGER NOT NULL,
        number    INTEGER NOT NULL,
        PRIMARY KEY (folder_id, number)
      ) STRICT, WITHOUT ROWID;
      CREATE TEMP VIEW carried AS
        SELECT c.folder_id, c.number, m.key, m.size, m.sha256, m.internal_date, m.flags, m.keywords, m.file_id,
               m.offset, m.stored_octets, m.longest_line, m.nul, m.eight_bit_header, m.absent_since
        FROM temp.chosen c CROSS JOIN messages m ON m.folder_id = c.folder_id AND m.number = c.number;
    `);
    this.choose(chosen);
  }

  private choose({ numbers, exact }: ChosenMessages): void {
    const { db } = this;
    if (numbers === null) {
      db.exec('INSERT INTO temp.chosen SELECT folder_id, number FROM messages');
    } else {
      const find = db.prepare('SELECT 1 FROM messages WHERE folder_id = ? AND number = ?');
      const insert = db.prepare('INSERT INTO temp.chosen VALUES (?, ?)');
      db.transaction(() => {
        for (const [folderId, each] of numbers) {
          for (const number of each) {
            if (find.get(folderId, number) === undefined) throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN', { number });
            insert.run(folderId, number);
          }
        }
      })();
    }
    if (exact) return;
    db.exec(`
      DELETE FROM temp.chosen WHERE (folder_id, number) IN (
        SELECT folder_id, number FROM temp.carried
        WHERE absent_since IS NOT NULL AND sha256 IN (SELECT sha256 FROM temp.carried WHERE absent_since IS NULL)
      )
    `);
  }

  /** How much of a folder is carried. */
  figures(folderId: number): StoredFigures {
    return z
      .object({ messages: z.int(), octets: z.int() })
      .parse(
        prepared(
          this.db,
          'SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets FROM temp.carried WHERE folder_id = ?',
        ).get(folderId),
      );
  }

  has(folderId: number, number: number): boolean {
    return (
      prepared(this.db, 'SELECT 1 FROM temp.carried WHERE folder_id = ? AND number = ?').get(folderId, number) !==
      undefined
    );
  }

  /** In the order they were archived, read a page at a time, as `messagesOf` does. */
  *messagesOf(folderId: number, pageSize = 1000): Generator<ArchivedMessage> {
    for (let after = 0; ;) {
      const rows = prepared(
        this.db,
        'SELECT * FROM temp.carried WHERE folder_id = ? AND number > ? ORDER BY number LIMIT ?',
      )
        .all(folderId, after, pageSize)
        .map(messageFromRow);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  }

  /** Messages of a folder behind `after` that have no outcome at a target yet, or were set aside and may be tried again. */
  pending({
    targetId,
    folderId,
    after,
    limit,
  }: {
    readonly targetId: number;
    readonly folderId: number;
    readonly after: number;
    readonly limit: number;
  }): ArchivedMessage[] {
    return this.db
      .prepare(
        `SELECT m.* FROM temp.carried m LEFT JOIN uploads u
           ON u.target_id = ? AND u.folder_id = m.folder_id AND u.number = m.number
         WHERE m.folder_id = ? AND m.number > ? AND (u.state IS NULL OR u.state = 'set-aside')
         ORDER BY m.number LIMIT ?`,
      )
      .all(targetId, folderId, after, limit)
      .map(messageFromRow);
  }
}
