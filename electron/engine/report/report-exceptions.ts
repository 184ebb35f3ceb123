import type { Database } from 'better-sqlite3';
import { TravasoError } from '../../../shared/errors.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { JobException } from '../../../shared/model/job.ts';
import type { MigrationReport, ReportException } from '../../../shared/model/report.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { ItemLedger } from '../archive/catalogue/item-ledger.ts';
import { allItemFolders, findItemByNumber } from '../archive/catalogue/item-table.ts';
import { exceptionsOf } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';
import { findMessage } from '../archive/catalogue/message-table.ts';
import type { ArchivedMessage } from '../archive/catalogue/message-table.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { headerFields } from '../message/header-fields.ts';

export interface ExceptionOptions {
  readonly archive: Archive;
  readonly jobs: readonly JobRecord[];
  readonly ledger: UploadLedger | null;
  readonly reader: MessageReader;
  readonly messageFolder: string | null;
  /** Where contacts and the like went. */
  readonly itemAccount: string | null;
  /** The verifications the report is about. */
  readonly proofs: readonly JobRecord[];
}

type Found = Pick<MigrationReport, 'exceptions' | 'renamedFolders' | 'lostKeywords'>;

/**
 * Every exception once: of the backup those of its last run (what an earlier one could not read may be there by now),
 * of the upload what the ledger says today, of the verification its own.
 */
export async function reportExceptions(options: ExceptionOptions): Promise<Found> {
  const { archive, jobs, itemAccount, proofs } = options;
  const all = allFolders(archive.catalogue.db);
  const folders = new Map(all.map(folder => [folderKey(folder.path), folder]));
  const exceptions: ReportException[] = [];
  const renamedFolders: MigrationReport['renamedFolders'][number][] = [];
  const lostKeywords: MigrationReport['lostKeywords'][number][] = [];
  const seen = new Set<string>();
  const byPath = ({ folder: path }: JobException): ArchivedFolder | undefined =>
    path === null ? undefined : folders.get(folderKey(path));
  const add = async (
    exception: JobException,
    phase: ReportException['phase'],
    folder: ArchivedFolder | undefined = byPath(exception),
  ): Promise<void> => {
    const { problem, folder: path } = exception;
    const identity = JSON.stringify([problem, path, folder?.id, exception.number, exception.key]);
    if (seen.has(identity)) return;
    seen.add(identity);
    if (problem.code === 'TARGET_FOLDER_RENAMED' && path !== null) {
      const reason = renameReasons.find(each => each === problem.details['reason']) ?? 'refused';
      renamedFolders.push({ path, targetName: String(problem.details['name'] ?? ''), reason });
    } else if (problem.code === 'TARGET_KEYWORD_REFUSED' && folder !== undefined) {
      const keyword = String(problem.details['keyword'] ?? '');
      lostKeywords.push({ keyword, folder: [...folder.path], messages: withKeyword(archive, folder, keyword) });
    } else {
      exceptions.push(await described(exception, phase, folder, options));
    }
  };

  const lastBackup = jobs.findLast(job => job.kind === 'backup');
  for (const exception of lastBackup === undefined ? [] : exceptionsOf(archive.catalogue.db, lastBackup.id)) {
    await add(exception, 'backup');
  }
  // Two accounts may have a folder of the same name: each has its own rows.
  for (const folder of all) {
    for (const row of options.ledger?.rowsOf(folder.id) ?? []) {
      // Of what arrived the ledger names only the copies that were repaired.
      if (row.problem === null || row.state === 'intent') continue;
      const { code, details } = row.problem;
      await add(
        { problem: { code, details: { ...details } }, folder: [...folder.path], number: row.number, key: null },
        'upload',
        folder,
      );
    }
  }
  const uploads = jobs.filter(({ kind }) => kind === 'upload');
  for (const exception of itemExceptions(archive.catalogue.db, itemAccount)) await add(exception, 'upload');
  for (const job of uploads) {
    // A message that was set aside is in the ledger, or was sent by a later run; so is an item.
    for (const each of exceptionsOf(archive.catalogue.db, job.id)) {
      const isLast = job === uploads.at(-1);
      if (each.number !== null || ofLedger.has(each.problem.code)) continue;
      if (isLast || !ofLastRun.has(each.problem.code)) await add(each, 'upload');
    }
  }
  for (const exception of proofs.flatMap(({ id }) => exceptionsOf(archive.catalogue.db, id))) {
    const folder = byPath(exception);
    const row =
      folder === undefined || exception.number === null ? null : options.ledger?.find(folder.id, exception.number);
    if (row?.state !== 'set-aside') await add(exception, 'verify');
  }
  return { exceptions, renamedFolders, lostKeywords };
}

/** Of single items: what became of them is in their ledger. */
const ofLedger: ReadonlySet<string> = new Set(['ITEM_REFUSED', 'ITEM_FIELDS_CHANGED']);
/** Of whole folders, said again by each run for which it still holds. */
const ofLastRun: ReadonlySet<string> = new Set(['ITEMS_BY_HAND', 'SETTINGS_NOT_SET', 'ITEM_FOLDER_REFUSED']);

/** What the ledger says of items today: refused, or arrived with fields changed. */
function* itemExceptions(db: Database, account: string | null): Generator<JobException> {
  if (account === null) return;
  const ledger = new ItemLedger(db, account);
  for (const folder of allItemFolders(db)) {
    for (const { number, state, problem } of ledger.rowsOf(folder.id)) {
      const item = problem === null || state === 'intent' ? null : findItemByNumber(db, folder.id, number);
      if (item === null || problem === null || item.superseded) continue;
      const { code, details } = problem;
      yield { problem: { code, details: { ...details } }, folder: [...folder.path], number: null, key: item.key };
    }
  }
}

const renameReasons = ['illegal-characters', 'reserved', 'too-long', 'name-taken', 'refused'] as const;

async function described(
  { problem, folder: path, number }: JobException,
  phase: ReportException['phase'],
  folder: ArchivedFolder | undefined,
  { archive, reader, messageFolder }: ExceptionOptions,
): Promise<ReportException> {
  const { code, details } = problem;
  const common = { problem: { code, details }, folder: path, phase };
  const message = folder === undefined || number === null ? null : findMessage(archive.catalogue.db, folder.id, number);
  if (folder === undefined || message === null) return { ...common, message: null };
  const header = await headerIfReadable(reader, folder, message);
  const { subject, from, date } = header ?? { subject: null, from: null, date: null };
  const file =
    header === null || messageFolder === null || phase === 'backup'
      ? null
      : `${messageFolder}/${exportedName(folder, message)}`;
  const id = `${folder.stem}/${message.number}`;
  return { ...common, message: { id, subject, from, date, sha256: message.sha256, file } };
}

/** Null when the archive's own file is damaged: then the report is needed most, and names what it can. */
async function headerIfReadable(
  reader: MessageReader,
  folder: ArchivedFolder,
  message: ArchivedMessage,
): Promise<Awaited<ReturnType<typeof headerFields>> | null> {
  try {
    return await headerFields(await reader.header(folder, message));
  } catch (error) {
    if (error instanceof TravasoError) return null;
    throw error;
  }
}

/** File name of a message exported beside the report. */
export function exportedName(folder: ArchivedFolder, message: { readonly number: number }): string {
  return `${folder.stem}-${String(message.number).padStart(8, '0')}.eml`;
}

function withKeyword(archive: Archive, folder: ArchivedFolder, keyword: string): number {
  return Number(
    archive.catalogue.db
      .prepare(
        `SELECT count(*) FROM messages, json_each(iif(keywords = '', '[]', keywords)) AS each
         WHERE folder_id = ? AND each.value = ?`,
      )
      .pluck()
      .get(folder.id, keyword),
  );
}
