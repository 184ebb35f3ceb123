import { inflateSync } from 'node:zlib';
import { damaged } from '../damage.ts';
import type { Faults } from '../damage.ts';
import { pstChecksum } from './checksum.ts';
import { cryptMethods, decodeCyclic, decodePermute } from './decode-block.ts';
import type { FileFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
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

export function parseBlockEntry(entry: Buffer, format: FileFormat): BlockEntry {
  const sizes = 2 * format.wordBytes;
  const bytes = entry.readUInt16LE(sizes);
  return {
    bid: readWord(entry, 0, format),
    offset: readWord(entry, format.wordBytes, format),
    bytes,
    inflatedBytes: format.name === 'unicode-4k' ? entry.readUInt16LE(sizes + 2) : bytes,
  };
}

/** The block's own octets: found, checked against its trailer ([MS-PST] 2.2.2.8.1), inflated and decoded. */
export async function readBlock(
  reader: FileReader,
  format: FileFormat,
  cryptMethod: number,
  entry: BlockEntry,
  faults: Faults,
): Promise<Buffer> {
  if (entry.bytes > format.blockDataBytes) throw damaged('block-malformed');
  const unit = format.blockAlignment;
  const whole = Math.ceil((entry.bytes + format.blockTrailerBytes) / unit) * unit;
  const octets = await reader.read(entry.offset, whole);
  if (octets.length < whole) throw damaged('block-unreadable');
  const stored = octets.subarray(0, entry.bytes);
  checkTrailer(stored, octets.subarray(whole - format.blockTrailerBytes), format, entry, faults);

  if (entry.inflatedBytes === entry.bytes) return decode(stored, cryptMethod, entry.bid);
  // The zlib stream lies outside of the encoding in the files seen so far; the other order costs one look to allow.
  if (isZlib(stored)) return decode(inflate(stored, entry.inflatedBytes), cryptMethod, entry.bid);
  return inflate(decode(stored, cryptMethod, entry.bid), entry.inflatedBytes);
}

function checkTrailer(stored: Buffer, trailer: Buffer, format: FileFormat, entry: BlockEntry, faults: Faults): void {
  const narrow = format.wordBytes === 4;
  const checksum = trailer.readUInt32LE(narrow ? 8 : 4);
  const holds = pstChecksum(stored) === checksum;
  const sameId = sameBlock(readWord(trailer, narrow ? 4 : 8, format), entry.bid);
  if (sameId && holds) return;
  // Another id means another block, unless only the id's octets are damaged, which the signature then tells.
  const signed = trailer.readUInt16LE(2) === signature(entry);
  if (!sameId && !(signed && holds)) throw damaged('block-unreadable');
  faults.note('block-checksum');
}

/** [MS-PST] 5.5. */
function signature(entry: BlockEntry): number {
  const mixed = ((entry.offset % 0x1_0000_0000) ^ (entry.bid % 0x1_0000_0000)) >>> 0;
  return ((mixed >>> 16) ^ mixed) & 0xffff;
}

function decode(data: Buffer, cryptMethod: number, bid: number): Buffer {
  // Copied, because blocks are kept: what the file reader gives holds on to all that was read with it.
  if (isInternalBlock(bid)) return Buffer.from(data);
  switch (cryptMethod) {
    case cryptMethods.none:
      return Buffer.from(data);
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
