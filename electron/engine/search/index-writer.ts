import { deflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { prepared } from '../archive/catalogue/prepared.ts';
import { indexable, sortKey } from './fold.ts';
import type { MessageText } from './message-text.ts';
import { baseSubject, threadOf } from './threads.ts';

export interface IndexedMessage {
  readonly folderId: number;
  readonly number: number;
  readonly size: number;
  /** As in the catalogue. */
  readonly internalDate: string | null;
  readonly sha256: Uint8Array;
  readonly text: MessageText;
  /** What its documents hold. */
  readonly documents: string;
  /** It is no mail: it belongs to no conversation, and its text is kept. */
  readonly item?: true;
  readonly incomplete: string | null;
}

/** What a list shows is cut: nobody reads ten thousand recipients, and search finds them all the same. */
const shownSubject = 500;
const shownRecipients = 300;

/** Adds messages of one folder, in the order of their numbers, and notes how far it is. Call inside a transaction. */
export function addToIndex(db: Database, messages: readonly IndexedMessage[]): void {
  const last = messages.at(-1);
  if (last === undefined) return;
  const next = prepared(db, 'SELECT coalesce(max(id), 0) + 1 AS id FROM places').get() as { id: number };
  messages.forEach((message, index) => addMessage(db, next.id + index, message));
  prepared(
    db,
    `INSERT INTO progress VALUES (:folderId, :number, :messages, :sha256)
     ON CONFLICT (folder_id) DO UPDATE SET number = :number, messages = messages + :messages, sha256 = :sha256`,
  ).run({ folderId: last.folderId, number: last.number, messages: messages.length, sha256: last.sha256 });
}

function addMessage(db: Database, id: number, message: IndexedMessage): void {
  const { folderId, number, size, internalDate, text, documents, incomplete } = message;
  const { subject, from, recipients } = text;
  const thread = message.item === true ? id : threadOf(db, id, text);
  const kept = message.item === true ? text.body : documents;
  prepared(db, 'INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    id,
    folderId,
    number,
    writtenAt(text.date, internalDate),
    size,
    thread,
    text.attachments,
    incomplete,
  );
  prepared(db, 'INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    id,
    subject.slice(0, shownSubject),
    from.name,
    from.address,
    recipients.slice(0, shownRecipients),
    sortKey(baseSubject(subject)),
    sortKey(from.name === '' ? from.address : from.name),
  );
  const inside = [...text.inside, documents].join('\n');
  if (kept !== '') {
    prepared(db, 'INSERT INTO documents VALUES (?, ?)').run(id, deflateRawSync(kept, { level: 3 }));
  }
  prepared(
    db,
    'INSERT INTO words (rowid, subject, sender, recipients, body, files, inside) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(
    id,
    indexable(subject),
    indexable(`${from.name} ${from.address}`),
    indexable(recipients),
    indexable(text.body),
    indexable(text.files.join('\n')),
    indexable(inside),
  );
}

const firstBelievable = Date.UTC(1980, 0, 1);
const clockError = 2 * 24 * 3600 * 1000;

/**
 * Seconds since 1970 of the message's own date. Senders' clocks stand in 1970 or run years ahead: then it is when the
 * message arrived.
 */
export function writtenAt(date: number | null, internalDate: string | null): number | null {
  const arrived = internalDate === null ? Number.NaN : Date.parse(internalDate);
  const isBelievable =
    date !== null && date >= firstBelievable && (Number.isNaN(arrived) || date <= arrived + clockError);
  const known = isBelievable ? date : arrived;
  return Number.isNaN(known) ? null : Math.floor(known / 1000);
}
