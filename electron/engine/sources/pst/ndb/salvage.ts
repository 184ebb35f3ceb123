import { reasonOf } from '../damage.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import { parseBTreePage } from './page.ts';
import type { BTreeType } from './page.ts';
import { readWord } from './words.ts';

export interface SalvagedEntry {
  readonly key: number;
  readonly octets: Buffer;
  /** Block id of the page it lay on: the greater, the newer. */
  readonly pageBid: number;
}

const chunkBytes = 1024 * 1024;

/**
 * Looks through the whole file for leaf pages of one B-tree, for when the way to them is broken. Only pages whose
 * checksum holds are believed. Pages that the program had given up are found as well; of several entries with the
 * same key the one on the newest page is right, and an entry for a block that moved is found out at its trailer.
 */
export function* salvageEntries(reader: FileReader, format: FileFormat, type: BTreeType): Generator<SalvagedEntry> {
  const trailer = format.pageTrailerAt;
  const memory = Buffer.allocUnsafeSlow(chunkBytes);
  for (let start = 0; start < reader.size; start += chunkBytes) {
    const chunk = memory.subarray(0, reader.read(start, memory));
    for (let at = 0; at + format.pageBytes <= chunk.length; at += format.pageBytes) {
      if (chunk[at + trailer] !== type || chunk[at + trailer + 1] !== type) continue;
      // Copied, because entries are kept long after the chunk.
      yield* leafEntries(Buffer.from(chunk.subarray(at, at + format.pageBytes)), format, type);
    }
  }
}

function* leafEntries(octets: Buffer, format: FileFormat, type: BTreeType): Generator<SalvagedEntry> {
  try {
    const page = parseBTreePage(octets, format, type);
    if (!page.sound || page.level !== 0) return;
    for (let index = 0; index < page.count; index++) {
      const entry = octets.subarray(index * page.entryBytes, (index + 1) * page.entryBytes);
      yield { key: readWord(entry, 0, format), octets: entry, pageBid: page.bid };
    }
  } catch (error) {
    if (reasonOf(error) === null) throw error;
  }
}
