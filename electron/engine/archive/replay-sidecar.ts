import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { findFile, putFile } from './catalogue/file-table.ts';
import { findFolderOfStem, putFolder } from './catalogue/folder-table.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import {
  forgetKeys,
  insertMessages,
  noteSynthesised,
  setAbsent,
  setKey,
  updateAttributes,
} from './catalogue/message-table.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory, syncFile } from './durable-file.ts';
import { resolveIn, sidecarPath } from './layout.ts';
import { readSidecar } from './sidecar.ts';
import type { FolderRecord, MessageRecord, SidecarEntry, SidecarRecord } from './sidecar.ts';
import { readStored } from './read-stored.ts';

/** Records applied in one transaction while replaying. */
const groupSize = 5000;

export interface ReplayOptions {
  readonly root: string;
  readonly catalogue: Catalogue;
  readonly stem: string;
  /** Octets of the sidecar the catalogue has seen already. */
  readonly from: number;
  /** The seal is broken before the first octet is written: a sealed bag has no torn end, and every line of it counts. */
  readonly sealed: boolean;
}

export interface Replayed {
  /** How many octets of the sidecar count. */
  readonly octets: number;
  /** Complete lines that are no records of this format; they were passed over. */
  readonly brokenLines: number;
}

/**
 * What a crash left behind the last commit. Pages reach a disk in any order, so a message may be missing while a later
 * one is there: each is checked by its hash, and the first that fails ends what counts.
 */
export async function replayTail(options: ReplayOptions): Promise<number> {
  const entries: SidecarEntry[] = [];
  const path = resolveIn(options.root, sidecarPath(options.stem));
  for await (const entry of readSidecar(path, options.from)) {
    if (!options.sealed && !(await isWhole(options.root, entry))) break;
    entries.push(entry);
  }
  await makePermanent(options.root, path, entries);
  return applyGroup(options, entries) ?? options.from;
}

/**
 * The whole sidecar, for a catalogue that was lost. Every line that can be read counts, whatever stands before it:
 * dropping what follows a damaged line would lose sound mail. Only the torn end of a crash is left out, which is found
 * by looking from the last line backwards for the first that is whole.
 */
export async function replayAll(options: ReplayOptions): Promise<Replayed> {
  const path = resolveIn(options.root, sidecarPath(options.stem));
  let brokenLines = 0;
  let octets = 0;
  let held: SidecarEntry[] = [];
  for await (const entry of readSidecar(path, options.from)) {
    if (entry.record === null) brokenLines += 1;
    held.push(entry);
    if (held.length >= 2 * groupSize) {
      octets = applyGroup(options, held.slice(0, groupSize)) ?? octets;
      held = held.slice(groupSize);
    }
  }
  for (let last = held.at(-1); !options.sealed && last !== undefined; last = held.at(-1)) {
    if (await isWhole(options.root, last)) break;
    held.pop();
  }
  octets = applyGroup(options, held) ?? octets;
  return { octets, brokenLines };
}

/** Applies records in one transaction. Returns the sidecar length they cover, or null when there were none. */
function applyGroup({ root, catalogue, stem }: ReplayOptions, entries: readonly SidecarEntry[]): number | null {
  const end = entries.at(-1)?.end;
  if (end === undefined) return null;
  const path = resolveIn(root, sidecarPath(stem));
  try {
    catalogue.commit(() => {
      let folder = findFolderOfStem(catalogue.db, stem);
      for (const { record } of entries) if (record !== null) folder = apply(catalogue, stem, folder, record, path);
      if (folder === null) return;
      putFolder(catalogue.db, { ...folder, sidecarOctets: end });
      putFile(catalogue.db, sidecarPath(stem), end);
    });
  } catch (error) {
    if (error instanceof TravasoError) throw error;
    // Two lines give the same number or key: no run of ours writes that.
    throw new TravasoError('ARCHIVE_DAMAGED', { file: path }, { cause: error });
  }
  return end;
}

/** What can be read after a crash may still lie in memory only; a commit may not vouch for it before the disk has it. */
async function makePermanent(root: string, sidecar: string, entries: readonly SidecarEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const files = new Set([sidecar]);
  for (const { record } of entries) if (record?.record === 'message') files.add(resolveIn(root, record.file));
  for (const path of files) await onDisk(path, () => syncFile(path));
  for (const path of new Set([...files].map(dirname))) {
    await onDisk(path, () => syncDirectory(path));
    await onDisk(path, () => syncDirectory(dirname(path)));
  }
}

async function isWhole(root: string, { record }: SidecarEntry): Promise<boolean> {
  if (record === null) return false;
  return record.record !== 'message' || (await isIntact(root, record));
}

async function isIntact(root: string, record: MessageRecord): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const piece of readStored(resolveIn(root, record.file), record)) hash.update(piece);
  } catch {
    return false;
  }
  return hash.digest('hex') === record.sha256;
}

function apply(
  catalogue: Catalogue,
  stem: string,
  folder: ArchivedFolder | null,
  record: SidecarRecord,
  path: string,
): ArchivedFolder {
  const { db } = catalogue;
  if (record.record === 'folder') {
    const described = fromFolderRecord(record, stem, folder);
    if (folder === null) putFolder(db, described);
    return described;
  }
  if (folder === null) throw new TravasoError('ARCHIVE_DAMAGED', { file: path });
  switch (record.record) {
    case 'message': {
      const { file, longestLine, nul, eightBitHeader } = record;
      const traits = {
        ...(longestLine === undefined ? {} : { longestLine }),
        ...(nul === undefined ? {} : { nul }),
        ...(eightBitHeader === undefined ? {} : { eightBitHeader }),
      };
      const fileId = file.endsWith('.eml') ? null : coverFile(catalogue, file, record);
      insertMessages(db, [{ ...record, folderId: folder.id, fileId, traits, absentSince: null }]);
      if (record.synthesis !== undefined) noteSynthesised(db, folder.id, record.number);
      return folder;
    }
    case 'generation':
      forgetKeys(db, folder.id);
      return { ...folder, generation: record.generation, changeMark: null };
    case 'key':
      setKey(db, folder.id, record.number, record.key);
      return folder;
    case 'attributes':
      updateAttributes(db, folder.id, record.number, record);
      return folder;
    case 'absent':
      setAbsent(db, folder.id, record.number, record.since);
      return folder;
  }
}

function fromFolderRecord(record: FolderRecord, stem: string, known: ArchivedFolder | null): ArchivedFolder {
  const { folder, account, path, role, sourceName, separator, subscribed, selectable } = record;
  const described = { account, path, role, sourceName, separator, subscribed, selectable };
  if (known !== null) return { ...known, ...described };
  return { id: folder, ...described, stem, generation: null, changeMark: null, sidecarOctets: 0 };
}

/** The row of the mbox file, its committed length stretched to take the message in. */
function coverFile(catalogue: Catalogue, file: string, { end }: MessageRecord): number {
  const known = findFile(catalogue.db, file);
  return known !== null && known.octets >= end ? known.id : putFile(catalogue.db, file, end);
}
