import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { Clock, FaultPort } from '../ports.ts';
import { openCatalogue } from './catalogue/catalogue.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import { diskProblem, onDisk } from './disk-problem.ts';
import { replaceFile } from './durable-file.ts';
import { startFileHasher } from './file-hasher.ts';
import type { FileHasher } from './file-hasher.ts';
import { descriptionSchema, formatVersion, names } from './layout.ts';
import type { ArchiveDescription, MailFormat } from './layout.ts';
import { lockArchive } from './lock.ts';
import type { ArchiveLock } from './lock.ts';
import { rebuildCatalogue } from './rebuild.ts';
import { recoverFolders } from './recover.ts';

/** What is needed to read messages. */
export interface ArchiveFiles {
  readonly root: string;
  readonly catalogue: Catalogue;
}

/** An archive opened for work: its folder, its catalogue and, when opened for writing, its lock. */
export interface Archive extends ArchiveFiles {
  readonly description: ArchiveDescription;
  readonly mode: 'read' | 'write';
  /** For the manifest: fed while files grow, asked when the bag is sealed. */
  readonly fileHasher: FileHasher;
  close(): void;
}

export interface ArchivePorts {
  readonly clock: Clock;
  readonly faults: FaultPort;
}

/**
 * Opens an archive. For writing it takes the lock, makes a missing catalogue anew and cuts away what a crash left
 * half-written, so that what follows can rely on the catalogue.
 *
 * @throws ARCHIVE_NOT_FOUND, ARCHIVE_NOT_AN_ARCHIVE, ARCHIVE_NEWER, ARCHIVE_IN_USE, ARCHIVE_CATALOGUE_DAMAGED,
 *   ARCHIVE_DAMAGED
 */
export async function openArchive(root: string, mode: 'read' | 'write', ports: ArchivePorts): Promise<Archive> {
  const description = await readDescription(root);
  const lock = mode === 'write' ? lockArchive(join(root, names.lock)) : null;
  return await openLocked(root, description, mode, lock, ports);
}

/**
 * Opens the archive in `root` for writing, or makes one there if the folder is missing or empty. A folder that holds
 * anything else is refused: an archive has its folder to itself, or nobody could tell later what belongs to it.
 *
 * @throws as `openArchive`; ARCHIVE_FORMAT_FIXED when it exists with another mail format than the one asked for
 */
export async function openOrCreateArchive(
  root: string,
  mailFormat: MailFormat | null,
  ports: ArchivePorts,
): Promise<Archive> {
  await onDisk(root, () => mkdir(root, { recursive: true }));
  // Before the lock, too: a folder picked by mistake is not littered with a lock file.
  await isVacant(root);
  const lock = lockArchive(join(root, names.lock));
  try {
    if (await isVacant(root)) {
      const created: ArchiveDescription = {
        format: 'travaso-archive',
        version: formatVersion,
        id: randomUUID(),
        created: ports.clock.now().toISOString(),
        mailFormat: mailFormat ?? 'mbox',
      };
      await onDisk(root, () => mkdir(join(root, 'data', 'mail'), { recursive: true }));
      await replaceFile(join(root, names.description), `${JSON.stringify(created, null, 2)}\n`, ports.faults);
    }
    const description = await readDescription(root);
    if (mailFormat !== null && mailFormat !== description.mailFormat) {
      throw new TravasoError('ARCHIVE_FORMAT_FIXED', { path: root, format: description.mailFormat });
    }
    return await openLocked(root, description, 'write', lock, ports);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Takes hold of an archive to check it: nothing is recovered, cut or made anew, because a check must meet the files as
 * they are. The lock is taken where the place can be written to; on read-only media nobody else writes either.
 */
export async function openForChecking(root: string, ports: ArchivePorts): Promise<CheckedArchive> {
  await readDescription(root);
  const lock = lockIfWritable(join(root, names.lock));
  const path = join(root, names.catalogue);
  let catalogue: Catalogue | null = null;
  try {
    catalogue = (await exists(path)) ? openCatalogue(path, ports.faults, lock === null ? 'read' : 'write') : null;
  } catch {
    // A catalogue that cannot be opened is for the check to name.
  }
  const opened = catalogue;
  return {
    root,
    catalogue,
    journal: lock === null ? null : catalogue,
    close: () => {
      opened?.close();
      lock?.release();
    },
  };
}

export interface CheckedArchive {
  readonly root: string;
  readonly catalogue: Catalogue | null;
  /** Where the outcome is written down; null on read-only media or without a catalogue. */
  readonly journal: Catalogue | null;
  close(): void;
}

function lockIfWritable(path: string): ArchiveLock | null {
  try {
    return lockArchive(path);
  } catch (error) {
    if (error instanceof TravasoError && error.code === 'DISK_NOT_WRITABLE') return null;
    throw error;
  }
}

async function openLocked(
  root: string,
  description: ArchiveDescription,
  mode: 'read' | 'write',
  lock: ArchiveLock | null,
  ports: ArchivePorts,
): Promise<Archive> {
  const path = join(root, names.catalogue);
  let catalogue: Catalogue | null = null;
  try {
    if (!(await exists(path))) {
      if (mode === 'read') throw new TravasoError('ARCHIVE_CATALOGUE_DAMAGED', { path });
      await rebuildCatalogue(root, ports);
    }
    catalogue = openCatalogue(path, ports.faults, mode);
    if (mode === 'write') await recoverFolders({ root, description, catalogue }, ports.faults);
    const opened = catalogue;
    const fileHasher = startFileHasher();
    return {
      root,
      description,
      catalogue,
      mode,
      fileHasher,
      close: () => {
        void fileHasher.close();
        opened.close();
        lock?.release();
      },
    };
  } catch (error) {
    catalogue?.close();
    lock?.release();
    throw diskProblem(error, path);
  }
}

/** @throws ARCHIVE_NOT_FOUND, ARCHIVE_NOT_AN_ARCHIVE, ARCHIVE_NEWER */
export async function readDescription(root: string): Promise<ArchiveDescription> {
  const path = join(root, names.description);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!(await exists(root))) throw new TravasoError('ARCHIVE_NOT_FOUND', { path: root }, { cause: error });
    throw new TravasoError('ARCHIVE_NOT_AN_ARCHIVE', { path: root }, { cause: error });
  }
  const parsed = descriptionSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new TravasoError('ARCHIVE_NOT_AN_ARCHIVE', { path: root });
  if (parsed.data.version > formatVersion) {
    throw new TravasoError('ARCHIVE_NEWER', { path: root, version: parsed.data.version });
  }
  return parsed.data;
}

/**
 * Whether nothing is here but what a creation that was cut short can have left; false for an archive.
 *
 * @throws ARCHIVE_NOT_AN_ARCHIVE when there is anything else
 */
export async function isVacant(root: string): Promise<boolean> {
  const entries = await onDisk(root, () => readdir(root));
  if (entries.includes(names.description)) return false;
  const foreign = entries.filter(
    entry => !entry.startsWith(names.lock) && entry !== `${names.description}.part` && entry !== 'data',
  );
  const data = entries.includes('data')
    ? await onDisk(root, () => readdir(join(root, 'data'), { recursive: true }))
    : [];
  if (foreign.length > 0 || data.some(entry => entry !== 'mail')) {
    throw new TravasoError('ARCHIVE_NOT_AN_ARCHIVE', { path: root });
  }
  return true;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
