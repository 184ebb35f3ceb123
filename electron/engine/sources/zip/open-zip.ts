import yauzl from 'yauzl';
import type { Entry } from 'yauzl';
import type { ZipEntry, ZipFile } from './zip-file.ts';

const linkMode = 0o120000;
const fileTypeMask = 0o170000;

/** Opens a ZIP file with yauzl, which reads by the central directory and checks the sizes it gives. */
export async function openZip(path: string): Promise<ZipFile> {
  const zip = await yauzl.openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    decodeStrings: true,
    validateEntrySizes: true,
  });
  const known = new Map<ZipEntry, Entry>();
  return {
    async *entries() {
      for await (const entry of zip.eachEntry()) {
        const described = describe(entry);
        known.set(described, entry);
        yield described;
      }
    },
    read: async described => {
      const entry = known.get(described);
      if (entry === undefined) throw new RangeError('an entry of another file');
      return await zip.openReadStreamPromise(entry);
    },
    close: () => {
      zip.close();
      return Promise.resolve();
    },
  };
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
