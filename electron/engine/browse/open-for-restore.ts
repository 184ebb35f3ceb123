import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import { openArchive, readDescription } from '../archive/archive.ts';
import type { ArchiveFiles, ArchivePorts } from '../archive/archive.ts';
import { openCatalogue } from '../archive/catalogue/catalogue.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { onDisk } from '../archive/disk-problem.ts';
import { syncDirectory } from '../archive/durable-file.ts';
import { names } from '../archive/layout.ts';
import { lockArchive } from '../archive/lock.ts';
import { rebuildCatalogue } from '../archive/rebuild.ts';
import { isUpToDate } from './open-for-browsing.ts';

/** An archive whose mail is read and whose ledger is written, be it in another place. */
export interface RestorableArchive extends ArchiveFiles {
  close(): void;
}

/**
 * Opens an archive for a restore or for its proof. On read-only media the ledger cannot be kept in the archive: it is in
 * a copy of the catalogue in this person's cache, so that a restore that was cut short goes on where it was. Should the
 * cache be emptied, nothing is doubled: what is at the target is recognised by its octets.
 *
 * @param cacheFolder for the archive of this id
 * @throws as `openArchive`; DISK_FULL and the like for the cache
 */
export async function openForRestore(
  path: string,
  cacheFolder: (archiveId: string) => string,
  ports: ArchivePorts,
): Promise<RestorableArchive> {
  try {
    return await openArchive(path, 'write', ports);
  } catch (error) {
    if (!(error instanceof TravasoError && error.code === 'DISK_NOT_WRITABLE')) throw error;
  }
  const root = resolve(path);
  const { id } = await readDescription(root);
  // Apart from the catalogue that is made for looking, which others have open and which is replaced under them.
  const folder = join(cacheFolder(id), 'restore');
  await onDisk(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const lock = lockArchive(join(folder, names.lock));
  try {
    const catalogue = await catalogueIn(folder, root, ports);
    return {
      root,
      catalogue,
      close: () => {
        catalogue.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The one of the last time; else a copy of the archive's own, which knows of earlier uploads; else one made anew. */
async function catalogueIn(folder: string, root: string, ports: ArchivePorts): Promise<Catalogue> {
  const path = join(folder, names.catalogue);
  const known = (await openIfUpToDate(path, root, ports)) ?? (await openCopy(path, root, ports));
  if (known !== null) return known;
  await rebuildCatalogue(root, ports, folder);
  return openCatalogue(path, ports.faults, 'write');
}

/** Null, too, when the archive has grown since: the one that is made anew then takes the ledger over. */
async function openIfUpToDate(path: string, root: string, ports: ArchivePorts): Promise<Catalogue | null> {
  let catalogue: Catalogue | null = null;
  try {
    openCatalogue(path, ports.faults, 'read').close();
    catalogue = openCatalogue(path, ports.faults, 'write');
    if (await isUpToDate(catalogue, root)) return catalogue;
  } catch {
    // None, or not to be used.
  }
  catalogue?.close();
  return null;
}

async function openCopy(path: string, root: string, ports: ArchivePorts): Promise<Catalogue | null> {
  const beside = `${path}.new`;
  try {
    // A ledger of this folder is newer than what lies on media that nobody writes to.
    openCatalogue(path, ports.faults, 'read').close();
    return null;
  } catch {
    // Nothing is lost here.
  }
  try {
    const own = join(root, names.catalogue);
    // Whole, and not in the middle of a commit that can no longer be rolled back.
    openCatalogue(own, ports.faults, 'read').close();
    await copyFile(own, beside);
    await rename(beside, path);
    await syncDirectory(join(path, '..'));
    return await openIfUpToDate(path, root, ports);
  } catch {
    await rm(beside, { force: true });
    return null;
  }
}
