import { TravasoError } from '../../../shared/errors.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import { allItemFolders } from './catalogue/item-table.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { FileHasher } from './file-hasher.ts';
import { itemSidecars } from './items-recover.ts';
import { itemSidecarPath } from './items-layout.ts';
import { readItemSidecar } from './items-sidecar.ts';
import { resolveIn } from './layout.ts';

export interface SoundItems {
  readonly kind: ItemKind;
  /** Of the folder's files. */
  readonly stem: string;
  /** Items whose latest version hashes to what it did when it arrived. */
  readonly items: number;
}

export interface VerifiedItems {
  /** Versions of items whose file was read and hashed. */
  readonly items: number;
  readonly octets: number;
  /** A row for each folder. */
  readonly sound: readonly SoundItems[];
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
  const sound: SoundItems[] = [];
  for (const { kind, stem } of await itemSidecars(root)) {
    const sidecar = itemSidecarPath(kind, stem);
    // By key: a later record is a later version, and the one that counts.
    const isSound = new Map<string, boolean>();
    for await (const { record, end } of readItemSidecar(resolveIn(root, sidecar))) {
      signal.throwIfAborted();
      if (end > (committed.get(sidecar) ?? Infinity)) break;
      if (record?.record !== 'item') continue;
      items += 1;
      octets += record.size;
      const isSame = (await hashOrNull(hasher, resolveIn(root, record.file))) === record.sha256;
      if (!isSame) changed.push(record.file);
      isSound.set(record.key, isSame);
    }
    sound.push({ kind, stem, items: [...isSound.values()].filter(Boolean).length });
  }
  return { items, octets, sound, changed };
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
