import type { FileTree, OpenFile, TreeFile } from '../file-tree.ts';

/** Files that exist in memory only. A path with one part and `isFile` is a single file that was chosen. */
export function memoryTree(
  files: Readonly<Record<string, string | Buffer>>,
  { isFile = false, randomAccess = true }: { readonly isFile?: boolean; readonly randomAccess?: boolean } = {},
): FileTree {
  const listed = Object.entries(files).map(([path, content]) =>
    memoryFile(path, typeof content === 'string' ? Buffer.from(content, 'latin1') : content, randomAccess),
  );
  const folders = new Map<string, readonly string[]>();
  for (const { path } of listed) {
    for (let depth = 1; depth < path.length; depth += 1)
      folders.set(path.slice(0, depth).join('/'), path.slice(0, depth));
  }
  return {
    name: isFile ? (Object.keys(files)[0] ?? '') : 'tree',
    isFile,
    list: () => Promise.resolve({ files: listed, folders: [...folders.values()], problems: [] }),
    close: () => Promise.resolve(),
  };
}

function memoryFile(path: string, octets: Buffer, randomAccess: boolean): TreeFile {
  return {
    path: path.split('/'),
    size: octets.length,
    modified: new Date('2020-02-02T02:02:02Z'),
    open: () => Promise.resolve(memoryOpenFile(octets, randomAccess)),
  };
}

export function memoryOpenFile(octets: Buffer, randomAccess = true): OpenFile {
  return {
    randomAccess,
    read: (position, length) => Promise.resolve(Buffer.from(octets.subarray(position, position + length))),
    changed: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  };
}
