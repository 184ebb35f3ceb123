import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { messageContent, sameContent, type MessageContent } from '../message/content-digest.ts';
import { messageIdentity } from '../message/identity.ts';
import type { TargetFolder } from '../targets/mail-target.ts';
import type { SentCopy } from './sent-copy.ts';

/** How a message at the target was found to be one of ours. */
export type Match = { readonly key: string; readonly by: 'bytes' | 'parts' };

/**
 * Messages of a target folder that no ledger row accounts for: sent before an answer was lost, brought by an earlier
 * run or another program, or simply new. Each can be claimed by one archived message, so that true duplicates stay as
 * many as they are. Kept in a temporary table: a folder may hold hundreds of thousands.
 */
export class TargetCandidates {
  private readonly db: Database;
  private readonly table: string;
  private count = 0;
  /** The folder whose octets `archived_octets` names. */
  private octetsOf: number | null = null;

  /** @param table several can live side by side on one connection, each with a table of its own */
  constructor(db: Database, table: 'candidates' | 'sent' = 'candidates') {
    this.db = db;
    this.table = table;
    db.exec(`
      DROP TABLE IF EXISTS temp.${table};
      CREATE TEMP TABLE ${table} (
        key      TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        identity TEXT NOT NULL,
        -- As announced; as received once it was read.
        size     INTEGER,
        sha256   TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX temp.${table}_by_identity ON ${table} (identity, position);
      CREATE TEMP TABLE IF NOT EXISTS archived_octets (sha256 BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
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
    this.db.exec(`DELETE FROM temp.${this.table}`);
    this.count = 0;
    const insert = this.db.prepare(`INSERT OR REPLACE INTO temp.${this.table} VALUES (?, ?, ?, ?, NULL)`);
    const isFree = (key: string): boolean => !ledger.isClaimed(name, folder.generation, key);
    for await (const batch of folder.inventory(since, signal, isFree)) {
      this.db.transaction(() => {
        for (const { key, identity, size } of batch) {
          if (!isFree(key)) continue;
          insert.run(key, this.count, identity, size);
          this.count += 1;
        }
      })();
    }
  }

  /**
   * Finds archived messages among the candidates and takes them out. The header finds a candidate, the octets decide:
   * two messages without Message-ID may share every header field and still be two. Exact octets first: a rewritten
   * copy must not take the place that belongs to an untouched one.
   *
   * @param copies as they were sent
   * @param among `all`: the candidates are few, and one of them may carry a header that the server changed beyond
   *   recognition (a Message-ID where there was none), so that its content alone has to do
   */
  async claim(
    folder: ArchivedFolder,
    copies: readonly SentCopy[],
    target: TargetFolder,
    signal: AbortSignal,
    among: 'alike' | 'all' = 'alike',
  ): Promise<Map<number, Match>> {
    const found = new Map<number, Match>();
    const wanted: Wanted[] = [];
    const nameOf = (header: Buffer): string => target.identityOf?.(header) ?? messageIdentity(header);
    for (const copy of copies) {
      const identity = nameOf(await copy.header());
      if (this.likeliest(identity, copy.size).length > 0) wanted.push({ copy, identity });
    }
    const claimEqual = (): void => {
      for (const { copy, identity } of wanted) {
        const key = found.has(copy.number) ? null : this.keyOfEqual(identity, copy.sha256);
        if (key !== null) this.take(found, copy, { key, by: 'bytes' });
      }
    };
    // All of the same size, however many: a mailbox may hold a thousand equal reminders, and each is one message.
    const sameSize = wanted.flatMap(({ copy, identity }) => this.unreadOfSize(identity, copy.size));
    await this.readCandidates(sameSize, target, signal);
    claimEqual();

    const left = (): Wanted[] => wanted.filter(({ copy }) => !found.has(copy.number));
    const unread = left().flatMap(({ copy, identity }) =>
      this.likeliest(identity, copy.size).filter(candidate => candidate.sha256 === null),
    );
    await this.readCandidates(
      unread.map(candidate => candidate.key),
      target,
      signal,
    );
    claimEqual();

    const contents: Contents = new Map();
    const claimAlike = async (copy: SentCopy, candidates: readonly Candidate[]): Promise<void> => {
      const key = await this.keyOfSameContent(folder, copy, candidates, { target, contents, signal });
      if (key !== null) this.take(found, copy, { key, by: 'parts' });
    };
    for (const { copy, identity } of left()) await claimAlike(copy, this.likeliest(identity, copy.size));
    if (among === 'all') {
      await this.readCandidates(
        this.all().flatMap(({ key, sha256 }) => (sha256 === null ? [key] : [])),
        target,
        signal,
      );
      for (const copy of copies) if (!found.has(copy.number)) await claimAlike(copy, this.all());
    }
    return found;
  }

  private take(found: Map<number, Match>, { number }: SentCopy, match: Match): void {
    found.set(number, match);
    this.db.prepare(`DELETE FROM temp.${this.table} WHERE key = ?`).run(match.key);
    this.count -= 1;
  }

  private keyOfEqual(identity: string, sha256: string): string | null {
    const key = this.db
      .prepare(`SELECT key FROM temp.${this.table} WHERE identity = ? AND sha256 = ? ORDER BY position LIMIT 1`)
      .pluck()
      .get(identity, sha256);
    return typeof key === 'string' ? key : null;
  }

  private unreadOfSize(identity: string, size: number): string[] {
    return z
      .array(z.string())
      .parse(
        this.db
          .prepare(
            `SELECT key FROM temp.${this.table} WHERE identity = ? AND size = ? AND sha256 IS NULL ORDER BY position`,
          )
          .pluck()
          .all(identity, size),
      );
  }

  /** Those of the same size first. Bounded: only copies that a server rewrote, or whose size it misstates, need more. */
  private likeliest(identity: string, size: number): Candidate[] {
    return z
      .array(candidateSchema)
      .parse(
        this.db
          .prepare(
            `SELECT key, size, sha256 FROM temp.${this.table} WHERE identity = ? ORDER BY size IS NOT ?, position LIMIT 50`,
          )
          .all(identity, size),
      );
  }

  private all(): Candidate[] {
    const all = `SELECT key, size, sha256 FROM temp.${this.table} ORDER BY position LIMIT 500`;
    return z.array(candidateSchema).parse(this.db.prepare(all).all());
  }

  private async readCandidates(keys: readonly string[], target: TargetFolder, signal: AbortSignal): Promise<void> {
    if (keys.length === 0) return;
    const update = this.db.prepare(`UPDATE temp.${this.table} SET size = ?, sha256 = ? WHERE key = ?`);
    for await (const { key, body } of target.fetch([...new Set(keys)], signal)) {
      const hash = createHash('sha256');
      let size = 0;
      for await (const piece of body) {
        hash.update(piece);
        size += piece.length;
      }
      update.run(size, hash.digest('hex'), key);
    }
  }

  private isArchived({ id }: ArchivedFolder, sha256: string): boolean {
    if (this.octetsOf !== id) {
      this.db.exec('DELETE FROM temp.archived_octets');
      const fill = 'INSERT OR IGNORE INTO temp.archived_octets SELECT sha256 FROM messages WHERE folder_id = ?';
      this.db.prepare(fill).run(id);
      this.octetsOf = id;
    }
    const look = this.db.prepare('SELECT 1 FROM temp.archived_octets WHERE sha256 = ?');
    return look.get(Buffer.from(sha256, 'hex')) !== undefined;
  }

  private async keyOfSameContent(
    folder: ArchivedFolder,
    copy: SentCopy,
    alike: readonly Candidate[],
    { target, contents, signal }: { target: TargetFolder; contents: Contents; signal: AbortSignal },
  ): Promise<string | null> {
    // One that is another archived message octet for octet is that message, and not a rewritten copy of this one.
    const candidates = alike.filter(({ sha256 }) => sha256 !== null && !this.isArchived(folder, sha256));
    if (candidates.length === 0) return null;
    const ours = await messageContent(copy.body(), copy.size);
    if (ours === null) return null;
    for (const { key, size } of candidates) {
      const theirs = contents.has(key) ? contents.get(key) : await contentAt(target, key, size ?? 0, signal);
      contents.set(key, theirs ?? null);
      if (theirs !== null && theirs !== undefined && sameContent(ours, theirs)) return key;
    }
    return null;
  }
}

interface Wanted {
  readonly copy: SentCopy;
  readonly identity: string;
}

/** What candidates were found to say, by key. */
type Contents = Map<string, MessageContent | null>;

const candidateSchema = z.object({ key: z.string(), size: z.int().nullable(), sha256: z.string().nullable() });
type Candidate = z.infer<typeof candidateSchema>;

async function contentAt(
  target: TargetFolder,
  key: string,
  size: number,
  signal: AbortSignal,
): Promise<MessageContent | null> {
  for await (const { body } of target.fetch([key], signal)) return await messageContent(body, size);
  return null;
}
