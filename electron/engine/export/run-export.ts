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
import type { ArchivedMessage, StoredFigures } from '../archive/catalogue/message-table.ts';
import { messagesOf, storedFigures } from '../archive/catalogue/message-table.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';
import { mboxEntry } from '../archive/mbox-store.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { FolderContext, JobContext, JobOutcome } from '../jobs/job-context.ts';
import { exportNames } from './export-names.ts';
import type { MessageChoice } from './message-choice.ts';
import { messageListCsv } from './message-list-csv.ts';
import { statusHeaders, withHeaders } from './status-headers.ts';

export interface ExportOptions {
  readonly archive: Archive;
  /** A new or empty folder, or for zip a file that does not exist yet. */
  readonly to: string;
  readonly format: 'mbox' | 'eml' | 'zip' | 'csv';
  readonly folders: readonly string[];
  /** What is wanted; left out or null: all. */
  readonly only?: MessageChoice | null;
  /** Tell mail programs, in mbox files, what was read and answered: the octets are then no longer exact. */
  readonly statusHeaders?: boolean;
  readonly context: JobContext;
}

/**
 * Writes messages out of the archive for use elsewhere: mboxrd files, EML files, EML files in a ZIP, or the list of them
 * as CSV. Nothing that exists is overwritten.
 *
 * @throws EXPORT_PLACE_TAKEN, FOLDER_PATTERN_MATCHES_NOTHING, disk errors
 */
export async function runExport(options: ExportOptions): Promise<JobOutcome> {
  const { archive, context, format, to, only = null } = options;
  const { db } = archive.catalogue;
  const all = allFolders(db);
  const paths = all.map(folder => folder.path);
  assertEachMatches(options.folders, paths);
  const isChosen = folderFilter(options.folders);
  const chosen = all.filter(
    folder => isChosen(folder.path) && folder.selectable && (only === null || only.has(folder.id)),
  );
  await assertFree(to, format);
  const figures = chosen.map(folder =>
    isWhole(only, folder) ? storedFigures(db, folder.id) : chosenFigures(options, folder),
  );
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
    if (format === 'csv') await exportList(options, folders);
    else if (format === 'zip') await exportZip(options, folders, names, reader);
    else await exportFolders(options, format, folders, names, reader);
  } finally {
    await reader.close();
  }
  return { written: [to] };
}

export interface ExportedFolder {
  readonly folder: ArchivedFolder;
  readonly context: FolderContext;
}

const nothing = { messages: 0, octets: 0 };

type Names = ReadonlyMap<number, readonly string[]>;

async function assertFree(to: string, format: ExportOptions['format']): Promise<void> {
  const found = await stat(to).catch(() => null);
  if (found === null) return;
  const isFolder = format === 'mbox' || format === 'eml';
  const entries = isFolder && found.isDirectory() ? await onDisk(to, () => readdir(to)) : ['taken'];
  if (entries.length > 0) throw new TravasoError('EXPORT_PLACE_TAKEN', { path: to });
}

async function exportFolders(
  options: ExportOptions,
  format: 'mbox' | 'eml',
  folders: readonly ExportedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  const { to } = options;
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
    for (const message of chosenMessages(options, folder)) {
      context.signal.throwIfAborted();
      await writeFile(join(place, emlName(message.number)), reader.body(folder, message));
      counted(context, message.size);
    }
    context.finished();
  }
}

async function* mboxOf(options: ExportOptions, folder: ArchivedFolder, reader: MessageReader): AsyncGenerator<Buffer> {
  for (const message of chosenMessages(options, folder)) {
    options.context.signal.throwIfAborted();
    const body = reader.body(folder, message);
    const entry = options.statusHeaders === true ? withHeaders(statusHeaders(message), body) : body;
    yield* mboxEntry(message.internalDate, entry);
    counted(options.context, message.size);
  }
}

async function exportList(options: ExportOptions, folders: readonly ExportedFolder[]): Promise<void> {
  const { archive, to } = options;
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  const list = messageListCsv(archive, folders, folder => chosenMessages(options, folder));
  await writeFile(to, Readable.from(list, { objectMode: false }));
}

async function exportZip(
  options: ExportOptions,
  folders: readonly ExportedFolder[],
  names: Names,
  reader: MessageReader,
): Promise<void> {
  const { to } = options;
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  const zip = new ZipFile();
  const stop = new AbortController();
  const writing = writeFile(to, zip.outputStream, stop.signal);
  try {
    for (const { folder, context } of folders) {
      context.phase('transferring', displayPath(folder.path));
      const path = (names.get(folder.id) ?? []).join('/');
      zip.addEmptyDirectory(path);
      for (const message of chosenMessages(options, folder)) {
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

function* chosenMessages({ archive, only = null }: ExportOptions, folder: ArchivedFolder): Generator<ArchivedMessage> {
  const numbers = only?.get(folder.id);
  const whole = isWhole(only, folder);
  for (const message of messagesOf(archive.catalogue.db, folder.id)) {
    if (whole || numbers?.has(message.number) === true) yield message;
  }
}

function isWhole(only: MessageChoice | null, folder: ArchivedFolder): boolean {
  return only === null || only.get(folder.id) === null;
}

function chosenFigures(options: ExportOptions, folder: ArchivedFolder): StoredFigures {
  const figures = { messages: 0, octets: 0 };
  for (const { size } of chosenMessages(options, folder)) {
    figures.messages += 1;
    figures.octets += size;
  }
  return figures;
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
