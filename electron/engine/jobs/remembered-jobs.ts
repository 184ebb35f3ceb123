import type { Database } from 'better-sqlite3';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { allJobs, exceptionsOf } from '../archive/catalogue/job-journal.ts';
import { afterCrash } from './job-states.ts';

/** Jobs of earlier processes as the journal of an archive tells them, oldest first. */
export function rememberedJobs(db: Database, root: string): JobSnapshot[] {
  return allJobs(db).map(record => ({
    id: record.id,
    kind: record.kind,
    status: afterCrash(record.status),
    archive: root,
    created: record.created,
    updated: record.updated,
    progress: {
      phase: 'transferring',
      folder: null,
      messages: { done: 0, total: null },
      octets: { done: record.octets, total: null },
      waiting: null,
    },
    figures: record.figures,
    ...(record.itemOutcomes === undefined ? {} : { itemOutcomes: record.itemOutcomes }),
    octets: record.octets,
    workedMs: record.elapsedMs,
    elapsedMs: record.elapsedMs,
    exceptions: exceptionsOf(db, record.id).length,
    ...(record.restore === undefined ? {} : { restore: true }),
    problem: record.problem,
  }));
}
