import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import { onDisk } from './disk-problem.ts';
import { MboxrdUnquoter } from './mboxrd.ts';

const pieceOctets = 256 * 1024;

export interface StoredRange {
  readonly offset: number;
  readonly storedOctets: number;
}

/**
 * The exact octets of a message from the file that holds it.
 *
 * @throws ARCHIVE_FILE_MISSING, ARCHIVE_FILE_CHANGED when the file ends before the message does
 */
export async function* readStored(path: string, range: StoredRange): AsyncGenerator<Buffer> {
  const handle = await openStored(path);
  try {
    yield* readFrom(handle, path, range);
  } finally {
    await handle.close();
  }
}

/** Opens a mail file for `readFrom`. */
export async function openStored(path: string): Promise<FileHandle> {
  try {
    return await onDisk(path, () => open(path, 'r'));
  } catch (error) {
    if (error instanceof TravasoError && error.problem.details['systemCode'] === 'ENOENT') {
      throw new TravasoError('ARCHIVE_FILE_MISSING', { file: path }, { cause: error });
    }
    throw error;
  }
}

export async function* readFrom(handle: FileHandle, path: string, range: StoredRange): AsyncGenerator<Buffer> {
  const unquoter = path.endsWith('.eml') ? null : new MboxrdUnquoter();
  const end = range.offset + range.storedOctets;
  for (let position = range.offset; position < end;) {
    const wanted = Math.min(pieceOctets, end - position);
    const buffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await onDisk(path, () => handle.read(buffer, 0, wanted, position));
    if (bytesRead === 0) throw new TravasoError('ARCHIVE_FILE_CHANGED', { file: path });
    position += bytesRead;
    const piece = buffer.subarray(0, bytesRead);
    if (unquoter === null) yield piece;
    else yield* unquoter.push(piece);
  }
  const rest = unquoter?.end();
  if (rest !== undefined && rest.length > 0) yield rest;
}
