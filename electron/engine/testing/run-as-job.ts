import { randomUUID } from 'node:crypto';
import type { Problem } from '../../../shared/errors.ts';
import type { JobException, JobKind, JobStatus, MessageFigures } from '../../../shared/model/job.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { exceptionsOf } from '../archive/catalogue/job-journal.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { JobRun } from '../jobs/job-run.ts';
import { defaultPatience } from '../jobs/patience.ts';
import type { Clock } from '../ports.ts';
import { createTestClock } from './test-clock.ts';

export interface EndedJob {
  readonly id: string;
  readonly status: JobStatus;
  readonly figures: MessageFigures;
  readonly problem: Problem | null;
  readonly exceptions: readonly JobException[];
  readonly outcome: JobOutcome;
}

export interface JobOptions {
  readonly journal: Catalogue;
  readonly kind: JobKind;
  /** Null: work on the archive alone. */
  readonly account?: string | null;
  readonly clock?: Clock;
  /** Given the running job, to pause or cancel it from within. */
  readonly started?: (run: JobRun) => void;
}

/** Runs work as the registry would, in the journal of an archive that the caller holds open. */
export async function runAsJob(
  { journal, kind, account = 'imap://anna@old', clock = createTestClock(), started }: JobOptions,
  work: (context: JobContext) => Promise<JobOutcome>,
): Promise<EndedJob> {
  const id = randomUUID();
  const run = new JobRun({
    ...{ id, kind, account, journal, clock, patience: defaultPatience },
    archive: 'archive',
    created: null,
    changed: () => undefined,
  });
  started?.(run);
  await run.run(work);
  const { status, figures, problem } = run.snapshot();
  return { id, status, figures, problem, exceptions: exceptionsOf(journal.db, id), outcome: run.result };
}

/** The codes of what a job listed, sorted, for comparing. */
export function codesOf({ exceptions }: Pick<EndedJob, 'exceptions'>): string[] {
  return exceptions.map(({ problem }) => problem.code).sort();
}
