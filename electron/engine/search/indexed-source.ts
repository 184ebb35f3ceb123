import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { prepared } from '../archive/catalogue/prepared.ts';
import { emlPath, resolveIn } from '../archive/layout.ts';
import { MboxrdUnquoter } from '../archive/mboxrd.ts';
import { limits } from './limits.ts';

/** A message to be indexed, as the catalogue tells of it. */
export interface CataloguedMessage {
  readonly number: number;
  readonly size: number;
  readonly sha256: Uint8Array;
  readonly internalDate: string | null;
  /** Relative to the archive. */
  readonly file: string;
  readonly offset: number;
  readonly storedOctets: number;
}

const rowSchema = z.object({
  number: z.int(),
  size: z.int(),
  sha256: z.instanceof(Uint8Array),
  internal_date: z.string().nullable(),
  path: z.string().nullable(),
  offset: z.int(),
  stored_octets: z.int(),
});

/**
 * The next messages of a folder, committed ones only, all read at once: a reader that dawdles would keep the writer of
 * the catalogue from its next commit.
 */
export function nextMessages(
  catalogue: Database,
  folder: { readonly id: number; readonly stem: string },
  after: number,
  limit: number,
): CataloguedMessage[] {
  return prepared(
    catalogue,
    `SELECT m.number, m.size, m.sha256, m.internal_date, f.path, m.offset, m.stored_octets
       FROM messages m LEFT JOIN files f ON f.id = m.file_id
       WHERE m.folder_id = ? AND m.number > ? ORDER BY m.number LIMIT ?`,
  )
    .all(folder.id, after, limit)
    .map(row => {
      const parsed = rowSchema.parse(row);
      return {
        number: parsed.number,
        size: parsed.size,
        sha256: parsed.sha256,
        internalDate: parsed.internal_date,
        file: parsed.path ?? emlPath(folder.stem, parsed.number),
        offset: parsed.offset,
        storedOctets: parsed.stored_octets,
      };
    });
}

/**
 * Reads messages one after the other, synchronously: the thread has nothing else to do, and 300,000 promises are not
 * free. The mbox file read last stays open.
 */
export class SourceFiles {
  private readonly root: string;
  private open: { readonly path: string; readonly file: number } | null = null;

  constructor(root: string) {
    this.root = root;
  }

  /** The message's octets, or as many of them as `limit` allows. Throws what the system says. */
  read({ file, offset, storedOctets }: CataloguedMessage, limit: number = limits.messageOctets): Buffer {
    const path = resolveIn(this.root, file);
    if (this.open?.path !== path) {
      this.close();
      this.open = { path, file: openSync(path, 'r') };
    }
    const stored = Buffer.allocUnsafe(Math.min(storedOctets, limit));
    let length = 0;
    while (length < stored.length) {
      const read = readSync(this.open.file, stored, length, stored.length - length, offset + length);
      if (read === 0) break;
      length += read;
    }
    const octets = stored.subarray(0, length);
    if (path.endsWith('.eml')) return octets;
    const unquoter = new MboxrdUnquoter();
    const pieces = [...unquoter.push(octets), unquoter.end()];
    return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  }

  close(): void {
    if (this.open !== null) closeSync(this.open.file);
    this.open = null;
  }
}
