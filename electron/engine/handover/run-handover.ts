import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import { noItems } from '../../../shared/model/item.ts';
import type { ItemFigures, ItemKind } from '../../../shared/model/item.ts';
import { handoverWordsOf } from '../../../shared/words/handover/handover-words-of.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import type { ArchivedItemFolder } from '../archive/catalogue/item-table.ts';
import { onDisk } from '../archive/disk-problem.ts';
import { exportNames } from '../export/export-names.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { bookOf } from './make-book.ts';
import type { Book } from './make-book.ts';
import { renderHandover } from './render-handover.ts';
import type { HandedFile, Handover } from './render-handover.ts';
import { gatherItems } from './gather-items.ts';
import { nameMembers } from './name-members.ts';

export interface HandoverOptions {
  readonly archive: ArchiveFiles;
  /** A new or empty folder. */
  readonly to: string;
  readonly language: Language;
  readonly context: JobContext;
}

/**
 * Writes what no server took by itself as files that other programs import, a file for each address book and calendar,
 * and a page that says how. The archive's own files are one an item and go by numbers: right for keeping, and too many
 * for a hand.
 *
 * @throws EXPORT_PLACE_TAKEN, disk errors
 */
export async function runHandover({ archive, to, language, context }: HandoverOptions): Promise<JobOutcome> {
  await assertEmpty(to);
  const words = handoverWordsOf[language];
  const folders = allItemFolders(archive.catalogue.db);
  const figures: ItemFigures = {};
  const handover: Handover = { files: [], lists: [], rules: [], signatures: [], flawed: [] };
  for (const kind of new Set(folders.map(folder => folder.kind))) {
    const ofKind = folders.filter(folder => folder.kind === kind);
    const names = exportNames(ofKind);
    for (const folder of ofKind) {
      context.signal.throwIfAborted();
      context.phase('transferring', displayPath(folder.path));
      const place = [words.kinds[kind].directory, ...(names.get(folder.id) ?? [])];
      const book = await bookOf(kind, gatherItems(archive, folder));
      await writeBook(to, place, folder, book, handover);
      for (const { name, members } of book.lists) {
        handover.lists.push({ name, members: await nameMembers(archive, folder.account, members) });
      }
      const sum = (figures[kind] ??= { ...noItems });
      sum.found += book.items;
      sum.stored += book.items - book.flawed.length;
      sum.setAside += book.flawed.length;
      context.done(0, book.octets);
    }
  }
  const page = join(to, words.pageName);
  await write(page, Buffer.from(renderHandover(handover, language)));
  return { written: [page], itemFigures: figures };
}

async function assertEmpty(to: string): Promise<void> {
  const found = await stat(to).catch(() => null);
  if (found === null) return;
  const entries = found.isDirectory() ? await onDisk(to, () => readdir(to)) : ['taken'];
  if (entries.length > 0) throw new TravasoError('EXPORT_PLACE_TAKEN', { path: to });
}

async function writeBook(
  to: string,
  place: readonly string[],
  folder: ArchivedItemFolder,
  book: Book,
  handover: Handover,
): Promise<void> {
  const from = displayPath(folder.path);
  for (const { ending, octets, items } of book.wholes) {
    const path = [...place.slice(0, -1), `${place.at(-1) ?? ''}.${ending}`];
    await write(join(to, ...path), octets);
    handover.files.push({ kind: folder.kind, path: path.join('/'), from, items });
  }
  for (const { name, octets } of book.singles) await write(join(to, ...place, name), octets);
  if (book.singles.length > 0) handover.files.push(folderRow(folder.kind, place, from, book.singles.length));
  for (const { name, octets } of book.flawed) {
    await write(join(to, ...place, name), octets);
    handover.flawed.push([...place, name].join('/'));
  }
  handover.rules.push(...book.rules);
  handover.signatures.push(...book.signatures);
}

function folderRow(kind: ItemKind, place: readonly string[], from: string, items: number): HandedFile {
  return { kind, path: `${place.join('/')}/`, from, items };
}

async function write(path: string, octets: Buffer): Promise<void> {
  await onDisk(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, octets, { flag: 'wx' });
  });
}
