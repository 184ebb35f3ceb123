import { createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { TravasoError } from '../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { messagesOf, storedFigures } from '../archive/catalogue/message-table.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';
import { mboxEntry } from '../archive/mbox-store.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { exportPaths } from './export-names.ts';

export interface ExportOptions {
  readonly archive: Archive;
  /** A new or empty folder, or for zip a file that does not exist yet. */
  readonly to: string;
  readonly format: 'mbox' | 'eml' | 'zip';
  readonly folders: readonly string[];
  readonly context: JobContext;
}

/**
 * Writes messages out of the archive for use elsewhere: mboxrd files, EML files, or EML files in a ZIP. Nothing that
 * exists is overwritten.
 *
 * @throws EXPORT_PLACE_TAKEN, FOLDER_PATTERN_MATCHES_NOTHING, disk errors
 */
export async function runExport(options: ExportOptions): Promise<JobOutcome> {
  const { archive, context, format, to } = options;
  const { db } = archive.catalogue;
  const all = allFolders(db);
  const paths = all.map(folder => folder.path);
  assertEachMatches(options.folders, paths);
  const isChosen = folderFilter(options.folders);
  const folders = all.filter(folder => isChosen(folder.path));
  await assertFree(to, format);
  const figures = folders.map(folder => storedFigures(db, folder.id));
  context.total(
    figures.reduce((sum, each) => sum + each.messages, 0),
    figures.reduce((sum, each) => sum + each.octets, 0),
  );
  const reader = new MessageReader(archive);
  try {
    const names = exportPaths(paths);
    if (format === 'zip') await exportZip(options, folders, names, reader);
    else await exportFolders(options, format, folders, names, reader);
  } finally {
    await reader.close();
  }
  return { written: [to] };
}

type Names = ReadonlyMap<string, readonly string[]>;

async function assertFree(to: string, format: ExportOptions['format']): Promise<void> {
  const found = await stat(to).catch(() => null);
  if (found === null) return;
  const entries = format !== 'zip' && found.isDirectory() ? await onDisk(to, () => readdir(to)) : ['taken'];
  if (entries.length > 0) throw new TravasoError('EXPORT_PLACE_TAKEN', { path: to });
}

async function exportFolders(
  options: ExportOptions,
  format: 'mbox' | 'eml',
  folders: readonly ArchivedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  const { archive, context, to } = options;
  await onDisk(to, () => mkdir(to, { recursive: true }));
  for (const folder of folders) {
    if (!folder.selectable) continue;
    context.phase('transferring', displayPath(folder.path));
    const place = join(to, ...(names.get(folderKey(folder.path)) ?? []));
    await onDisk(place, () => mkdir(format === 'mbox' ? dirname(place) : place, { recursive: true }));
    if (format === 'mbox') {
      await writeFile(`${place}.mbox`, mboxOf(options, folder, reader));
      continue;
    }
    for (const message of messagesOf(archive.catalogue.db, folder.id)) {
      context.signal.throwIfAborted();
      await writeFile(join(place, emlName(message.number)), reader.body(folder, message));
      counted(context, message.size);
    }
  }
}

async function* mboxOf(
  { archive, context }: ExportOptions,
  folder: ArchivedFolder,
  reader: MessageReader,
): AsyncGenerator<Buffer> {
  for (const message of messagesOf(archive.catalogue.db, folder.id)) {
    context.signal.throwIfAborted();
    yield* mboxEntry(message.internalDate, reader.body(folder, message));
    counted(context, message.size);
  }
}

async function exportZip(
  { archive, context, to }: ExportOptions,
  folders: readonly ArchivedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  const zip = new ZipFile();
  const writing = writeFile(to, zip.outputStream);
  try {
    for (const folder of folders) {
      if (!folder.selectable) continue;
      context.phase('transferring', displayPath(folder.path));
      const path = (names.get(folderKey(folder.path)) ?? []).join('/');
      zip.addEmptyDirectory(path);
      for (const message of messagesOf(archive.catalogue.db, folder.id)) {
        context.signal.throwIfAborted();
        // One after the other, so that no more than one body is held: yazl would open them all.
        const body = Readable.from(reader.body(folder, message));
        const ended = new Promise<void>((resolve, reject) => body.once('close', resolve).once('error', reject));
        zip.addReadStream(body, `${path}/${emlName(message.number)}`, { mtime: new Date(message.internalDate ?? 0) });
        await Promise.race([ended, writing]);
        counted(context, message.size);
      }
    }
  } finally {
    zip.end();
  }
  await writing;
}

function counted(context: JobContext, octets: number): void {
  context.count('found');
  context.done(1, octets);
}

function emlName(number: number): string {
  return `${String(number).padStart(8, '0')}.eml`;
}

/** Fails when the file exists: it appeared since we looked, and is not ours. */
async function writeFile(path: string, content: AsyncIterable<Buffer> | NodeJS.ReadableStream): Promise<void> {
  try {
    await pipeline(content, createWriteStream(path, { flags: 'wx' }));
  } catch (error) {
    throw diskProblem(error, path);
  }
}
