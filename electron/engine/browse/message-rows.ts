import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { MessageRow } from '../../../shared/model/message-list.ts';
import { flagsFromBits, keywordsFromText } from '../archive/catalogue/message-table.ts';
import { prepared } from '../archive/catalogue/prepared.ts';
import { limits } from '../search/limits.ts';
import { nextMessages } from '../search/indexed-source.ts';
import type { SourceFiles } from '../search/indexed-source.ts';
import { writtenAt } from '../search/index-writer.ts';
import { messageHead } from '../search/message-text.ts';
import { rootOf } from '../search/threads.ts';
import { splitMessage } from '../search/mime/header-section.ts';

const catalogued = z.object({
  size: z.int(),
  internal_date: z.string().nullable(),
  flags: z.int(),
  keywords: z.string(),
  absent_since: z.string().nullable(),
  stem: z.string(),
});

const headSchema = z.object({
  date: z.int().nullable(),
  thread: z.int(),
  attachments: z.int(),
  subject: z.string(),
  from_name: z.string(),
  from_address: z.string(),
  recipients: z.string(),
});

export interface RowMeans {
  readonly catalogue: Database;
  /** Null where there is none, or it does not hold the message. */
  readonly index: Database | null;
  readonly files: SourceFiles;
}

/**
 * A message as a list shows it: what may change (flags, whether the source still has it) from the catalogue, the rest from
 * the index, or from the message's own header while it is not indexed. Null when the archive does not hold it.
 */
export function messageRow(means: RowMeans, folderId: number, number: number): MessageRow | null {
  const row = prepared(
    means.catalogue,
    `SELECT m.size, m.internal_date, m.flags, m.keywords, m.absent_since, f.stem
       FROM messages m JOIN folders f ON f.id = m.folder_id WHERE m.folder_id = ? AND m.number = ?`,
  ).get(folderId, number);
  if (row === undefined) return null;
  const known = catalogued.parse(row);
  return {
    folder: folderId,
    number,
    size: known.size,
    flags: flagsFromBits(known.flags),
    keywords: keywordsFromText(known.keywords),
    absent: known.absent_since !== null,
    ...(fromIndex(means.index, folderId, number) ?? fromHeader(means, folderId, number, known)),
  };
}

type Head = Pick<MessageRow, 'subject' | 'from' | 'to' | 'date' | 'attachments' | 'thread'>;

function fromIndex(index: Database | null, folderId: number, number: number): Head | null {
  if (index === null) return null;
  const row = prepared(
    index,
    `SELECT p.date, p.thread, p.attachments, h.subject, h.from_name, h.from_address, h.recipients
       FROM places p JOIN heads h ON h.id = p.id WHERE p.folder_id = ? AND p.number = ?`,
  ).get(folderId, number);
  if (row === undefined) return null;
  const head = headSchema.parse(row);
  return {
    subject: head.subject,
    from: { name: head.from_name, address: head.from_address },
    to: head.recipients,
    date: isoDate(head.date),
    attachments: head.attachments,
    thread: rootOf(index, head.thread),
  };
}

/** Enough for what a list shows; a longer header begins with what servers added. */
const headerOctets = 64 * 1024;

function fromHeader(
  { catalogue, files }: RowMeans,
  folderId: number,
  number: number,
  { internal_date: internalDate, stem }: z.infer<typeof catalogued>,
): Head {
  const [message] = nextMessages(catalogue, { id: folderId, stem }, number - 1, 1);
  let header: Buffer = Buffer.alloc(0);
  try {
    if (message !== undefined) header = files.read(message, Math.min(headerOctets, limits.headerOctets));
  } catch {
    // Its file is gone: the list still shows that it was there.
  }
  const head = messageHead(splitMessage(header).header);
  return {
    subject: head.subject,
    from: head.from,
    to: head.recipients.slice(0, 300),
    date: isoDate(writtenAt(head.date, internalDate)),
    attachments: null,
    thread: null,
  };
}

export function isoDate(seconds: number | null): string | null {
  if (seconds === null) return null;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
