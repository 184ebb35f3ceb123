import { readFileSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { itemsAfter } from '../archive/catalogue/item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { itemFilePath } from '../browse/items/stored-item.ts';
import type { DocumentReader } from './attachments/document-reader.ts';
import type { IndexedMessage } from './index-writer.ts';
import { itemHead, itemText } from './item-text.ts';
import type { TextedItem } from './item-text.ts';
import { limits } from './limits.ts';
import type { MessageText } from './message-text.ts';

/** Folders of items are counted apart from those of mail: in the index their numbers are below zero. */
export function indexedFolderId(itemFolder: number): number {
  return -itemFolder;
}

export interface ItemBatch {
  readonly root: string;
  readonly catalogue: Database;
  readonly folder: ArchivedItemFolder;
  readonly after: number;
  readonly limit: number;
  /** Those that ended an earlier run: only their name is taken. */
  readonly isSkipped: (number: number) => boolean;
  readonly at: (number: number) => void;
}

/** The next items of a folder, every version of them: which one counts is asked of the catalogue. */
export async function readItems(batch: ItemBatch, documents: DocumentReader): Promise<IndexedMessage[]> {
  const { catalogue, folder, after, limit } = batch;
  const read: IndexedMessage[] = [];
  for (const item of itemsAfter(catalogue, folder.id, after, limit)) {
    batch.at(item.number);
    read.push(await readItem(batch, item, documents));
  }
  return read;
}

async function readItem(batch: ItemBatch, item: ArchivedItem, documents: DocumentReader): Promise<IndexedMessage> {
  const texted = { kind: batch.folder.kind, name: item.name, mediaType: item.mediaType, file: item.file };
  const { text, problem } = batch.isSkipped(item.number)
    ? { text: itemHead(texted), problem: 'crash' }
    : textOf(batch.root, texted);
  const problems = problem === null ? [] : [problem];
  const inside: string[] = [];
  for (const document of text.documents) {
    const outcome = await documents.read(document);
    batch.at(item.number);
    inside.push(outcome.text);
    if (outcome.problem !== null) problems.push(`document-${outcome.problem}`);
  }
  const body = [text.body, ...inside].join('\n').trim().slice(0, limits.messageCharacters);
  return {
    ...{ folderId: indexedFolderId(batch.folder.id), number: item.number, size: item.size, internalDate: null },
    sha256: Buffer.from(item.sha256, 'hex'),
    text: { ...text, body, documents: [] },
    documents: '',
    item: true,
    incomplete: problems.length === 0 ? null : problems.join(' '),
  };
}

function textOf(root: string, item: TextedItem): { readonly text: MessageText; readonly problem: string | null } {
  try {
    const path = itemFilePath({ root }, item.file);
    if (statSync(path).size > limits.messageOctets) return { text: itemHead(item), problem: 'cut' };
    return { text: itemText(readFileSync(path), item), problem: null };
  } catch {
    // Broken, or gone: it is found by its name, and verifying the archive names the second.
    return { text: itemHead(item), problem: 'unreadable' };
  }
}
