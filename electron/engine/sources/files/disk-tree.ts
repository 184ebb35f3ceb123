import { lstat, open, opendir, readdir, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '../../../../shared/errors.ts';
import type { FileTree, OpenFile, TreeFile, TreeListing } from './file-tree.ts';
import { asFileError, fileProblem } from './file-problem.ts';

/** Deeper than any mail program nests its folders, and far from where the stack or a path name ends. */
const deepest = 100;

/** A file or a folder of the disk. Throws `INPUT_FILE_INVALID` when there is nothing that can be read. */
export async function openDiskTree(path: string): Promise<FileTree> {
  try {
    // What the person chose may be a link; only the ones found inside are not followed.
    const root = await realpath(path);
    const isFolder = (await stat(root)).isDirectory();
    // What cannot be opened (no permission, open in Outlook) is told now and not as an empty mailbox.
    await (await (isFolder ? opendir(root) : open(root, 'r'))).close();
    return {
      name: basename(path),
      isFile: !isFolder,
      list: signal => (isFolder ? listFolder(root, signal) : listFile(root)),
      close: () => Promise.resolve(),
    };
  } catch (error) {
    throw asFileError(error, basename(path));
  }
}

async function listFile(path: string): Promise<TreeListing> {
  return { files: [await diskFile(path, [basename(path)])], folders: [], problems: [] };
}

async function listFolder(root: string, signal: AbortSignal): Promise<TreeListing> {
  const files: TreeFile[] = [];
  const folders: (readonly string[])[] = [];
  const problems: Problem[] = [];

  async function visit(path: readonly string[]): Promise<void> {
    signal.throwIfAborted();
    const entries = await readdir(join(root, ...path), { withFileTypes: true });
    // By code unit: the same order on every system and in every language.
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const child = [...path, entry.name];
      try {
        if (entry.isFile()) {
          files.push(await diskFile(join(root, ...child), child));
        } else if (!entry.isDirectory()) {
          problems.push(fileProblem('FILE_UNREADABLE', child.join('/'), 'link'));
        } else if (child.length > deepest) {
          problems.push(fileProblem('FILE_UNREADABLE', child.join('/'), 'too-deep'));
        } else {
          folders.push(child);
          await visit(child);
        }
      } catch (error) {
        signal.throwIfAborted();
        problems.push(fileProblem('FILE_UNREADABLE', child.join('/'), error));
      }
    }
  }

  await visit([]);
  return { files, folders, problems };
}

async function diskFile(path: string, below: readonly string[]): Promise<TreeFile> {
  const listed = await lstat(path);
  return {
    path: below,
    size: listed.size,
    modified: listed.mtime,
    open: async () => openDiskFile(await open(path, 'r'), listed.size, listed.mtimeMs),
  };
}

function openDiskFile(handle: FileHandle, size: number, mtimeMs: number): OpenFile {
  return {
    randomAccess: true,
    async read(position, length) {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    async changed() {
      const now = await handle.stat();
      return now.size !== size || now.mtimeMs !== mtimeMs;
    },
    close: () => handle.close(),
  };
}
