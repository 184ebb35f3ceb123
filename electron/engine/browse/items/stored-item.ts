import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TravasoError } from '../../../../shared/errors.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { allItemFolders, findItemByNumber } from '../../archive/catalogue/item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../../archive/catalogue/item-table.ts';
import { diskProblem } from '../../archive/disk-problem.ts';
import { isItemFile } from '../../archive/items-sidecar.ts';
import { resolveIn } from '../../archive/layout.ts';
import { itemLimits } from './item-limits.ts';

/** An item as the archive holds it. */
export interface StoredItem {
  readonly folder: ArchivedItemFolder;
  readonly item: ArchivedItem;
}

/** @throws ARCHIVE_FOLDER_UNKNOWN, ARCHIVE_MESSAGE_UNKNOWN */
export function storedItem({ catalogue }: ArchiveFiles, folderId: number, number: number): StoredItem {
  const folder = allItemFolders(catalogue.db).find(({ id }) => id === folderId);
  if (folder === undefined) throw new TravasoError('ARCHIVE_FOLDER_UNKNOWN');
  const item = findItemByNumber(catalogue.db, folderId, number);
  if (item === null) throw new TravasoError('ARCHIVE_MESSAGE_UNKNOWN', { number });
  return { folder, item };
}

/** An archive may come from anybody: nothing outside its items is ever read for it. */
export function itemFilePath({ root }: Pick<ArchiveFiles, 'root'>, file: string): string {
  if (!isItemFile(file)) throw new TravasoError('ARCHIVE_FILE_MISSING', { file });
  return resolveIn(root, file);
}

/** The octets in one piece; null when there are more than are looked at. @throws ARCHIVE_FILE_MISSING, disk errors */
export async function itemOctets(
  files: Pick<ArchiveFiles, 'root'>,
  item: Pick<ArchivedItem, 'file'>,
): Promise<Buffer | null> {
  const path = itemFilePath(files, item.file);
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw fileProblem(error, path);
  });
  try {
    const { size } = await handle.stat();
    return size > itemLimits.octets ? null : await handle.readFile();
  } catch (error) {
    throw fileProblem(error, path);
  } finally {
    await handle.close();
  }
}

/**
 * The exact octets, compared with what was written down when they came.
 *
 * @throws ARCHIVE_MESSAGE_CHANGED behind the last piece when they are others; ARCHIVE_FILE_MISSING, disk errors
 */
export async function* provenItem(files: ArchiveFiles, { item }: StoredItem): AsyncGenerator<Buffer> {
  const path = itemFilePath(files, item.file);
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  } catch (error) {
    throw fileProblem(error, path);
  }
  if (hash.digest('hex') !== item.sha256) throw new TravasoError('ARCHIVE_MESSAGE_CHANGED', { file: item.file });
}

function fileProblem(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new TravasoError('ARCHIVE_FILE_MISSING', { file: path }, { cause: error });
  }
  return diskProblem(error, path);
}
