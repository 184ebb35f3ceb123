import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import type { ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { prepared } from '../archive/catalogue/prepared.ts';
import { startDocumentReader } from './attachments/document-reader.ts';
import type { DocumentReader } from './attachments/document-reader.ts';
import { indexedFolderId, readItems } from './index-items.ts';
import { sortIndexes } from './index-schema.ts';
import { addToIndex } from './index-writer.ts';
import type { IndexedMessage } from './index-writer.ts';
import { nextMessages, SourceFiles } from './indexed-source.ts';
import type { CataloguedMessage } from './indexed-source.ts';
import { limits } from './limits.ts';
import { messageHead, messageText } from './message-text.ts';
import type { MessageText } from './message-text.ts';
import { splitMessage } from './mime/header-section.ts';
import { readMeta, writeMeta } from './search-index.ts';

export interface IndexRun {
  readonly root: string;
  readonly catalogue: Database;
  readonly index: Database;
  /** Messages that ended an earlier run: only their header is read. */
  readonly skip: ReadonlySet<string>;
  /** Before each message, so that an observer knows which one a thread hangs on or dies of. */
  readonly at: (folderId: number, number: number) => void;
  /** After each commit. Waits as long as the pace asks; false to stop. */
  readonly pause: () => boolean;
}

/** A batch is one commit: small enough that readers wait unnoticed. */
const batchMessages = 500;
/** Each is a file of its own. */
const batchItems = 200;
const batchOctets = 4 * 1024 * 1024;

/** Takes everything in that the catalogue vouches for and the index does not hold yet. False when it was stopped. */
export async function indexArchive(run: IndexRun): Promise<boolean> {
  const files = new SourceFiles(run.root);
  const documents = startDocumentReader();
  try {
    forgetIfAnother(run);
    for (const folder of allFolders(run.catalogue)) {
      if (!(await indexFolder(run, folder, files, documents))) return false;
    }
    for (const folder of allItemFolders(run.catalogue)) {
      if (!(await indexItemFolder(run, folder, documents))) return false;
    }
    if (readMeta(run.index, 'complete') === null) {
      run.index.exec(sortIndexes);
      writeMeta(run.index, 'complete', '1');
    }
    return true;
  } finally {
    files.close();
    await documents.close();
  }
}

export function messageName(folderId: number, number: number): string {
  return `${folderId}/${number}`;
}

async function indexFolder(
  run: IndexRun,
  folder: ArchivedFolder,
  files: SourceFiles,
  documents: DocumentReader,
): Promise<boolean> {
  const { catalogue, index } = run;
  const progress = index.prepare('SELECT number FROM progress WHERE folder_id = ?').pluck();
  for (;;) {
    const after = Number(progress.get(folder.id) ?? 0);
    const batch = withinOctets(nextMessages(catalogue, folder, after, batchMessages));
    if (batch.length === 0) return true;
    const indexed = await Promise.all(batch.map(message => readMessage(run, folder, message, files, documents)));
    index
      .transaction(() => {
        // Another window may be indexing the same archive: whoever commits first has done the other's work.
        if (Number(progress.get(folder.id) ?? 0) === after) addToIndex(index, indexed);
      })
      .immediate();
    if (!run.pause()) return false;
  }
}

async function indexItemFolder(run: IndexRun, folder: ArchivedItemFolder, documents: DocumentReader): Promise<boolean> {
  const { root, catalogue, index } = run;
  const folderId = indexedFolderId(folder.id);
  const progress = index.prepare('SELECT number FROM progress WHERE folder_id = ?').pluck();
  for (;;) {
    const after = Number(progress.get(folderId) ?? 0);
    const batch = {
      ...{ root, catalogue, folder, after, limit: batchItems },
      isSkipped: (number: number) => run.skip.has(messageName(folderId, number)),
      at: (number: number) => run.at(folderId, number),
    };
    const indexed = await readItems(batch, documents);
    if (indexed.length === 0) return true;
    index
      .transaction(() => {
        if (Number(progress.get(folderId) ?? 0) === after) addToIndex(index, indexed);
      })
      .immediate();
    if (!run.pause()) return false;
  }
}

function withinOctets(page: readonly CataloguedMessage[]): readonly CataloguedMessage[] {
  let octets = 0;
  const end = page.findIndex(({ size }) => {
    octets += Math.min(size, limits.messageOctets);
    return octets >= batchOctets;
  });
  return end < 0 ? page : page.slice(0, end + 1);
}

/** Reads and cuts up at once; only documents are waited for, while the messages behind it are read. */
async function readMessage(
  run: IndexRun,
  folder: ArchivedFolder,
  message: CataloguedMessage,
  files: SourceFiles,
  documents: DocumentReader,
): Promise<IndexedMessage> {
  run.at(folder.id, message.number);
  const { text, problem } = run.skip.has(messageName(folder.id, message.number))
    ? headOnly(files, message)
    : wholeText(files, message);
  const problems = problem === null ? [] : [problem];
  const { number, size, internalDate, sha256 } = message;
  const inside: string[] = [];
  for (const document of text.documents) {
    const outcome = await documents.read(document);
    run.at(folder.id, message.number);
    inside.push(outcome.text);
    if (outcome.problem !== null) problems.push(`document-${outcome.problem}`);
  }
  return {
    ...{ folderId: folder.id, number, size, internalDate, sha256 },
    text: { ...text, documents: [] },
    documents: inside.join('\n').trim().slice(0, limits.messageCharacters),
    incomplete: problems.length === 0 ? null : [...new Set(problems)].join(' '),
  };
}

interface ReadText {
  readonly text: MessageText;
  readonly problem: string | null;
}

function wholeText(files: SourceFiles, message: CataloguedMessage): ReadText {
  try {
    const octets = files.read(message);
    const text = messageText(octets);
    return { text, problem: text.cut || message.storedOctets > limits.messageOctets ? 'cut' : null };
  } catch {
    // A file that is gone or a bug of ours: verifying the archive names the first, and neither stops the index.
    return { text: { ...messageHead(new Map()), ...noText }, problem: 'unreadable' };
  }
}

function headOnly(files: SourceFiles, message: CataloguedMessage): ReadText {
  try {
    const { header } = splitMessage(files.read(message, limits.headerOctets));
    return { text: { ...messageHead(header), ...noText }, problem: 'crash' };
  } catch {
    return { text: { ...messageHead(new Map()), ...noText }, problem: 'unreadable' };
  }
}

const noText = { body: '', files: [], attachments: 0, inside: [], documents: [], cut: false };

/**
 * The archive may have been replaced by another copy of itself, or its catalogue made anew from damaged sidecars. Where
 * the last message indexed is no longer what it was, nothing else can be relied on either.
 */
function forgetIfAnother({ catalogue, index }: IndexRun): void {
  const rows = index.prepare('SELECT folder_id, number, messages, sha256 FROM progress').raw().all() as [
    number,
    number,
    number,
    Uint8Array,
  ][];
  const isSame = rows.every(([folderId, number, messages, sha256]) => {
    const table = folderId < 0 ? 'items' : 'messages';
    const id = Math.abs(folderId);
    const found = prepared(catalogue, `SELECT sha256 FROM ${table} WHERE folder_id = ? AND number = ?`).get(id, number);
    const known = z.object({ sha256: z.instanceof(Uint8Array) }).safeParse(found);
    const counted = prepared(
      catalogue,
      `SELECT count(*) AS count FROM ${table} WHERE folder_id = ? AND number <= ?`,
    ).get(id, number) as { count: number };
    return known.success && Buffer.compare(known.data.sha256, sha256) === 0 && counted.count === messages;
  });
  if (isSame) return;
  index
    .transaction(() => {
      for (const table of ['progress', 'places', 'heads', 'documents', 'thread_keys', 'thread_merges']) {
        index.exec(`DELETE FROM ${table}`);
      }
      index.exec("INSERT INTO words (words) VALUES ('delete-all')");
      index.exec("DELETE FROM meta WHERE name = 'complete'");
    })
    .immediate();
}
