import type { Database } from 'better-sqlite3';
import type { Problem } from '../../../shared/errors.ts';
import type { ReportException } from '../../../shared/model/report.ts';
import { exceptionsOf } from '../archive/catalogue/job-journal.ts';
import type { JobRecord } from '../archive/catalogue/job-journal.ts';

/** The archive read again, by itself. */
export interface ArchiveCheck {
  readonly finished: string;
  /** Messages whose octets hash to what they did when they arrived. */
  readonly verified: number;
  readonly problems: readonly Problem[];
}

type EndedJob = Pick<JobRecord, 'status' | 'updated' | 'figures'>;

/** Null for a check that did not come to its end. One that found damage did, though its job counts as failed. */
export function checkOf({ status, updated, figures }: EndedJob, problems: readonly Problem[]): ArchiveCheck | null {
  const ended = status === 'succeeded' || status === 'partial' || (status === 'failed' && problems.length > 0);
  return ended ? { finished: updated, verified: figures.verified, problems } : null;
}

/** The last that the archive remembers, and the job of it. */
export function journalledCheck(
  db: Database,
  jobs: readonly JobRecord[],
): { readonly check: ArchiveCheck; readonly jobId: string } | null {
  for (const job of jobs.toReversed()) {
    if (job.kind !== 'verify' || job.account !== null) continue;
    const problems = exceptionsOf(db, job.id).map(({ problem }) => problem);
    const check = checkOf(job, problems);
    if (check !== null) return { check, jobId: job.id };
  }
  return null;
}

/**
 * The one that counts today: of a copy that nobody can write to only this process knows. Null where the proof that the
 * report is about is that check.
 */
export function newestCheck(
  known: ArchiveCheck | null,
  journalled: ReturnType<typeof journalledCheck>,
  proof: JobRecord | null,
): ArchiveCheck | null {
  if (known !== null && (journalled === null || known.finished > journalled.check.finished)) return known;
  return journalled === null || journalled.jobId === proof?.id ? null : journalled.check;
}

export function foundInArchive({ code, details }: Problem): ReportException {
  return { problem: { code, details: { ...details } }, folder: null, message: null, phase: 'verify' };
}
