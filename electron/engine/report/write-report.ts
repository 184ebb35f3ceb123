import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TravasoError } from '../../../shared/errors.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import type { Language } from '../../../shared/words/language.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { findMessage } from '../archive/catalogue/message-table.ts';
import { onDisk } from '../archive/disk-problem.ts';
import { MessageReader } from '../archive/message-reader.ts';
import type { ArchiveCheck } from './archive-check.ts';
import { buildReport } from './build-report.ts';
import { renderReportHtml } from './render-html.ts';
import { renderReportJson } from './render-json.ts';

export interface WriteReportOptions {
  readonly archive: Archive;
  readonly created: Date;
  /** Ends in `.html` or `.json`. An earlier report of that name is replaced. */
  readonly out: string;
  readonly language: Language;
  /** See `ReportOptions`. */
  readonly check?: ArchiveCheck | null;
}

/**
 * Writes the report, and beside it, as EML, the messages that did not make it: the person needs them in hand, not only
 * by name.
 *
 * @throws USAGE_INVALID for another ending, disk errors
 */
export async function writeReport({
  archive,
  created,
  out,
  language,
  check = null,
}: WriteReportOptions): Promise<MigrationReport> {
  const ending = extname(out).toLowerCase();
  if (ending !== '.html' && ending !== '.json') throw new TravasoError('USAGE_INVALID', { argument: basename(out) });
  const messageFolder = `${basename(out, extname(out))}-eml`;
  const report = await buildReport({ archive, created, messageFolder, check });
  await onDisk(out, () => mkdir(dirname(out), { recursive: true }));
  await exportMessages(archive, report, dirname(out));
  const text = ending === '.json' ? renderReportJson(report) : renderReportHtml(report, { language });
  await onDisk(out, () => writeFile(out, text));
  return report;
}

async function exportMessages(archive: Archive, report: MigrationReport, directory: string): Promise<void> {
  const folders = new Map(allFolders(archive.catalogue.db).map(folder => [folder.stem, folder]));
  const reader = new MessageReader(archive);
  try {
    for (const { message } of report.exceptions) {
      if (message === null || message.file === null || message.id === null) continue;
      const [stem = '', number = ''] = message.id.split('/');
      const folder = folders.get(stem);
      const archived = folder === undefined ? null : findMessage(archive.catalogue.db, folder.id, Number(number));
      if (folder === undefined || archived === null) continue;
      const path = join(directory, ...message.file.split('/'));
      await onDisk(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await pipeline(reader.body(folder, archived), createWriteStream(path));
      });
    }
  } finally {
    await reader.close();
  }
}
