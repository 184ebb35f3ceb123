import { TravasoError } from '../../../shared/errors.ts';
import { allItemFolders } from './catalogue/item-table.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { FileHasher } from './file-hasher.ts';
import { itemSidecars } from './items-recover.ts';
import { itemSidecarPath } from './items-layout.ts';
import { readItemSidecar } from './items-sidecar.ts';
import { resolveIn } from './layout.ts';

export interface VerifiedItems {
  /** Versions of items whose file was read and hashed. */
  readonly items: number;
  readonly octets: number;
  /** Files that are missing, or do not hash to what they did when they arrived. */
  readonly changed: readonly string[];
}

/** Every item of every sidecar against the file it points at, and nothing behind what an open bag had committed. */
export async function verifyItems(
  root: string,
  hasher: FileHasher,
  /** By sidecar path; a sidecar that is not in it counts as a whole. */
  committed: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<VerifiedItems> {
  let items = 0;
  let octets = 0;
  const changed: string[] = [];
  for (const { kind, stem } of await itemSidecars(root)) {
    const sidecar = itemSidecarPath(kind, stem);
    for await (const { record, end } of readItemSidecar(resolveIn(root, sidecar))) {
      signal.throwIfAborted();
      if (end > (committed.get(sidecar) ?? Infinity)) break;
      if (record?.record !== 'item') continue;
      items += 1;
      octets += record.size;
      if ((await hashOrNull(hasher, resolveIn(root, record.file))) !== record.sha256) changed.push(record.file);
    }
  }
  return { items, octets, changed };
}

/** How much of each sidecar of items counts. */
export function committedItemOctets({ db }: Catalogue): Map<string, number> {
  return new Map(
    allItemFolders(db).map(({ kind, stem, sidecarOctets }) => [itemSidecarPath(kind, stem), sidecarOctets]),
  );
}

async function hashOrNull(hasher: FileHasher, path: string): Promise<string | null> {
  try {
    return await hasher.hash(path, Infinity);
  } catch (error) {
    if (error instanceof TravasoError) return null;
    throw error;
  }
}
