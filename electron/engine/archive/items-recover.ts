import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import { itemKinds } from '../../../shared/model/item.ts';
import type { ItemKind } from '../../../shared/model/item.ts';
import type { FaultPort } from '../ports.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { putFile } from './catalogue/file-table.ts';
import {
  allItemFolders,
  findItemFolderOfStem,
  insertItem,
  nextItemNumber,
  putItemFolder,
  setItemAbsent,
  setItemMark,
} from './catalogue/item-table.ts';
import type { ArchivedItemFolder } from './catalogue/item-table.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory, syncFile } from './durable-file.ts';
import { itemDirectories, itemNumberOf, itemSidecarPath } from './items-layout.ts';
import { readItemSidecar } from './items-sidecar.ts';
import type { ItemSidecarEntry, ItemSidecarRecord } from './items-sidecar.ts';
import { resolveIn } from './layout.ts';

export interface ItemReplay {
  readonly root: string;
  readonly catalogue: Catalogue;
  /** The seal is broken before the first octet is written: a sealed bag has no torn end, and every line of it counts. */
  readonly sealed: boolean;
}

/** Lines applied in one transaction while replaying. */
const groupSize = 5000;

/**
 * Makes the rows of all folders of items from their sidecars, for a catalogue that was lost. Every line that can be
 * read counts, but for the torn end of a crash: the last lines whose files are not what the line says.
 *
 * @returns lines that are no records, by file
 */
export async function replayItems(replay: ItemReplay): Promise<{ readonly file: string; readonly lines: number }[]> {
  const broken: { file: string; lines: number }[] = [];
  for (const { kind, stem } of await itemSidecars(replay.root)) {
    const lines = await replayFolder(replay, kind, stem);
    if (lines > 0) broken.push({ file: itemSidecarPath(kind, stem), lines });
  }
  return broken;
}

/**
 * Puts the folders of items back to what the catalogue vouches for, after a crash: lines that were written whole are
 * taken in, files that no line tells of are removed. What remains of a sidecar behind that is cut by `recoverFolders`.
 *
 * @throws ARCHIVE_DAMAGED when a sidecar the catalogue does not know holds lines that are no records
 */
export async function recoverItems(replay: ItemReplay, faults: FaultPort): Promise<void> {
  const { root, catalogue } = replay;
  for (const { kind, stem } of await itemSidecars(root)) {
    const known = findItemFolderOfStem(catalogue.db, kind, stem);
    const path = resolveIn(root, itemSidecarPath(kind, stem));
    if (known !== null) {
      const { size } = await onDisk(path, () => stat(path));
      if (size > known.sidecarOctets) await replayTail(replay, known);
      continue;
    }
    const lines = await replayFolder(replay, kind, stem);
    if (lines > 0) throw new TravasoError('ARCHIVE_DAMAGED', { file: itemSidecarPath(kind, stem) });
    if (findItemFolderOfStem(catalogue.db, kind, stem) === null) {
      await remove(path, faults);
      await onDisk(path, () => rm(path.slice(0, -'.jsonl'.length), { recursive: true, force: true }));
    }
  }
  for (const folder of allItemFolders(catalogue.db)) await removeUncommitted(replay, folder, faults);
}

export async function itemSidecars(
  root: string,
): Promise<readonly { readonly kind: ItemKind; readonly stem: string }[]> {
  const found: { kind: ItemKind; stem: string }[] = [];
  for (const kind of itemKinds) {
    const entries = await readdir(resolveIn(root, itemDirectories[kind])).catch(() => []);
    for (const entry of entries.sort()) {
      if (entry.endsWith('.jsonl')) found.push({ kind, stem: entry.slice(0, -'.jsonl'.length) });
    }
  }
  return found;
}

/** What a crash left behind the last commit, up to the first line whose file is not what it says. */
async function replayTail(replay: ItemReplay, folder: ArchivedItemFolder): Promise<void> {
  const entries: ItemSidecarEntry[] = [];
  const path = resolveIn(replay.root, itemSidecarPath(folder.kind, folder.stem));
  for await (const entry of readItemSidecar(path, folder.sidecarOctets)) {
    if (!replay.sealed && !(await isWhole(replay.root, entry))) break;
    entries.push(entry);
  }
  await makePermanent(replay.root, path, entries);
  apply(replay, folder.kind, folder.stem, entries);
}

async function replayFolder(replay: ItemReplay, kind: ItemKind, stem: string): Promise<number> {
  let broken = 0;
  let held: ItemSidecarEntry[] = [];
  for await (const entry of readItemSidecar(resolveIn(replay.root, itemSidecarPath(kind, stem)))) {
    if (entry.record === null) broken += 1;
    held.push(entry);
    if (held.length >= 2 * groupSize) {
      apply(replay, kind, stem, held.slice(0, groupSize));
      held = held.slice(groupSize);
    }
  }
  for (let last = held.at(-1); !replay.sealed && last !== undefined; last = held.at(-1)) {
    if (await isWhole(replay.root, last)) break;
    held.pop();
  }
  apply(replay, kind, stem, held);
  return broken;
}

function apply(
  { root, catalogue }: ItemReplay,
  kind: ItemKind,
  stem: string,
  entries: readonly ItemSidecarEntry[],
): void {
  const end = entries.at(-1)?.end;
  if (end === undefined) return;
  const file = itemSidecarPath(kind, stem);
  try {
    catalogue.commit(() => {
      let folder = findItemFolderOfStem(catalogue.db, kind, stem);
      for (const { record } of entries) {
        if (record !== null) folder = applyRecord(catalogue, { kind, stem, folder }, record, file);
      }
      if (folder === null) return;
      putItemFolder(catalogue.db, { ...folder, sidecarOctets: end });
      putFile(catalogue.db, file, end);
    });
  } catch (error) {
    if (error instanceof TravasoError) throw error;
    // Two lines give the same number: no run of ours writes that.
    throw new TravasoError('ARCHIVE_DAMAGED', { file: resolveIn(root, file) }, { cause: error });
  }
}

function applyRecord(
  { db }: Catalogue,
  at: { readonly kind: ItemKind; readonly stem: string; readonly folder: ArchivedItemFolder | null },
  record: ItemSidecarRecord,
  file: string,
): ArchivedItemFolder {
  if (record.record === 'folder') {
    const { folder: id, account, path } = record;
    const described = { id, account, kind: at.kind, path, stem: at.stem, changeMark: null, sidecarOctets: 0 };
    if (at.folder === null) putItemFolder(db, described);
    return at.folder ?? described;
  }
  if (at.folder === null) throw new TravasoError('ARCHIVE_DAMAGED', { file });
  const folderId = at.folder.id;
  switch (record.record) {
    case 'item': {
      const { number, key, mark, size, sha256, file: itemFile, name, mediaType } = record;
      insertItem(db, { folderId, number, key, mark, size, sha256, file: itemFile, name, mediaType });
      return at.folder;
    }
    case 'mark':
      setItemMark(db, folderId, record.number, record.mark);
      return at.folder;
    case 'absent':
      setItemAbsent(db, folderId, record.number, record.since);
      return at.folder;
  }
}

async function isWhole(root: string, { record }: ItemSidecarEntry): Promise<boolean> {
  if (record === null) return false;
  if (record.record !== 'item') return true;
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(resolveIn(root, record.file)) as AsyncIterable<Buffer>)
      hash.update(piece);
  } catch {
    return false;
  }
  return hash.digest('hex') === record.sha256;
}

/** What can be read after a crash may still lie in memory only; a commit may not vouch for it before the disk has it. */
async function makePermanent(root: string, sidecar: string, entries: readonly ItemSidecarEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const files = [sidecar];
  for (const { record } of entries) if (record?.record === 'item') files.push(resolveIn(root, record.file));
  for (const path of files) await onDisk(path, () => syncFile(path));
  for (const path of new Set(files.map(dirname))) {
    await onDisk(path, () => syncDirectory(path));
    await onDisk(path, () => syncDirectory(dirname(path)));
  }
}

/** Numbers are given in order: whatever is above the last one that counts was never finished. */
async function removeUncommitted(
  { root, catalogue }: ItemReplay,
  folder: ArchivedItemFolder,
  faults: FaultPort,
): Promise<void> {
  const next = nextItemNumber(catalogue.db, folder.id);
  const base = `${itemDirectories[folder.kind]}/${folder.stem}`;
  for (const thousand of await readdir(resolveIn(root, base)).catch(() => [])) {
    if (!/^\d{5}$/.test(thousand) || Number(thousand) < Math.floor(next / 1000)) continue;
    for (const name of await readdir(resolveIn(root, `${base}/${thousand}`)).catch(() => [])) {
      if ((itemNumberOf(name) ?? 0) >= next) await remove(resolveIn(root, `${base}/${thousand}/${name}`), faults);
    }
  }
}

async function remove(path: string, faults: FaultPort): Promise<void> {
  faults.reached('archive.remove', 'before');
  await onDisk(path, () => rm(path, { force: true }));
  faults.reached('archive.remove', 'after');
}
