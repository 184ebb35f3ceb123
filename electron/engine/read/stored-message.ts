import { createHash } from 'node:crypto';
import { TravasoError } from '../../../shared/errors.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { findMessage } from '../archive/catalogue/message-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import { MessageReader } from '../archive/message-reader.ts';

/** A message as the archive holds it. */
export interface StoredMessage {
  readonly folder: ArchivedFolder;
  readonly message: ArchivedMessage;
}

/** @throws ARCHIVE_FOLDER_UNKNOWN, ARCHIVE_MESSAGE_UNKNOWN */
export function storedMessage({ catalogue }: ArchiveFiles, folderId: number, number: number): StoredMessage {
  const folder = allFolders(catalogue.db).find(({ id }) => id === folderId);
  if (folder === undefined) throw new TravasoError('ARCHIVE_FOLDER_UNKNOWN');
  const message = findMessage(catalogue.db, folderId, number);
  if (message === null) throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN', { number });
  return { folder, message };
}

/** The exact octets, piece by piece. @throws ARCHIVE_FILE_MISSING, ARCHIVE_FILE_CHANGED */
export async function* storedOctets(files: ArchiveFiles, { folder, message }: StoredMessage): AsyncGenerator<Buffer> {
  const reader = new MessageReader(files);
  try {
    yield* reader.body(folder, message);
  } finally {
    await reader.close();
  }
}

/**
 * The exact octets, piece by piece, compared with what was written down when they came.
 *
 * @throws ARCHIVE_MESSAGE_CHANGED behind the last piece when they are others; ARCHIVE_FILE_MISSING, ARCHIVE_FILE_CHANGED
 */
export async function* provenOctets(files: ArchiveFiles, stored: StoredMessage): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of storedOctets(files, stored)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') === stored.message.sha256) return;
  const file = new MessageReader(files).fileOf(stored.folder, stored.message);
  throw new TravasoError('ARCHIVE_MESSAGE_CHANGED', { file });
}

/** The octets in one piece, at most `limit` of them. */
export async function octetsOf(files: ArchiveFiles, stored: StoredMessage, limit: number): Promise<Buffer> {
  const octets = Buffer.alloc(Math.min(limit, stored.message.size));
  let length = 0;
  for await (const piece of storedOctets(files, stored)) {
    length += piece.copy(octets, length);
    if (length >= octets.length) break;
  }
  return length === octets.length ? octets : octets.subarray(0, length);
}
