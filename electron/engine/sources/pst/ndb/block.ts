import { inflateSync } from 'node:zlib';
import { damaged } from '../damage.ts';
import { pstChecksum } from './checksum.ts';
import { cryptMethods, decodeCyclic, decodePermute } from './decode-block.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import type { PstHeader } from './header.ts';
import type { Slab } from './slab.ts';
import { isInternalBlock, readWord, sameBlock } from './words.ts';

/** BBTENTRY ([MS-PST] 2.2.2.7.7.3): where a block lies. */
export interface BlockEntry {
  readonly bid: number;
  readonly offset: number;
  /** Octets stored, without padding and trailer. */
  readonly bytes: number;
  /** Octets after inflating; differs from `bytes` only in the 4K layout, where blocks may be zlib streams. */
  readonly inflatedBytes: number;
}

export function parseBlockEntry(octets: Buffer, at: number, format: FileFormat): BlockEntry {
  const sizes = at + 2 * format.wordBytes;
  const bytes = octets.readUInt16LE(sizes);
  return {
    bid: readWord(octets, at, format),
    offset: readWord(octets, at + format.wordBytes, format),
    bytes,
    inflatedBytes: format.name === 'unicode-4k' ? octets.readUInt16LE(sizes + 2) : bytes,
  };
}

/** The block's own octets: found, checked against its trailer ([MS-PST] 2.2.2.8.1), inflated and decoded. */
export interface Block {
  readonly octets: Buffer;
  /** False when the octets do not have the checksum, or not the id, that the trailer says. */
  readonly sound: boolean;
}

/** Throws damage. */
export function readBlock(
  reader: FileReader,
  { format, cryptMethod }: Pick<PstHeader, 'format' | 'cryptMethod'>,
  entry: BlockEntry,
  slab: Slab,
): Block {
  if (entry.bytes > format.blockDataBytes) throw damaged('block-malformed');
  const unit = format.blockAlignment;
  const whole = Math.ceil((entry.bytes + format.blockTrailerBytes) / unit) * unit;
  const read = slab.take(whole);
  if (reader.read(entry.offset, read) < whole) throw damaged('block-unreadable');
  const stored = read.subarray(0, entry.bytes);
  const sound = isSound(stored, read, format, entry);

  if (entry.inflatedBytes === entry.bytes) return { octets: decode(stored, cryptMethod, entry.bid), sound };
  // The zlib stream lies outside of the encoding in the files seen so far; the other order costs one look to allow.
  const octets = isZlib(stored)
    ? decode(inflate(stored, entry.inflatedBytes), cryptMethod, entry.bid)
    : inflate(decode(stored, cryptMethod, entry.bid), entry.inflatedBytes);
  return { octets, sound };
}

/** Throws damage when it is another block. */
function isSound(stored: Buffer, whole: Buffer, format: FileFormat, entry: BlockEntry): boolean {
  const trailer = whole.length - format.blockTrailerBytes;
  const narrow = format.wordBytes === 4;
  const checksum = whole.readUInt32LE(trailer + (narrow ? 8 : 4));
  const holds = pstChecksum(stored) === checksum;
  const sameId = sameBlock(readWord(whole, trailer + (narrow ? 4 : 8), format), entry.bid);
  if (sameId && holds) return true;
  // Another id means another block, unless only the id's octets are damaged, which the signature then tells.
  const signed = whole.readUInt16LE(trailer + 2) === signature(entry);
  if (!sameId && !(signed && holds)) throw damaged('block-unreadable');
  return false;
}

/** [MS-PST] 5.5. */
function signature(entry: BlockEntry): number {
  const mixed = ((entry.offset % 0x1_0000_0000) ^ (entry.bid % 0x1_0000_0000)) >>> 0;
  return ((mixed >>> 16) ^ mixed) & 0xffff;
}

function decode(data: Buffer, cryptMethod: number, bid: number): Buffer {
  if (isInternalBlock(bid)) return data;
  switch (cryptMethod) {
    case cryptMethods.none:
      return data;
    case cryptMethods.permute:
      return decodePermute(data);
    case cryptMethods.cyclic:
      return decodeCyclic(data, bid);
    default:
      // 0x10 is Windows Information Protection: the key is not in the file.
      throw damaged('block-encrypted');
  }
}

/** RFC 1950 section 2.2: deflate with a window of 32 KiB, and a header that is a multiple of 31. */
function isZlib(data: Buffer): boolean {
  return data.length > 2 && data[0] === 0x78 && data.readUInt16BE(0) % 31 === 0;
}

function inflate(data: Buffer, bytes: number): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw damaged('block-malformed', error);
  }
}
