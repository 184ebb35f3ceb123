import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import { TravasoError } from '../../../../shared/errors.ts';
import { asFileError } from '../files/file-problem.ts';
import type { ZipEntry, ZipFile } from './zip-file.ts';

const linkMode = 0o120000;
const fileTypeMask = 0o170000;

/** Opens a ZIP file with yauzl, which reads by the central directory and checks the sizes it gives. */
export async function openZip(path: string): Promise<ZipFile> {
  const damaged = (cause: unknown): unknown => {
    const refused = asFileError(cause, basename(path));
    if (refused instanceof TravasoError) return refused;
    return new TravasoError('SOURCE_FILE_DAMAGED', { file: basename(path), reason: 'zip-directory' }, { cause });
  };
  const options = { lazyEntries: true, autoClose: false, decodeStrings: true, validateEntrySizes: true };
  const zip = await yauzl.openPromise(path, options).catch((error: unknown) => {
    throw damaged(error);
  });
  const known = new Map<ZipEntry, Entry>();
  return {
    async *entries() {
      try {
        for await (const entry of zip.eachEntry()) {
          const described = describe(entry);
          known.set(described, entry);
          yield described;
        }
      } catch (error) {
        throw damaged(error);
      }
    },
    read: async described => {
      const entry = known.get(described);
      if (entry === undefined) throw new RangeError('an entry of another file');
      return checked(await zip.openReadStreamPromise(entry), entry);
    },
    close: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}
/** yauzl checks sizes but not the checksum, and one flipped bit is a message that somebody else wrote. */
async function* checked(octets: AsyncIterable<Buffer>, { crc32: expected, fileName }: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const piece of octets) {
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== expected) throw new TravasoError('SOURCE_FILE_DAMAGED', { file: fileName, reason: 'checksum' });
}

function describe(entry: Entry): ZipEntry {
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    compressedSize: entry.compressedSize,
    modified: entry.getLastModDate(),
    encrypted: (entry.generalPurposeBitFlag & 1) !== 0,
    link: ((entry.externalFileAttributes >>> 16) & fileTypeMask) === linkMode,
  };
}
