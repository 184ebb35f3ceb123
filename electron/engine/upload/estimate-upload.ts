import type { Database } from 'better-sqlite3';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { allJobs } from '../archive/catalogue/job-journal.ts';
import type { MailTarget } from '../targets/mail-target.ts';

/** Messages an upload must have carried before its rate says anything. */
const telling = 200;

/** How long so many messages take at least: by what was measured, else by what is permitted, else nobody knows. */
export function estimateUpload(
  db: Database,
  messages: number,
  { account, permittedRate }: Pick<MailTarget, 'account' | 'permittedRate'>,
): UploadPlan['estimate'] {
  const last = allJobs(db).findLast(
    job => job.kind === 'upload' && job.account === account && job.figures.uploaded >= telling && job.elapsedMs > 0,
  );
  if (last !== undefined) {
    const messagesPerSecond = (last.figures.uploaded * 1000) / last.elapsedMs;
    return { seconds: messages / messagesPerSecond, messagesPerSecond, basis: 'measured' };
  }
  if (permittedRate === undefined || permittedRate === null) return null;
  return { seconds: messages / permittedRate, messagesPerSecond: permittedRate, basis: 'permitted' };
}
