import { damaged } from '../damage.ts';
import { pstChecksum } from './checksum.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import type { Slab } from './slab.ts';
import { readWord } from './words.ts';

/** [MS-PST] 2.2.2.7.1: the two B-trees' page types. */
export const pageTypes = { blockBTree: 0x80, nodeBTree: 0x81 } as const;
export type BTreeType = (typeof pageTypes)[keyof typeof pageTypes];

/** A page of a B-tree ([MS-PST] 2.2.2.7.7.1). Level 0 holds the entries proper, the others references to pages. */
export interface BTreePage {
  readonly octets: Buffer;
  readonly level: number;
  readonly count: number;
  readonly entryBytes: number;
  readonly bid: number;
  readonly sound: boolean;
}

/** No tree is deeper: 20 entries a page and 2^64 keys. */
const deepestLevel = 16;

/**
 * Reads one page. A wrong checksum alone is not fatal (`sound`): files written by other programs carry wrong ones, and
 * a wrong entry is found out when the page or block it names has another id. Throws damage.
 */
export function readBTreePage(
  reader: FileReader,
  format: FileFormat,
  type: BTreeType,
  offset: number,
  slab: Slab,
): BTreePage {
  const octets = slab.take(format.pageBytes);
  if (reader.read(offset, octets) < format.pageBytes) throw damaged('page-unreadable');
  return parseBTreePage(octets, format, type);
}

export function parseBTreePage(octets: Buffer, format: FileFormat, type: BTreeType): BTreePage {
  if (octets.length < format.pageBytes) throw damaged('page-unreadable');
  const trailer = format.pageTrailerAt;
  // Either copy of the type will do: one flipped bit must not cost a whole branch.
  if (octets[trailer] !== type && octets[trailer + 1] !== type) throw damaged('page-type');
  const counts = format.pageCountsAt;
  const two = format.pageCountBytes === 2;
  const count = two ? octets.readUInt16LE(counts) : octets.readUInt8(counts);
  const entryBytes = octets.readUInt8(counts + (two ? 4 : 2));
  const level = octets.readUInt8(counts + (two ? 5 : 3));
  const least = entrySize(format, type, level);
  if (level > deepestLevel || entryBytes < least || count * entryBytes > counts) throw damaged('page-malformed');
  const narrow = format.wordBytes === 4;
  const checksum = octets.readUInt32LE(trailer + (narrow ? 8 : 4));
  return {
    octets,
    level,
    count,
    entryBytes,
    bid: readWord(octets, trailer + (narrow ? 4 : 8), format),
    sound: pstChecksum(octets.subarray(0, trailer)) === checksum,
  };
}

/** Octets of BTENTRY, NBTENTRY and BBTENTRY ([MS-PST] 2.2.2.7.7.2 to .4). */
function entrySize(format: FileFormat, type: BTreeType, level: number): number {
  const narrow = format.wordBytes === 4;
  if (level === 0 && type === pageTypes.nodeBTree) return narrow ? 16 : 28;
  return narrow ? 12 : level === 0 ? 20 : 24;
}
