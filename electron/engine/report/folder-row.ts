import type { JobException } from '../../../shared/model/job.ts';
import type { DifferenceCode, ReportFolder } from '../../../shared/model/report.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { FolderFigures } from '../archive/catalogue/job-journal.ts';
import { messagesOf, storedFigures } from '../archive/catalogue/message-table.ts';
import type { LeftOutFolder } from '../archive/left-out.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';

export interface FolderRowOptions {
  readonly archive: Archive;
  readonly folder: ArchivedFolder;
  /** Null when nothing was uploaded. */
  readonly ledger: UploadLedger | null;
  /** Counts of the last backup and the last proof that came to this folder. */
  readonly backup: FolderFigures | null;
  readonly proof: FolderFigures | null;
  /** Of the last backup. */
  readonly exceptions: readonly JobException[];
}

/** One row of the report: what happened to the messages of one folder, and why counts differ where they do. */
export function folderRow(options: FolderRowOptions): ReportFolder {
  const { archive, folder, ledger, backup, proof } = options;
  const { db } = archive.catalogue;
  const stored = storedFigures(db, folder.id);
  const upload = ledger === null ? null : uploadCounts(options, ledger);
  const differences = new Map<DifferenceCode, number>();
  const differ = (code: DifferenceCode, count: number): void => {
    if (count > 0) differences.set(code, (differences.get(code) ?? 0) + count);
  };
  for (const { problem, key, folder: path } of options.exceptions) {
    const here = path !== null && folderKey(path) === folderKey(folder.path);
    if (here && key !== null && problem.code !== 'MESSAGE_SIZE_DIFFERS') differ(problem.code, 1);
    if (here && key === null && backup === null) differ(problem.code, 1);
  }
  if (upload !== null) {
    differ('ALREADY_AT_TARGET', upload.present);
    differ('GONE_FROM_SOURCE', upload.gone);
    differ('NOT_YET', upload.pending);
    for (const [code, count] of upload.setAsideBy) differ(code, count);
    differ('TARGET_MESSAGE_MISSING', proof?.['missing'] ?? 0);
    differ('TARGET_MESSAGE_DIFFERS', proof?.['differs'] ?? 0);
  }
  // What is archived and gone from the source was found by an earlier run.
  const gone = upload?.gone ?? goneFromSource(archive, folder);
  return {
    path: [...folder.path],
    role: folder.role,
    chosen: true,
    found: backup === null ? null : (backup['found'] ?? 0) + gone,
    stored: stored.messages,
    alreadyPresent: upload?.present ?? null,
    uploaded: upload?.uploaded ?? null,
    verified: proof?.['verified'] ?? null,
    setAside: (backup?.['setAside'] ?? 0) + (upload?.setAside ?? 0),
    missing: proof?.['missing'] ?? null,
    bytes: stored.octets,
    differences: [...differences].map(([code, count]) => ({ code, count })),
  };
}

/** The row of a folder the person left out: shown, and counted for nothing. */
export function leftOutRow({ path, role, messages }: LeftOutFolder): ReportFolder {
  return {
    path,
    role,
    chosen: false,
    found: messages,
    stored: null,
    alreadyPresent: null,
    uploaded: null,
    verified: null,
    setAside: null,
    missing: null,
    bytes: null,
    differences: messages === null || messages === 0 ? [] : [{ code: 'NOT_CHOSEN', count: messages }],
  };
}

interface UploadCounts {
  uploaded: number;
  present: number;
  setAside: number;
  /** Neither sent nor set aside yet. */
  pending: number;
  /** The source no longer has them: not to be carried over, though an earlier run may have. */
  gone: number;
  readonly setAsideBy: Map<DifferenceCode, number>;
}

function uploadCounts({ archive, folder }: FolderRowOptions, ledger: UploadLedger): UploadCounts {
  const counts: UploadCounts = { uploaded: 0, present: 0, setAside: 0, pending: 0, gone: 0, setAsideBy: new Map() };
  for (const message of messagesOf(archive.catalogue.db, folder.id)) {
    const row = ledger.find(folder.id, message.number);
    if (message.absentSince !== null) counts.gone += 1;
    if (row?.state === 'stored') counts.uploaded += 1;
    else if (row?.state === 'present') counts.present += 1;
    else if (row?.state === 'set-aside') {
      const code = row.problem?.code ?? 'TARGET_MESSAGE_REFUSED';
      // Another copy of it was sent: nothing is missing.
      if (code !== 'MESSAGE_REPRESENTED') counts.setAside += 1;
      counts.setAsideBy.set(code, (counts.setAsideBy.get(code) ?? 0) + 1);
    } else if (message.absentSince === null) counts.pending += 1;
  }
  return counts;
}

function goneFromSource(archive: Archive, folder: ArchivedFolder): number {
  return Number(
    archive.catalogue.db
      .prepare('SELECT count(*) FROM messages WHERE folder_id = ? AND absent_since IS NOT NULL')
      .pluck()
      .get(folder.id),
  );
}
