import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { readDescription } from '../archive/archive.ts';
import type { ArchivePorts } from '../archive/archive.ts';
import { openCatalogue } from '../archive/catalogue/catalogue.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { names, resolveIn, sidecarPath } from '../archive/layout.ts';
import type { ArchiveDescription } from '../archive/layout.ts';
import { lockArchive } from '../archive/lock.ts';
import { rebuildCatalogue } from '../archive/rebuild.ts';
import type { ArchiveCache } from './archive-cache.ts';

/** An archive that is looked into: nothing in it is changed, recovered or locked. */
export interface BrowsedFiles {
  readonly root: string;
  readonly description: ArchiveDescription;
  readonly catalogue: Catalogue;
  readonly origin: ArchiveView['catalogue'];
  /** Its place takes no files. */
  readonly readOnly: boolean;
}

/**
 * Opens an archive wherever it lies and however it was left: being written to, on read-only media, without a catalogue.
 * One that is missing is made where it belongs if that is possible, else, and when it is damaged, in the cache: a journal
 * that might still be saved is not overwritten for the sake of a look.
 *
 * @throws ARCHIVE_NOT_FOUND, ARCHIVE_NOT_AN_ARCHIVE, ARCHIVE_NEWER; ARCHIVE_DAMAGED when its mail is not there
 */
export async function openForBrowsing(path: string, cache: ArchiveCache, ports: ArchivePorts): Promise<BrowsedFiles> {
  const root = resolve(path);
  const description = await readDescription(root);
  const mail = await readdir(resolveIn(root, names.mail)).catch(() => null);
  if (mail === null) throw new TravasoError('ARCHIVE_DAMAGED', { path: root, file: names.mail });
  const readOnly = !(await isWritable(root));
  const own = join(root, names.catalogue);
  if (await exists(own)) {
    try {
      return { root, description, catalogue: openCatalogue(own, ports.faults, 'read'), origin: 'own', readOnly };
    } catch (error) {
      if (error instanceof TravasoError && error.code === 'ARCHIVE_NEWER') throw error;
    }
  } else if (!readOnly && (await rebuildInPlace(root, ports))) {
    return { root, description, catalogue: openCatalogue(own, ports.faults, 'read'), origin: 'rebuilt', readOnly };
  }
  const catalogue = await elsewhere(root, cache.folderFor(description.id), ports);
  return { root, description, catalogue, origin: 'rebuilt-elsewhere', readOnly };
}

/** False where it cannot be: another process works on it, or the disk will not take it. */
async function rebuildInPlace(root: string, ports: ArchivePorts): Promise<boolean> {
  try {
    const lock = lockArchive(join(root, names.lock));
    try {
      await rebuildCatalogue(root, ports);
      return true;
    } finally {
      lock.release();
    }
  } catch {
    return false;
  }
}

/** The one made last time serves as long as the sidecars are as long as they were. */
async function elsewhere(root: string, folder: string, ports: ArchivePorts): Promise<Catalogue> {
  const path = join(folder, names.catalogue);
  try {
    const known = openCatalogue(path, ports.faults, 'read');
    if (await isUpToDate(known, root)) return known;
    known.close();
  } catch {
    // None yet, or not to be used.
  }
  await rebuildCatalogue(root, ports, folder);
  return openCatalogue(path, ports.faults, 'read');
}

/** Whether a catalogue has met all that the sidecars hold. */
export async function isUpToDate({ db }: Catalogue, root: string): Promise<boolean> {
  const folders = allFolders(db);
  const sidecars = (await readdir(resolveIn(root, names.mail))).filter(name => name.endsWith('.jsonl'));
  if (sidecars.length !== folders.length) return false;
  for (const { stem, sidecarOctets } of folders) {
    const found = await stat(resolveIn(root, sidecarPath(stem))).catch(() => null);
    if (found?.size !== sidecarOctets) return false;
  }
  return true;
}

/** Whether another process is writing to the archive. Asks only where there is a lock: looking leaves nothing behind. */
export async function isBeingWritten(root: string): Promise<boolean> {
  const path = join(root, names.lock);
  if (!(await exists(path)) || !(await isWritable(root))) return false;
  try {
    lockArchive(path).release();
    return false;
  } catch (error) {
    return error instanceof TravasoError && error.code === 'ARCHIVE_IN_USE';
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
