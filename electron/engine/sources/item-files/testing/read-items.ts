import type { Problem } from '../../../../../shared/errors.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import { memoryTree } from '../../files/testing/memory-tree.ts';
import { itemFileSource } from '../item-file-source.ts';

export interface ReadItem {
  readonly kind: ItemKind;
  readonly folder: string;
  readonly key: string;
  readonly name: string;
  readonly extension: string;
  readonly octets: Buffer;
  /** Lines with their folds undone. */
  readonly lines: readonly string[];
  readonly problem: Problem | null;
}

export interface ReadItems {
  readonly items: readonly ReadItem[];
  readonly problems: readonly Problem[];
  /** What the source says of each folder before anything is read. */
  readonly told: readonly (readonly [kind: ItemKind, path: string, items: number | null])[];
}

/** Everything that a source of item files gives for these files. */
export async function readItems(
  files: Readonly<Record<string, string | Buffer>>,
  { isFile = true, randomAccess = true }: { readonly isFile?: boolean; readonly randomAccess?: boolean } = {},
): Promise<ReadItems> {
  const { signal } = new AbortController();
  const octets = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  const source = itemFileSource(memoryTree(Object.fromEntries(octets), { isFile, randomAccess }), 'items:test');
  const { problems } = await source.listFolders(signal);
  const folders = (await source.items?.listFolders(signal))?.folders ?? [];
  const items: ReadItem[] = [];
  for (const folder of folders) {
    for await (const item of source.items?.open(folder, signal) ?? []) {
      const content = await item.read(signal);
      const pieces: Buffer[] = [];
      for await (const piece of content.octets) pieces.push(piece);
      const whole = Buffer.concat(pieces);
      const lines = whole.toString('utf8').replaceAll('\r\n ', '').split('\r\n');
      const { name, extension, problem } = content;
      items.push({
        kind: folder.kind,
        folder: folder.path.join('/'),
        key: item.key,
        name,
        extension,
        octets: whole,
        lines,
        problem,
      });
    }
  }
  await source.close();
  return { items, problems, told: folders.map(({ kind, path, items: count }) => [kind, path.join('/'), count]) };
}
