import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../shared/errors.ts';
import { hashHeader } from './content-keys.ts';
import type { OpenFile, TreeFile } from './file-tree.ts';
import { octetsOf } from './file-tree.ts';
import { fileReason } from './file-problem.ts';
import { isoFromMailDate } from './mail-date.ts';
import { thunderbirdNotes } from './program-notes.ts';
import type { ProgramNotes } from './program-notes.ts';
import { headerEnd, headerLimit, parseRawHeader } from './raw-header.ts';
import type { RawHeader } from './raw-header.ts';

/** 128 bits: no two of any number of messages meet by chance. */
const keyOctets = 16;

/** What a file that holds one message says about it. */
export interface MessageFileFacts {
  readonly header: RawHeader;
  readonly notes: ProgramNotes;
  /** Hexadecimal, over all octets but those in which a mail program noted the message's state. */
  readonly digest: string;
}

/** Reads the message between two places of a file through once. */
export async function readMessageFacts(file: OpenFile, start: number, end: number): Promise<MessageFileFacts> {
  const head = await file.read(start, Math.min(headerLimit, end - start));
  const headerOctets = headerEnd(head) ?? head.length;
  const header = parseRawHeader(head.subarray(0, headerOctets));
  const notes = thunderbirdNotes(header);
  const hash = hashHeader(head.subarray(0, headerOctets), notes.fields);
  hash.update(head.subarray(headerOctets));
  for await (const piece of octetsOf(file, start + head.length, end)) hash.update(piece);
  return { header, notes, digest: hash.digest().subarray(0, keyOctets).toString('hex') };
}

/**
 * When a message in a file of its own came in: Received, then Date, then the file's time. The file's time is last because
 * a copied tree shows when it was copied.
 */
export function messageFileDate(header: RawHeader, modified: Date | null): string | null {
  return (
    isoFromMailDate(header.first('received') ?? '') ??
    isoFromMailDate(header.first('date') ?? '') ??
    isoFromDate(modified)
  );
}

export function isoFromDate(date: Date | null): string | null {
  return date === null || Number.isNaN(date.getTime()) ? null : `${date.toISOString().slice(0, 19)}+00:00`;
}

/** The octets of a message in a file of its own. Throws `MESSAGE_UNREADABLE` where the file cannot be read any more. */
export async function* messageFileOctets(
  file: TreeFile,
  range: { readonly start: number; readonly end: number },
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const unreadable = (reason: string, cause?: unknown) =>
    new TravasoError('MESSAGE_UNREADABLE', { folder, file: file.path.join('/'), reason }, { cause });
  let opened: OpenFile;
  try {
    opened = await file.open();
  } catch (error) {
    throw unreadable(fileReason(error) ?? 'not-readable', error);
  }
  try {
    for await (const piece of octetsOf(opened, range.start, range.end)) {
      signal.throwIfAborted();
      yield piece;
    }
    if (await opened.changed()) throw unreadable('file-changed');
  } finally {
    await opened.close();
  }
}

/** Equal as long as no file of a folder was added, removed or written to. */
export function filesMark(files: readonly TreeFile[]): string {
  const hash = createHash('sha256');
  for (const { path, size, modified } of files)
    hash.update(`${path.join('/')}\0${size}\0${modified?.getTime() ?? ''}\n`);
  return hash.digest('hex').slice(0, 32);
}
