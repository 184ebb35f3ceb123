import { basename } from 'node:path';
import { TravasoError } from '../../../../shared/errors.ts';
import type { OpenZip } from '../zip/zip-file.ts';
import { zipTree } from '../zip/zip-tree.ts';
import { openDiskTree } from './disk-tree.ts';
import type { FileTree } from './file-tree.ts';
import { headOf } from './file-tree.ts';

const zipMagic = Buffer.from('PK\x03\x04', 'latin1');

export function beginsLikeZip(head: Buffer): boolean {
  return head.subarray(0, zipMagic.length).equals(zipMagic);
}

/**
 * What the person chose, as a tree of files: a folder, a file, or the inside of a ZIP.
 *
 * Throws an `INPUT_FILE_…` code when it is missing, empty, open in another program, or not on this computer.
 *
 * @param openZip null where no ZIP can be read
 */
export async function openFileTree(path: string, openZip: OpenZip | null, signal: AbortSignal): Promise<FileTree> {
  const tree = await openDiskTree(path);
  const [only] = tree.isFile ? (await tree.list(signal)).files : [];
  if (only === undefined) return tree;
  if (only.size === 0) throw new TravasoError('INPUT_FILE_EMPTY', { file: tree.name });
  if (!beginsLikeZip(await headOf(only, zipMagic.length))) return tree;
  if (openZip === null) throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: basename(path), reason: 'zip' });
  return zipTree(await openZip(path), path);
}
