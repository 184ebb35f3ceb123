import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { TravasoError } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { messagesOf, storedFigures } from '../archive/catalogue/message-table.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';
import { mboxEntry } from '../archive/mbox-store.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { FolderContext, JobContext, JobOutcome } from '../jobs/job-context.ts';
import { exportNames } from './export-names.ts';

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
  const chosen = all.filter(folder => isChosen(folder.path) && folder.selectable);
  await assertFree(to, format);
  const figures = chosen.map(folder => storedFigures(db, folder.id));
  context.total(
    figures.reduce((sum, each) => sum + each.messages, 0),
    figures.reduce((sum, each) => sum + each.octets, 0),
  );
  context.folders.list(chosen);
  const folders = chosen.map((folder, index): ExportedFolder => {
    const inFolder = context.folders.enter(folder.path, context);
    inFolder.counted(figures[index] ?? nothing, nothing);
    return { folder, context: inFolder };
  });
  const reader = new MessageReader(archive);
  try {
    const names = exportNames(all);
    if (format === 'zip') await exportZip(options, folders, names, reader);
    else await exportFolders(options, format, folders, names, reader);
  } finally {
    await reader.close();
  }
  return { written: [to] };
}

interface ExportedFolder {
  readonly folder: ArchivedFolder;
  readonly context: FolderContext;
}

const nothing = { messages: 0, octets: 0 };

type Names = ReadonlyMap<number, readonly string[]>;

async function assertFree(to: string, format: ExportOptions['format']): Promise<void> {
  const found = await stat(to).catch(() => null);
  if (found === null) return;
  const entries = format !== 'zip' && found.isDirectory() ? await onDisk(to, () => readdir(to)) : ['taken'];
  if (entries.length > 0) throw new TravasoError('EXPORT_PLACE_TAKEN', { path: to });
}

async function exportFolders(
  options: ExportOptions,
  format: 'mbox' | 'eml',
  folders: readonly ExportedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  const { archive, to } = options;
  await onDisk(to, () => mkdir(to, { recursive: true }));
  for (const { folder, context } of folders) {
    context.phase('transferring', displayPath(folder.path));
    const place = join(to, ...(names.get(folder.id) ?? []));
    await onDisk(place, () => mkdir(format === 'mbox' ? dirname(place) : place, { recursive: true }));
    if (format === 'mbox') {
      await writeFile(`${place}.mbox`, mboxOf({ ...options, context }, folder, reader));
      context.finished();
      continue;
    }
    for (const message of messagesOf(archive.catalogue.db, folder.id)) {
      context.signal.throwIfAborted();
      await writeFile(join(place, emlName(message.number)), reader.body(folder, message));
      counted(context, message.size);
    }
    context.finished();
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
  { archive, to }: ExportOptions,
  folders: readonly ExportedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  const zip = new ZipFile();
  const stop = new AbortController();
  const writing = writeFile(to, zip.outputStream, stop.signal);
  try {
    for (const { folder, context } of folders) {
      context.phase('transferring', displayPath(folder.path));
      const path = (names.get(folder.id) ?? []).join('/');
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
      context.finished();
    }
    zip.end();
    await writing;
  } catch (error) {
    stop.abort();
    await writing.catch(() => undefined);
    throw error;
  }
}

function counted(context: JobContext, octets: number): void {
  context.count('found');
  context.done(1, octets);
}

function emlName(number: number): string {
  return `${String(number).padStart(8, '0')}.eml`;
}

/**
 * Writes a file as a whole: half of one would pass for a whole one, and is taken away again.
 *
 * @throws EXPORT_PLACE_TAKEN when the file exists: it appeared since we looked, and is not ours
 */
async function writeFile(
  path: string,
  content: AsyncIterable<Buffer> | NodeJS.ReadableStream,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await pipeline(content, createWriteStream(path, { flags: 'wx' }), signal === undefined ? {} : { signal });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new TravasoError('EXPORT_PLACE_TAKEN', { path }, { cause: error });
    }
    await onDisk(path, () => rm(path, { force: true }));
    throw diskProblem(error, path);
  }
}
