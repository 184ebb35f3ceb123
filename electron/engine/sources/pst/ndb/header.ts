import { TravasoError } from '../../../../../shared/errors.ts';
import type { FileFormat } from './file-format.ts';
import { ansiFormat, unicode4kFormat, unicodeFormat } from './file-format.ts';
import type { FileReader } from './file-reader.ts';
import { readWord } from './words.ts';

/** [MS-PST] 2.2.2.6 HEADER, as far as a reader needs it. */
export interface PstHeader {
  readonly format: FileFormat;
  readonly version: number;
  readonly cryptMethod: number;
  /** Roots of the node and of the block B-tree. */
  readonly nodeRoot: PageReference;
  readonly blockRoot: PageReference;
  /** Changes with every change of the file: dwUnique counts header writes, bidNextP page writes. */
  readonly changeMark: string;
}

export interface PageReference {
  readonly bid: number;
  readonly offset: number;
}

/** Throws `INPUT_FILE_INVALID` with `reason`: `empty-file`, `not-a-pst`, `unknown-version` or `truncated`. */
export function readHeader(reader: FileReader): PstHeader {
  const octets = Buffer.alloc(564);
  const header = octets.subarray(0, reader.read(0, octets));
  if (header.length === 0) throw new TravasoError('INPUT_FILE_INVALID', { reason: 'empty-file' });
  if (header.length < 12 || header.toString('latin1', 0, 4) !== '!BDN') {
    throw new TravasoError('INPUT_FILE_INVALID', { reason: 'not-a-pst' });
  }
  if (header.length < 564) throw new TravasoError('INPUT_FILE_INVALID', { reason: 'truncated' });
  const version = header.readUInt16LE(10);
  const format = formatOf(version) ?? formatBySentinel(header);
  if (format === null) throw new TravasoError('INPUT_FILE_INVALID', { reason: 'unknown-version', version });

  const wide = format.wordBytes === 8;
  const root = wide ? 216 : 184;
  const reference = (at: number): PageReference => ({
    bid: readWord(header, at, format),
    offset: readWord(header, at + format.wordBytes, format),
  });
  return {
    format,
    version,
    cryptMethod: header.readUInt8(wide ? 513 : 461),
    nodeRoot: reference(root),
    blockRoot: reference(root + 2 * format.wordBytes),
    changeMark: [
      reader.size,
      header.readUInt32LE(wide ? 40 : 32),
      readWord(header, wide ? 32 : 28, format),
      header.readUInt32LE(4),
    ].join('.'),
  };
}

/** 14 and 15 are ANSI, 23 Unicode, 36 the 4K layout; 21 occurs in Unicode files of early Outlook 2003 versions. */
function formatOf(version: number): FileFormat | null {
  if (version === 14 || version === 15) return ansiFormat;
  if (version === 36 || version === 37) return unicode4kFormat;
  return version >= 20 && version < 36 ? unicodeFormat : null;
}

/** bSentinel is 0x80 in every file and lies elsewhere in each layout: it tells them apart where the version is damaged. */
function formatBySentinel(header: Buffer): FileFormat | null {
  if (header[512] === 0x80) return unicodeFormat;
  return header[460] === 0x80 ? ansiFormat : null;
}
