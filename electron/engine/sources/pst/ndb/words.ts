import type { FileFormat } from './file-format.ts';

/**
 * Reads a block id, key or file offset. 64-bit values are kept as numbers: no file is larger than 2^53, and an id
 * beyond that is damage; it is answered with NaN, which equals nothing and therefore leads nowhere.
 */
export function readWord(buffer: Buffer, offset: number, format: FileFormat): number {
  const low = buffer.readUInt32LE(offset);
  if (format.wordBytes === 4) return low;
  const high = buffer.readUInt32LE(offset + 4);
  return high < 0x200000 ? high * 0x1_0000_0000 + low : Number.NaN;
}

/** [MS-PST] 2.2.2.2: bit 0 of a block id is reserved and does not take part in comparing. */
export function sameBlock(a: number, b: number): boolean {
  return a - (a & 1) === b - (b & 1);
}

/** [MS-PST] 2.2.2.2: bit 1 marks a block of the tree's own structure, which is never encrypted. */
export function isInternalBlock(bid: number): boolean {
  return (bid & 2) !== 0;
}
