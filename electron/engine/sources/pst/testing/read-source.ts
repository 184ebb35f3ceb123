import { createHash } from 'node:crypto';
import type { FileReader } from '../ndb/file-reader.ts';
import { openPstReader } from '../pst-file.ts';
import { pstSourceOver } from '../pst-source.ts';
import type { PstSource } from '../pst-source.ts';
import { itemFileName } from '../items/item-file.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import type { ItemContent } from '../../item-source.ts';
import type { SynthesisRecord } from '../mime/synthesis-record.ts';
import type { InventoryEntry } from '../../mail-source.ts';
import { TravasoError } from '../../../../../shared/errors.ts';

export interface ReadMessage {
  readonly folder: string;
  readonly entry: InventoryEntry;
  /** Null when the message could not be read. */
  readonly octets: Buffer | null;
  readonly record: SynthesisRecord | null;
}

export interface ReadItem {
  readonly key: string;
  readonly folder: readonly string[];
  readonly kind: ItemKind;
  /** Null when the item could not be read. */
  readonly file: (Omit<ItemContent, 'octets'> & { readonly fileName: string; readonly octets: Buffer }) | null;
}

export interface ReadAll {
  readonly source: PstSource;
  readonly folders: readonly string[];
  readonly problems: readonly string[];
  readonly messages: readonly ReadMessage[];
  readonly items: readonly ReadItem[];
}

const { signal } = new AbortController();

export async function readSource(source: PstSource): Promise<ReadAll> {
  const listing = await source.listFolders(signal);
  const messages: ReadMessage[] = [];
  for (const folder of listing.folders) {
    const open = await source.openFolder(folder, signal);
    const entries = new Map<string, InventoryEntry>();
    for await (const batch of open.inventory(signal)) for (const entry of batch) entries.set(entry.key, entry);
    for await (const message of open.fetch([...entries.keys()], signal)) {
      const entry = entries.get(message.key);
      if (entry === undefined) continue;
      const octets = await bodyOf(message);
      const record = (message.synthesis?.() ?? null) as SynthesisRecord | null;
      messages.push({ folder: folder.path.join('/'), entry, octets, record });
    }
  }
  return {
    source,
    folders: listing.folders.map(folder => folder.path.join('/')),
    problems: listing.problems.map(problem => `${problem.code} ${String(problem.details['reason'])}`),
    messages,
    items: await readItems(source),
  };
}

/** In the order of the folders, and within each by node id. */
async function readItems({ items }: PstSource): Promise<readonly ReadItem[]> {
  const read: (ReadItem & { readonly place: number })[] = [];
  const { folders } = await items.listFolders(signal);
  for (const folder of folders) {
    const place = folders.findIndex(({ path }) => path === folder.path);
    for await (const item of items.open(folder, signal)) {
      const common = { key: item.key, folder: folder.path, kind: folder.kind, place };
      try {
        const content = await item.read(signal);
        const fileName = itemFileName(content.name, Number(item.key), content.extension);
        const octets = Buffer.concat(await collect(content.octets));
        read.push({ ...common, file: { ...content, fileName, octets } });
      } catch (error) {
        if (!(error instanceof TravasoError) || error.code !== 'ITEM_UNREADABLE') throw error;
        read.push({ ...common, file: null });
      }
    }
  }
  return read.sort((a, b) => a.place - b.place || Number(a.key) - Number(b.key));
}

export async function collect<T>(all: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}

async function bodyOf(message: { readonly body: AsyncIterable<Buffer> }): Promise<Buffer | null> {
  try {
    return Buffer.concat(await collect(message.body));
  } catch (error) {
    if (error instanceof TravasoError && error.code === 'MESSAGE_UNREADABLE') return null;
    throw error;
  }
}

export async function readThrough(reader: FileReader): Promise<ReadAll> {
  return readSource(pstSourceOver(openPstReader(reader), 'test.pst'));
}

export function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
