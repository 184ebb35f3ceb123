import { basename } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { MigrationReport, ReportCounts } from '../../../shared/model/report.ts';
import { countNames, reportVersion } from '../../../shared/model/report.ts';
import { outcomeOf } from '../../../shared/model/report-outcome.ts';
import { product } from '../../../shared/product.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import { sealOf } from '../archive/bag.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { allJobs, exceptionsOf, folderFiguresOf } from '../archive/catalogue/job-journal.ts';
import type { FolderFigures, JobRecord } from '../archive/catalogue/job-journal.ts';
import { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import { storedFigures } from '../archive/catalogue/message-table.ts';
import { names } from '../archive/layout.ts';
import { readLeftOut } from '../archive/left-out.ts';
import type { LeftOutFolder } from '../archive/left-out.ts';
import { MessageReader } from '../archive/message-reader.ts';
import { folderRow, leftOutRow } from './folder-row.ts';
import { reportAccounts } from './report-accounts.ts';
import { reportExceptions } from './report-exceptions.ts';
import { reportItems } from './report-items.ts';
import { foundInArchive, journalledCheck, newestCheck } from './archive-check.ts';
import type { ArchiveCheck } from './archive-check.ts';

export interface ReportOptions {
  readonly archive: Archive;
  readonly created: Date;
  /** Name of the folder beside the report that will hold the messages set aside, as EML; null when none is written. */
  readonly messageFolder: string | null;
  /** A check of the archive by itself that its journal may not know of. */
  readonly check?: ArchiveCheck | null;
}

/**
 * Puts the report together from what was recorded while the work was done: the catalogue's rows, the ledger, and each
 * job's own counts. Nothing is asked of a server.
 */
export async function buildReport({
  archive,
  created,
  messageFolder,
  check = null,
}: ReportOptions): Promise<MigrationReport> {
  const { db } = archive.catalogue;
  const { folders: leftOut, items: leftOutItems } = await readLeftOut(archive.root);
  const folders = allFolders(db).filter(folder => !isLeftOut(folder, leftOut, db));
  const everyJob = allJobs(db);
  // A restore is work of its own: it is told among the runs, and proves nothing about the migration.
  const jobs = everyJob.filter(job => job.restore === undefined);
  const { mail: account, items: itemAccount } = reportAccounts(jobs);
  const ledger = account === null ? null : new UploadLedger(db, account);
  const proofOf = (of: string | null): JobRecord | null =>
    jobs.findLast(job => job.kind === 'verify' && job.account === of && hasEnded(job)) ?? null;
  const proof = proofOf(account);
  const itemProof = itemAccount === account ? proof : proofOf(itemAccount);
  const figures = {
    backup: latestFigures(archive, jobs, 'backup'),
    proof: proof === null ? new Map<number, FolderFigures>() : folderFiguresOf(db, proof.id),
  };
  const exceptions = latestExceptions(archive, jobs, 'backup');
  const archiveCheck = newestCheck(check, journalledCheck(db, jobs), proof);
  const chosenRows = folders.map(folder =>
    folderRow({
      archive,
      folder,
      ledger,
      backup: figures.backup.get(folder.id) ?? null,
      proof: figures.proof.get(folder.id) ?? null,
      exceptions,
    }),
  );
  const archived = new Set(folders.map(folder => folderKey(folder.path)));
  const rows = [...chosenRows, ...leftOut.filter(folder => !archived.has(folderKey(folder.path))).map(leftOutRow)];
  const reader = new MessageReader(archive);
  const sealed = await sealOf(archive.root);
  try {
    const told = await reportExceptions({
      ...{ archive, jobs, ledger, reader, messageFolder, itemAccount },
      proofs: [...new Set([proof, itemProof])].filter(each => each !== null),
    });
    const report: Omit<MigrationReport, 'outcome'> = {
      format: 'travaso-report',
      version: reportVersion,
      product,
      created: created.toISOString(),
      archive: {
        name: basename(archive.root),
        mailFormat: archive.description.mailFormat,
        sealed: sealed === null ? null : { manifest: names.manifest, sha256: sealed },
      },
      sources: sourcesOf(folders, jobs, archive),
      target: account,
      verification: proof === null ? null : verificationOf(proof, figures.proof, account),
      ...(archiveCheck === null ? {} : { archiveCheck: { ...archiveCheck, problems: archiveCheck.problems.length } }),
      totals: totalsOf(chosenRows),
      folders: rows,
      ...reportItems({ db, jobs, account: itemAccount, proof: itemProof }),
      ...(leftOutItems.length === 0 ? {} : { leftOutItems }),
      ...told,
      exceptions: [...told.exceptions, ...(archiveCheck?.problems ?? []).map(foundInArchive)],
      runs: everyJob.flatMap(runOf),
    };
    return { ...report, outcome: outcomeOf(report) };
  } finally {
    await reader.close();
  }
}

/** Left out before anything of it was archived; one left out later still has its messages in the archive. */
function isLeftOut(folder: ArchivedFolder, leftOut: readonly LeftOutFolder[], db: Database): boolean {
  const key = folderKey(folder.path);
  return leftOut.some(({ path }) => folderKey(path) === key) && storedFigures(db, folder.id).messages === 0;
}

function hasEnded({ status }: JobRecord): boolean {
  return status === 'succeeded' || status === 'partial' || status === 'failed';
}

/** Of each folder the counts of the last run that came to it. */
function latestFigures(
  archive: Archive,
  jobs: readonly JobRecord[],
  kind: JobRecord['kind'],
): Map<number, FolderFigures> {
  const latest = new Map<number, FolderFigures>();
  for (const job of jobs) {
    if (job.kind !== kind) continue;
    for (const [folderId, figures] of folderFiguresOf(archive.catalogue.db, job.id)) latest.set(folderId, figures);
  }
  return latest;
}

function latestExceptions(
  archive: Archive,
  jobs: readonly JobRecord[],
  kind: JobRecord['kind'],
): ReturnType<typeof exceptionsOf> {
  const last = jobs.findLast(job => job.kind === kind);
  return last === undefined ? [] : exceptionsOf(archive.catalogue.db, last.id);
}

function sourcesOf(
  folders: readonly { readonly account: string }[],
  jobs: readonly JobRecord[],
  archive: Archive,
): string[] {
  const accounts = new Set(folders.map(folder => folder.account));
  for (const job of jobs) if (job.kind === 'backup' && job.account !== null) accounts.add(job.account);
  return accounts.size > 0 ? [...accounts] : [`archive:${archive.description.id}`];
}

function verificationOf(
  proof: JobRecord,
  figures: ReadonlyMap<number, FolderFigures>,
  account: string | null,
): MigrationReport['verification'] {
  let byOctets = 0;
  let byParts = 0;
  for (const each of figures.values()) {
    // An archive is proved by octets only and its check does not count them twice.
    byOctets += each['byOctets'] ?? each['verified'] ?? 0;
    byParts += each['byParts'] ?? 0;
  }
  return { of: account === null ? 'archive' : 'target', finished: proof.updated, byOctets, byParts };
}

function totalsOf(rows: MigrationReport['folders']): ReportCounts {
  const totals = Object.fromEntries(
    countNames.map(name => {
      const known = rows.map(row => row[name]).filter(value => value !== null);
      return [name, known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)];
    }),
  );
  return totals as ReportCounts;
}

function restoreOf({ restore, figures }: JobRecord): Pick<MigrationReport['runs'][number], 'restore'> {
  if (restore === undefined) return {};
  const { under, query } = restore;
  return { restore: { under, query, found: figures.found, setAside: figures.setAside } };
}

function runOf(job: JobRecord): MigrationReport['runs'] {
  if (job.kind !== 'backup' && job.kind !== 'upload' && job.kind !== 'verify') return [];
  const messages = { backup: job.figures.stored, upload: job.figures.uploaded, verify: job.figures.verified };
  return [
    {
      kind: job.kind,
      ...restoreOf(job),
      started: job.created,
      finished: hasEnded(job) ? job.updated : null,
      status: job.status,
      messages: messages[job.kind],
      bytes: job.octets,
      seconds: job.elapsedMs / 1000,
    },
  ];
}
