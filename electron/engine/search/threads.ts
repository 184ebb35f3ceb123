import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { prepared } from '../archive/catalogue/prepared.ts';
import { fold } from './fold.ts';
import type { MessageHead } from './message-text.ts';

/** What programs put before the subject of an answer or a forwarded message, in the languages met here. */
const answerPrefix = /^\s*(?:(?:re|r|rif|ris|i|fw|fwd|inoltro|aw|wg|tr)(?:\[\d+\])?\s*:\s*)+/i;

export function baseSubject(subject: string): string {
  return subject.replace(answerPrefix, '').trim();
}

/** A short subject ("ok", "ciao") says nothing about what belongs together. */
const tellingSubject = 8;

/**
 * The conversation of a message: whatever one chain of References or In-Reply-To ties together, in whichever order the
 * messages are met; one that names nobody, but answers by its subject, goes to the messages of that subject. Call inside
 * the transaction that inserts message `id`.
 *
 * @returns the number of the conversation: the smallest id met in it
 */
export function threadOf(db: Database, id: number, head: MessageHead): number {
  const keys = new Set([...(head.messageId === null ? [] : [head.messageId]), ...head.references].map(hashOf));
  const base = fold(baseSubject(head.subject));
  const subjectKey = base.length >= tellingSubject ? hashOf(`subject:${base}`) : null;
  const isAnswer = answerPrefix.test(head.subject);

  const met = new Set<number>();
  for (const key of keys) {
    const thread = lookUp(db, key);
    if (thread !== null) met.add(thread);
  }
  if (met.size === 0 && head.references.length === 0 && isAnswer && subjectKey !== null) {
    const thread = lookUp(db, subjectKey);
    if (thread !== null) met.add(thread);
  }
  const thread = met.size === 0 ? id : Math.min(...met);
  for (const other of met) if (other !== thread) merge(db, other, thread);
  const insert = prepared(db, 'INSERT OR IGNORE INTO thread_keys VALUES (?, ?)');
  for (const key of keys) insert.run(key, thread);
  if (subjectKey !== null) insert.run(subjectKey, thread);
  return thread;
}

function lookUp(db: Database, key: number): number | null {
  const row = prepared(db, 'SELECT thread FROM thread_keys WHERE hash = ?').get(key) as { thread: number } | undefined;
  return row === undefined ? null : rootOfCutShort(db, row.thread);
}

/** The conversation that the one of this number has become part of. */
export function rootOf(db: Database, thread: number): number {
  const next = prepared(db, 'SELECT merged_into FROM thread_merges WHERE thread = ?');
  for (let root = thread; ;) {
    const row = next.get(root) as { merged_into: number } | undefined;
    if (row === undefined) return root;
    root = row.merged_into;
  }
}

/**
 * Only notes it: to change every message would make a long conversation that keeps meeting others cost its square. The way
 * to the root is cut short whenever it is gone.
 */
function merge(db: Database, thread: number, into: number): void {
  prepared(db, 'INSERT INTO thread_merges VALUES (?, ?)').run(thread, into);
}

function rootOfCutShort(db: Database, thread: number): number {
  const root = rootOf(db, thread);
  const next = prepared(db, 'SELECT merged_into FROM thread_merges WHERE thread = ?');
  for (let at = thread; at !== root;) {
    const { merged_into: behind } = next.get(at) as { merged_into: number };
    if (behind !== root) prepared(db, 'UPDATE thread_merges SET merged_into = ? WHERE thread = ?').run(root, at);
    at = behind;
  }
  return root;
}

/** Folder and number of the messages of a conversation, oldest first, at most `limit`. */
export function messagesOfThread(db: Database, root: number, limit: number): [folderId: number, number: number][] {
  return db
    .prepare(
      `WITH RECURSIVE merged (thread) AS (
         SELECT :root UNION SELECT m.thread FROM merged JOIN thread_merges m ON m.merged_into = merged.thread
       )
       SELECT p.folder_id, p.number FROM merged JOIN places p ON p.thread = merged.thread
         ORDER BY p.date, p.id LIMIT :limit`,
    )
    .raw()
    .all({ root, limit }) as [number, number][];
}

/** 48 bits: among a million Message-IDs, two share a number once in five hundred mailboxes, and are then one thread. */
function hashOf(text: string): number {
  return createHash('sha1').update(text).digest().readUIntBE(0, 6);
}
