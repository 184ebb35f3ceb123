import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { FaultPort } from '../ports.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { allFiles } from './catalogue/file-table.ts';
import { allFolders } from './catalogue/folder-table.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import { nextMessageNumber } from './catalogue/message-table.ts';
import { onDisk } from './disk-problem.ts';
import { emlPath, mboxPath, names, resolveIn, sidecarPath } from './layout.ts';
import type { ArchiveDescription } from './layout.ts';
import { sealOf } from './bag.ts';
import { recoverItems } from './items-recover.ts';
import { replayAll, replayTail } from './replay-sidecar.ts';

export interface Recoverable {
  readonly root: string;
  readonly description: ArchiveDescription;
  readonly catalogue: Catalogue;
}

/**
 * Puts the files back to what the catalogue vouches for, after a crash or after any run that ended without a last
 * checkpoint. What was written whole but not yet committed is taken in (that also heals a catalogue restored from an
 * older copy); the rest of a torn end is cut off and will be fetched again.
 *
 * @throws ARCHIVE_DAMAGED when a file is shorter than what was committed: that is loss, and not ours to paper over
 */
export async function recoverFolders(archive: Recoverable, faults: FaultPort): Promise<void> {
  const { root, catalogue } = archive;
  const sealed = (await sealOf(root)) !== null;
  await adoptUnknownFolders(archive, sealed, faults);
  for (const folder of allFolders(catalogue.db)) {
    const size = await sizeOf(resolveIn(root, sidecarPath(folder.stem)));
    if (size > folder.sidecarOctets) {
      await replayTail({ root, catalogue, stem: folder.stem, from: folder.sidecarOctets, sealed });
    }
  }
  await recoverItems({ root, catalogue, sealed }, faults);
  const files = new Map(allFiles(catalogue.db).map(file => [file.path, file.octets]));
  for (const [path, octets] of files) await cutBack(root, path, octets, faults);
  for (const folder of allFolders(catalogue.db)) {
    if (archive.description.mailFormat === 'mbox') await removeUnknownPart(root, folder, files, faults);
    else await removeUncommittedEml(archive, folder, faults);
  }
}

/**
 * A sidecar the catalogue does not know is a folder whose first commit a crash prevented, or mail that an older copy of
 * the catalogue never heard of. Either way what can be read of it counts; only an empty or torn beginning is removed.
 */
async function adoptUnknownFolders(
  { root, catalogue }: Recoverable,
  sealed: boolean,
  faults: FaultPort,
): Promise<void> {
  const known = new Set(allFolders(catalogue.db).map(folder => `${folder.stem}.jsonl`));
  const entries = await readdir(resolveIn(root, names.mail)).catch(() => []);
  for (const entry of entries) {
    if (!entry.endsWith('.jsonl') || known.has(entry)) continue;
    const { octets, brokenLines } = await replayAll({
      root,
      catalogue,
      stem: entry.slice(0, -'.jsonl'.length),
      from: 0,
      sealed,
    });
    if (brokenLines > 0) throw new TravasoError('ARCHIVE_DAMAGED', { file: `${names.mail}/${entry}` });
    if (octets === 0) await remove(resolveIn(root, `${names.mail}/${entry}`), faults);
  }
}

async function cutBack(root: string, relative: string, octets: number, faults: FaultPort): Promise<void> {
  const path = resolveIn(root, relative);
  const size = await sizeOf(path);
  if (size < octets) throw new TravasoError('ARCHIVE_DAMAGED', { file: relative, octets: size, expected: octets });
  if (size === octets) return;
  faults.reached('archive.truncate', 'before');
  await onDisk(path, () => truncate(path, octets));
  faults.reached('archive.truncate', 'after');
}

/** A crash can leave the next part begun; had any message of it been whole, it would be known by now. */
async function removeUnknownPart(
  root: string,
  folder: ArchivedFolder,
  known: ReadonlyMap<string, number>,
  faults: FaultPort,
): Promise<void> {
  for (let part = 1; ; part += 1) {
    const relative = mboxPath(folder.stem, part);
    if (known.has(relative)) continue;
    const path = resolveIn(root, relative);
    if ((await sizeOf(path)) >= 0) await remove(path, faults);
    return;
  }
}

async function removeUncommittedEml(
  { root, catalogue }: Recoverable,
  folder: ArchivedFolder,
  faults: FaultPort,
): Promise<void> {
  const next = nextMessageNumber(catalogue.db, folder.id);
  // Numbers are given in order, so the directories behind have no gap either; the first may still hold nothing new.
  for (let number = next; ; number += 1000) {
    const directory = dirname(resolveIn(root, emlPath(folder.stem, number)));
    const names = await readdir(directory).catch(() => null);
    if (names === null && number > next) return;
    for (const name of names ?? []) {
      if (/^\d{8}\.eml$/.test(name) && Number(name.slice(0, 8)) >= next) {
        await remove(resolveIn(root, emlPath(folder.stem, Number(name.slice(0, 8)))), faults);
      }
    }
  }
}

async function remove(path: string, faults: FaultPort): Promise<void> {
  faults.reached('archive.remove', 'before');
  await onDisk(path, () => rm(path));
  faults.reached('archive.remove', 'after');
}

/** Octets of the file, -1 when it is not there. */
async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => -1,
  );
}
