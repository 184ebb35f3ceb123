import { basename } from 'node:path';
import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import type { FileTree, OpenFile, TreeFile, TreeListing } from '../files/file-tree.ts';
import type { ZipEntry, ZipFile } from './zip-file.ts';

/** What a ZIP may cost. A hostile one promises little and gives much, so octets are counted as they come. */
export interface ZipLimits {
  readonly entries: number;
  /** Inflated octets for one of the file, beyond the first `freeOctets`. */
  readonly ratio: number;
  readonly freeOctets: number;
}

export const zipLimits: ZipLimits = { entries: 2_000_000, ratio: 200, freeOctets: 64 * 1024 * 1024 };

/** A ZIP as a tree of files. Nothing is unpacked to the disk, so that no name in it can reach anywhere. */
export function zipTree(zip: ZipFile, path: string, limits: ZipLimits = zipLimits): FileTree {
  const name = basename(path);
  return { name, isFile: false, list: signal => listZip(zip, name, limits, signal), close: () => zip.close() };
}

async function listZip(zip: ZipFile, name: string, limits: ZipLimits, signal: AbortSignal): Promise<TreeListing> {
  const files: TreeFile[] = [];
  const folders = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  let encrypted = 0;
  let entries = 0;
  for await (const entry of zip.entries()) {
    signal.throwIfAborted();
    entries += 1;
    if (entries > limits.entries) throw invalid(name, 'too-many-entries');
    const path = entry.name.split('/').filter(part => part !== '');
    const refused = refusalOf(entry, path);
    if (refused !== null) {
      problems.push({ code: 'FILE_UNREADABLE', details: { file: entry.name, reason: refused } });
      if (refused === 'encrypted') encrypted += 1;
      continue;
    }
    const isFolder = entry.name.endsWith('/');
    const parents = isFolder ? path : path.slice(0, -1);
    for (let depth = 1; depth <= parents.length; depth += 1) {
      folders.set(parents.slice(0, depth).join('/'), parents.slice(0, depth));
    }
    if (!isFolder) files.push(zipEntryFile(zip, entry, path, name, limits));
  }
  if (files.length === 0 && encrypted > 0) throw new TravasoError('INPUT_FILE_ENCRYPTED', { file: name });
  return { files, folders: [...folders.values()], problems };
}

function refusalOf(entry: ZipEntry, path: readonly string[]): string | null {
  if (entry.link) return 'link';
  if (entry.name.startsWith('/') || /^[a-z]:/i.test(entry.name) || /[\\\0]/.test(entry.name) || path.includes('..')) {
    return 'unsafe-name';
  }
  return entry.encrypted ? 'encrypted' : null;
}

function zipEntryFile(
  zip: ZipFile,
  entry: ZipEntry,
  path: readonly string[],
  zipName: string,
  limits: ZipLimits,
): TreeFile {
  return {
    path,
    size: entry.size,
    modified: entry.modified,
    open: () => Promise.resolve(openEntry(zip, entry, zipName, limits)),
  };
}

/** Reads forward; going back begins the entry anew. */
function openEntry(zip: ZipFile, entry: ZipEntry, zipName: string, limits: ZipLimits): OpenFile {
  let pieces: AsyncIterator<Buffer, unknown> | null = null;
  let held = Buffer.alloc(0);
  let heldStart = 0;
  let ended = false;

  async function begin(): Promise<void> {
    await pieces?.return?.();
    pieces = (await zip.read(entry))[Symbol.asyncIterator]();
    held = Buffer.alloc(0);
    heldStart = 0;
    ended = false;
  }

  async function more(): Promise<void> {
    const next = await pieces?.next();
    if (next?.done !== false) {
      ended = true;
      return;
    }
    held = Buffer.concat([held, next.value]);
    const inflated = heldStart + held.length;
    if (inflated > limits.freeOctets && inflated > entry.compressedSize * limits.ratio) {
      throw invalid(zipName, 'inflates-too-much');
    }
  }

  return {
    randomAccess: false,
    async read(position, length) {
      if (pieces === null || position < heldStart) await begin();
      while (!ended && heldStart + held.length < position + length) {
        const skip = Math.min(held.length, Math.max(0, position - heldStart));
        held = held.subarray(skip);
        heldStart += skip;
        await more();
      }
      const from = Math.max(0, position - heldStart);
      const octets = Buffer.from(held.subarray(from, from + length));
      held = held.subarray(Math.min(held.length, from));
      heldStart += from;
      return octets;
    },
    changed: () => Promise.resolve(false),
    close: async () => {
      await pieces?.return?.();
    },
  };
}

function invalid(file: string, reason: string): TravasoError {
  return new TravasoError('INPUT_FILE_INVALID', { file, reason });
}
