/**
 * The three layouts that share one design ([MS-PST] section 2.2.2.6 for the version numbers): ANSI (Outlook 97–2002,
 * 32-bit ids and offsets), Unicode (2003 on, 64-bit) and the Unicode layout with 4,096-octet pages that OST files
 * have had since Outlook 2013. The last one is not in [MS-PST]; its layout is as documented by libpff.
 */
export interface FileFormat {
  readonly name: 'ansi' | 'unicode' | 'unicode-4k';
  /** Octets of a block id, a file offset and a B-tree key. */
  readonly wordBytes: 4 | 8;
  readonly pageBytes: number;
  /** Offset in a page of cEnt, behind the entries ([MS-PST] 2.2.2.7.7.1). */
  readonly pageCountsAt: number;
  /** cEnt and cEntMax take two octets each on 4K pages. */
  readonly pageCountBytes: 1 | 2;
  readonly pageTrailerAt: number;
  /** Blocks begin and are padded at multiples of this. */
  readonly blockAlignment: number;
  readonly blockTrailerBytes: number;
  /** Most octets that one data block holds. */
  readonly blockDataBytes: number;
  /** Bits of a heap id that give the index within a heap block ([MS-PST] 2.3.1.1); the rest is the block's index. */
  readonly heapIndexBits: number;
}

export const ansiFormat: FileFormat = {
  name: 'ansi',
  wordBytes: 4,
  pageBytes: 512,
  pageCountsAt: 496,
  pageCountBytes: 1,
  pageTrailerAt: 500,
  blockAlignment: 64,
  blockTrailerBytes: 12,
  blockDataBytes: 8180,
  heapIndexBits: 11,
};

export const unicodeFormat: FileFormat = {
  name: 'unicode',
  wordBytes: 8,
  pageBytes: 512,
  pageCountsAt: 488,
  pageCountBytes: 1,
  pageTrailerAt: 496,
  blockAlignment: 64,
  blockTrailerBytes: 16,
  blockDataBytes: 8176,
  heapIndexBits: 11,
};

export const unicode4kFormat: FileFormat = {
  name: 'unicode-4k',
  wordBytes: 8,
  pageBytes: 4096,
  pageCountsAt: 4056,
  pageCountBytes: 2,
  pageTrailerAt: 4072,
  blockAlignment: 512,
  blockTrailerBytes: 24,
  blockDataBytes: 65512,
  heapIndexBits: 14,
};
