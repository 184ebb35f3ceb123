import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { contentDigest } from '../message/content-digest.ts';
import { messageIdentity } from '../message/identity.ts';
import type { TargetFolder } from '../targets/mail-target.ts';

/** How a message at the target was found to be one of ours. */
export type Match = { readonly key: string; readonly by: 'bytes' | 'parts' };

/**
 * Messages of a target folder that no ledger row accounts for: sent before an answer was lost, brought by an earlier
 * run or another program, or simply new. Each can be claimed by one archived message, so that true duplicates stay as
 * many as they are. Kept in a temporary table: a folder may hold hundreds of thousands.
 */
export class TargetCandidates {
  private readonly db: Database;
  private readonly reader: MessageReader;
  private count = 0;

  constructor(db: Database, reader: MessageReader) {
    this.db = db;
    this.reader = reader;
    db.exec(`
      DROP TABLE IF EXISTS temp.candidates;
      CREATE TEMP TABLE candidates (
        key      TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        size     INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX temp.candidates_by_identity ON candidates (identity, position);
    `);
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Reads the target folder from `since` on (null: all of it), leaving out what the ledger accounts for. */
  async load(
    folder: TargetFolder,
    name: string,
    ledger: UploadLedger,
    since: string | null,
    signal: AbortSignal,
  ): Promise<void> {
    this.db.exec('DELETE FROM temp.candidates');
    this.count = 0;
    const insert = this.db.prepare('INSERT OR REPLACE INTO temp.candidates VALUES (?, ?, ?, ?)');
    for await (const batch of folder.inventory(since, signal)) {
      this.db.transaction(() => {
        for (const { key, identity, size } of batch) {
          if (ledger.isClaimed(name, folder.generation, key)) continue;
          insert.run(key, this.count, identity, size);
          this.count += 1;
        }
      })();
    }
  }

  /**
   * Finds archived messages among the candidates and takes them out. The header finds a candidate, the octets decide:
   * two messages without Message-ID may share every header field and still be two.
   *
   * @param keepsBytes whether the target gives back the octets it was given; otherwise equal content is enough
   */
  async claim(
    folder: ArchivedFolder,
    messages: readonly ArchivedMessage[],
    target: TargetFolder,
    signal: AbortSignal,
  ): Promise<Map<number, Match>> {
    const found = new Map<number, Match>();
    const wanted: { message: ArchivedMessage; keys: string[] }[] = [];
    for (const message of messages) {
      const identity = messageIdentity(await this.reader.header(folder, message));
      const keys = this.keysOf(identity, message.size);
      if (keys.length > 0) wanted.push({ message, keys });
    }
    if (wanted.length === 0) return found;
    const contents = await this.readCandidates([...new Set(wanted.flatMap(({ keys }) => keys))], target, signal);
    // Exact octets first: a rewritten copy must not take the place that belongs to an untouched one.
    for (const by of ['bytes', 'parts'] as const) {
      for (const { message, keys } of wanted) {
        if (found.has(message.number)) continue;
        const key = await this.firstMatch(folder, message, keys, contents, by);
        if (key === null) continue;
        found.set(message.number, { key, by });
        contents.delete(key);
        this.db.prepare('DELETE FROM temp.candidates WHERE key = ?').run(key);
        this.count -= 1;
      }
    }
    return found;
  }

  /** The likeliest first: those of the same size. Bounded, because a mailbox may hold a thousand equal reminders. */
  private keysOf(identity: string, size: number): string[] {
    return z
      .array(z.string())
      .parse(
        this.db
          .prepare('SELECT key FROM temp.candidates WHERE identity = ? ORDER BY size IS NOT ?, position LIMIT 50')
          .pluck()
          .all(identity, size),
      );
  }

  private async readCandidates(
    keys: readonly string[],
    target: TargetFolder,
    signal: AbortSignal,
  ): Promise<Map<string, CandidateContent>> {
    const contents = new Map<string, CandidateContent>();
    for await (const { key, body } of target.fetch(keys, signal)) {
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of body) {
        hash.update(piece);
        size += piece.length;
      }
      contents.set(key, { sha256: hash.digest('hex'), size, digest: () => digestAt(target, key, size, signal) });
    }
    return contents;
  }

  private async firstMatch(
    folder: ArchivedFolder,
    message: ArchivedMessage,
    keys: readonly string[],
    contents: ReadonlyMap<string, CandidateContent>,
    by: Match['by'],
  ): Promise<string | null> {
    for (const key of keys) {
      const content = contents.get(key);
      if (content === undefined) continue;
      if (by === 'bytes') {
        if (content.sha256 === message.sha256) return key;
        continue;
      }
      const ours = await contentDigest(this.reader.body(folder, message), message.size);
      if (ours !== null && ours === (await content.digest())) return key;
    }
    return null;
  }
}

interface CandidateContent {
  readonly sha256: string;
  readonly size: number;
  /** Reads the message again: rewritten copies are rare, and most are decided by their hash. */
  readonly digest: () => Promise<string | null>;
}

async function digestAt(target: TargetFolder, key: string, size: number, signal: AbortSignal): Promise<string | null> {
  for await (const { body } of target.fetch([key], signal)) return await contentDigest(body, size);
  return null;
}
