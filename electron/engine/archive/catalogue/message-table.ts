import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { systemFlags } from '../../../../shared/model/message.ts';
import type { MessageAttributes, MessageTraits, SystemFlag } from '../../../../shared/model/message.ts';
import { prepared } from './prepared.ts';

/** A message as the archive holds it. `(folderId, number)` is its name for ever: in sidecars, ledger and reports. */
export interface ArchivedMessage extends MessageAttributes {
  readonly folderId: number;
  /** Counts from 1 within the folder, never reused. */
  readonly number: number;
  readonly key: string | null;
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** Row in `files`; null when the message is an EML file of its own. */
  readonly fileId: number | null;
  /** First octet of the message in its file (behind mbox's `From ` line). */
  readonly offset: number;
  /** Octets it takes there, mboxrd quotes included. */
  readonly storedOctets: number;
  readonly traits: MessageTraits;
  readonly absentSince: string | null;
}

const rowSchema = z.object({
  folder_id: z.int(),
  number: z.int(),
  key: z.string().nullable(),
  size: z.int(),
  sha256: z.instanceof(Uint8Array),
  internal_date: z.string().nullable(),
  flags: z.int(),
  keywords: z.string(),
  file_id: z.int().nullable(),
  offset: z.int(),
  stored_octets: z.int(),
  longest_line: z.int().nullable(),
  nul: z.int(),
  eight_bit_header: z.int(),
  absent_since: z.string().nullable(),
});

export function messageFromRow(row: unknown): ArchivedMessage {
  const parsed = rowSchema.parse(row);
  return {
    folderId: parsed.folder_id,
    number: parsed.number,
    key: parsed.key,
    size: parsed.size,
    sha256: Buffer.from(parsed.sha256).toString('hex'),
    internalDate: parsed.internal_date,
    flags: flagsFromBits(parsed.flags),
    keywords: keywordsFromText(parsed.keywords),
    fileId: parsed.file_id,
    offset: parsed.offset,
    storedOctets: parsed.stored_octets,
    traits: {
      ...(parsed.longest_line === null ? {} : { longestLine: parsed.longest_line }),
      ...(parsed.nul === 1 ? { nul: true } : {}),
      ...(parsed.eight_bit_header === 1 ? { eightBitHeader: true } : {}),
    },
    absentSince: parsed.absent_since,
  };
}

/** One bit per flag in the order of `systemFlags`. */
export function flagBits(flags: readonly SystemFlag[]): number {
  return flags.reduce((bits, flag) => bits | (1 << systemFlags.indexOf(flag)), 0);
}

export function flagsFromBits(bits: number): SystemFlag[] {
  return systemFlags.filter((_flag, index) => (bits & (1 << index)) !== 0);
}

/** Keywords are sorted, so equal lists are equal texts. Most messages have none: the empty text, not `[]`. */
export function keywordsText(keywords: readonly string[]): string {
  return keywords.length === 0 ? '' : JSON.stringify(keywords);
}

export function keywordsFromText(text: string): string[] {
  return text === '' ? [] : z.array(z.string()).parse(JSON.parse(text));
}

export function nextMessageNumber(db: Database, folderId: number): number {
  return Number(
    db.prepare('SELECT coalesce(max(number), 0) + 1 FROM messages WHERE folder_id = ?').pluck().get(folderId),
  );
}

/** Call inside a commit. */
export function insertMessages(db: Database, messages: readonly ArchivedMessage[]): void {
  const insert = db.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const message of messages) {
    insert.run(
      message.folderId,
      message.number,
      message.key,
      message.size,
      Buffer.from(message.sha256, 'hex'),
      message.internalDate,
      flagBits(message.flags),
      keywordsText(message.keywords),
      message.fileId,
      message.offset,
      message.storedOctets,
      message.traits.longestLine ?? null,
      message.traits.nul === true ? 1 : 0,
      message.traits.eightBitHeader === true ? 1 : 0,
      message.absentSince,
    );
  }
}

/** Remembers that the message's octets were put together from parts; what from is in the sidecar. */
export function noteSynthesised(db: Database, folderId: number, number: number): void {
  prepared(db, 'INSERT OR IGNORE INTO synthesised VALUES (?, ?)').run(folderId, number);
}

export function isSynthesised(db: Database, folderId: number, number: number): boolean {
  const find = prepared(db, 'SELECT 1 FROM synthesised WHERE folder_id = ? AND number = ?');
  return find.get(folderId, number) !== undefined;
}

export function synthesisedMessages(db: Database): number {
  return Number(db.prepare('SELECT count(*) FROM synthesised').pluck().get());
}

export function updateAttributes(
  db: Database,
  folderId: number,
  number: number,
  { flags, keywords }: Pick<MessageAttributes, 'flags' | 'keywords'>,
): void {
  prepared(db, 'UPDATE messages SET flags = ?, keywords = ? WHERE folder_id = ? AND number = ?').run(
    flagBits(flags),
    keywordsText(keywords),
    folderId,
    number,
  );
}

export function setAbsent(db: Database, folderId: number, number: number, since: string | null): void {
  prepared(db, 'UPDATE messages SET absent_since = ? WHERE folder_id = ? AND number = ?').run(since, folderId, number);
}

export function setKey(db: Database, folderId: number, number: number, key: string): void {
  prepared(db, 'UPDATE messages SET key = ?, absent_since = NULL WHERE folder_id = ? AND number = ?').run(
    key,
    folderId,
    number,
  );
}

/** After a change of generation no key means anything any more. */
export function forgetKeys(db: Database, folderId: number): void {
  db.prepare('UPDATE messages SET key = NULL WHERE folder_id = ? AND key IS NOT NULL').run(folderId);
}

export function findMessage(db: Database, folderId: number, number: number): ArchivedMessage | null {
  const row = prepared(db, 'SELECT * FROM messages WHERE folder_id = ? AND number = ?').get(folderId, number);
  return row === undefined ? null : messageFromRow(row);
}

/**
 * The messages of a folder in the order they were archived, read a page at a time: memory does not grow with the
 * folder, and the table may be written to between two pages.
 */
export function* messagesOf(db: Database, folderId: number, pageSize = 1000): Generator<ArchivedMessage> {
  const page = db.prepare('SELECT * FROM messages WHERE folder_id = ? AND number > ? ORDER BY number LIMIT ?');
  for (let after = 0; ;) {
    const rows = page.all(folderId, after, pageSize).map(messageFromRow);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.number;
  }
}

/** Messages of a folder whose octets some of the other folders hold too, as messages their source still has. */
export function alsoIn(db: Database, folderId: number, others: readonly number[]): number[] {
  const rows = db
    .prepare(
      `SELECT number FROM messages WHERE folder_id = ? AND absent_since IS NULL AND sha256 IN
         (SELECT sha256 FROM messages JOIN json_each(?) AS other ON folder_id = other.value WHERE absent_since IS NULL)
       ORDER BY number`,
    )
    .pluck()
    .all(folderId, JSON.stringify(others));
  return z.array(z.int()).parse(rows);
}

/** What there is to carry over: the messages the source still had when it was last read. */
export function presentFigures(db: Database, folderId: number): StoredFigures {
  return z.object({ messages: z.int(), octets: z.int() }).parse(
    db
      .prepare(
        `SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets FROM messages
           WHERE folder_id = ? AND absent_since IS NULL`,
      )
      .get(folderId),
  );
}

export interface StoredFigures {
  readonly messages: number;
  readonly octets: number;
}

/** What the archive holds of a folder, counted in the table. */
export function storedFigures(db: Database, folderId: number): StoredFigures {
  return z
    .object({ messages: z.int(), octets: z.int() })
    .parse(
      db
        .prepare('SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets FROM messages WHERE folder_id = ?')
        .get(folderId),
    );
}
