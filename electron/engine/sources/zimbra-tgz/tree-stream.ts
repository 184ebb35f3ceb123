import { octetsOf } from '../files/file-tree.ts';
import type { TreeFile } from '../files/file-tree.ts';
import type { ExportEntry, ExportStream } from './export-entry.ts';

/** An export that is a tree of files already: a `fmt=zip` one, or a `.tgz` that somebody unpacked. */
export function treeStream(files: readonly TreeFile[]): ExportStream {
  let index = 0;
  return {
    next: () => {
      const file = files[index];
      index += 1;
      return Promise.resolve(file === undefined ? null : entryOf(file));
    },
    damage: null,
    close: () => Promise.resolve(),
  };
}

/** `.meta` before what it describes, as in a tar: the order of names would put it behind. */
export function inExportOrder(files: readonly TreeFile[]): readonly TreeFile[] {
  const byPath = new Map(files.map(file => [file.path.join('/'), file]));
  return files.flatMap(file => {
    const path = file.path.join('/');
    if (path.endsWith('.meta') && byPath.has(path.slice(0, -'.meta'.length))) return [];
    const meta = byPath.get(`${path}.meta`);
    return meta === undefined ? [file] : [meta, file];
  });
}

function entryOf(file: TreeFile): ExportEntry {
  return {
    path: file.path.join('/'),
    isFile: true,
    isFolder: false,
    size: file.size,
    modified: file.modified,
    // Whoever unpacked it chose the rights of the files.
    unread: false,
    body: async function* () {
      const opened = await file.open();
      try {
        yield* octetsOf(opened, 0, file.size);
      } finally {
        await opened.close();
      }
    },
  };
}
