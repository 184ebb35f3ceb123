import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { FolderProgress } from '../../../shared/model/folder-progress.ts';
import type { JobException, JobKind, JobSnapshot } from '../../../shared/model/job.ts';
import { restingStatuses } from '../../../shared/model/job.ts';
import type { ItemFigures, ItemOutcomes } from '../../../shared/model/item.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { allJobs, clearExceptions, putJob } from '../archive/catalogue/job-journal.ts';
import type { JobRecord, RestoreRecord } from '../archive/catalogue/job-journal.ts';
import { diskProblem } from '../archive/disk-problem.ts';
import type { Ports } from '../ports.ts';
import type { JobContext, JobOutcome } from './job-context.ts';
import { JobRun } from './job-run.ts';
import { defaultPatience } from './patience.ts';
import { afterCrash } from './job-states.ts';
import { SnapshotFeed } from './snapshot-feed.ts';

/** What a job works on, opened when it starts and closed when it rests. */
export interface JobResource {
  /** Where the job is remembered; null for an archive on read-only media. */
  readonly journal: Catalogue | null;
  close(): void;
}

export interface JobRequest<R extends JobResource> {
  readonly kind: JobKind;
  readonly archive: string;
  readonly account: string | null;
  readonly restore?: RestoreRecord | null;
  /** Opened before the job is answered for, so that a wrong folder is an answer and not a failed job. */
  readonly open: () => Promise<R>;
  readonly work: (resource: R, context: JobContext) => Promise<JobOutcome>;
  /** Told once the job has come to rest, however it ended, while the resource is still open. Must not fail. */
  readonly rested?: (resource: R, job: JobSnapshot, exceptions: readonly JobException[]) => Promise<void>;
}

export interface JobResult {
  readonly kind: JobKind;
  readonly figures: JobSnapshot['figures'];
  readonly exceptions: readonly JobException[];
  readonly plan: UploadPlan | null;
  readonly manifestSha256: string | null;
  readonly written: readonly string[];
  readonly itemFigures?: ItemFigures;
  readonly itemOutcomes?: ItemOutcomes;
}

interface KnownJob {
  readonly run: JobRun;
  readonly ended: Promise<void>;
  readonly exceptions: JobException[];
}

/** The jobs of this process. Each belongs to an archive, and an archive has one at a time: its lock sees to that. */
export class JobRegistry {
  readonly feed = new SnapshotFeed();
  private readonly ports: Ports;
  private readonly jobs = new Map<string, KnownJob>();

  constructor(ports: Ports) {
    this.ports = ports;
  }

  async start<R extends JobResource>(request: JobRequest<R>): Promise<string> {
    const resource = await request.open();
    const resumed = adoptOrClose(resource, request);
    const id = resumed?.id ?? randomUUID();
    const exceptions: JobException[] = [];
    const run = new JobRun({
      id,
      kind: request.kind,
      archive: resolve(request.archive),
      account: request.account,
      restore: request.restore ?? null,
      created: resumed?.created ?? null,
      journal: resource.journal,
      clock: this.ports.clock,
      patience: { ...defaultPatience, ...this.ports.patience },
      changed: () => {
        this.feed.changed(id);
      },
    });
    this.feed.add(id, () => run.snapshot());
    const ended = run
      .run(context => request.work(resource, withExceptions(context, exceptions)))
      .then(() => request.rested?.(resource, run.snapshot(), exceptions))
      .finally(() => {
        resource.close();
        this.feed.flush(id);
      });
    this.jobs.set(id, { run, ended, exceptions });
    return id;
  }

  snapshot(id: string): JobSnapshot {
    return this.known(id).run.snapshot();
  }

  /** @throws JOB_STATE_CONFLICT while the job has not come to rest */
  result(id: string): JobResult {
    const { run, exceptions } = this.known(id);
    const { kind, figures, status, itemOutcomes } = run.snapshot();
    if (!restingStatuses.includes(status)) throw new TravasoError('JOB_STATE_CONFLICT', { from: status, to: 'result' });
    const { plan = null, manifestSha256 = null, written = [], itemFigures } = run.result;
    return {
      ...{ kind, figures, exceptions, plan, manifestSha256, written },
      ...(itemFigures === undefined ? {} : { itemFigures }),
      ...(itemOutcomes === undefined ? {} : { itemOutcomes }),
    };
  }

  folders(id: string): FolderProgress[] {
    return this.known(id).run.folders.snapshot();
  }

  pause(id: string): void {
    this.known(id).run.pause();
  }

  retryNow(id: string): void {
    this.known(id).run.retryNow();
  }

  cancel(id: string): void {
    this.known(id).run.cancel();
  }

  /** Jobs of this process that work on the archive. */
  liveIn(archive: string): JobSnapshot[] {
    const root = resolve(archive);
    return [...this.jobs.values()].map(({ run }) => run.snapshot()).filter(snapshot => snapshot.archive === root);
  }

  /** Roots of the archives that jobs of this process worked on. */
  archives(): string[] {
    return [...new Set([...this.jobs.values()].map(({ run }) => run.snapshot().archive))];
  }

  /** Asks every job to pause and waits until all rest. */
  async close(): Promise<void> {
    for (const { run } of this.jobs.values()) if (run.snapshot().status === 'running') run.pause();
    await Promise.all([...this.jobs.values()].map(job => job.ended));
  }

  private known(id: string): KnownJob {
    const job = this.jobs.get(id);
    if (job === undefined) throw new TravasoError('JOB_UNKNOWN', { jobId: id });
    return job;
  }
}

function adoptOrClose(
  resource: JobResource,
  request: Pick<JobRequest<never>, 'kind' | 'account' | 'archive' | 'restore'>,
): JobRecord | null {
  if (resource.journal === null) return null;
  try {
    return adoptInterrupted(resource.journal, request);
  } catch (error) {
    resource.close();
    throw diskProblem(error, request.archive);
  }
}

/**
 * Jobs that were running when a process died become `interrupted`; the newest unfinished one of the same kind and
 * account is the one this start resumes. A restore is resumed by the same restore, and a migration by a migration.
 */
function adoptInterrupted(
  journal: Catalogue,
  request: Pick<JobRequest<never>, 'kind' | 'account' | 'restore'>,
): JobRecord | null {
  const records = allJobs(journal.db);
  const crashed = records.filter(record => afterCrash(record.status) !== record.status);
  if (crashed.length > 0) {
    journal.commit(() => {
      for (const record of crashed) putJob(journal.db, { ...record, status: afterCrash(record.status) });
    });
  }
  const unfinished = records.filter(
    record =>
      record.kind === request.kind &&
      record.account === request.account &&
      record.restore?.key === request.restore?.key &&
      ['paused', 'interrupted', 'failed'].includes(afterCrash(record.status)),
  );
  const resumed = unfinished.at(-1) ?? null;
  // It looks at everything again, and what it could not read last time may be there by now. An upload does not: what it
  // renamed or could not keep, it says once.
  if (resumed !== null && resumed.kind !== 'upload') journal.commit(() => clearExceptions(journal.db, resumed.id));
  return resumed;
}

/** Keeps the exceptions for the result, beside the journal, which an archive on read-only media does not have. */
function withExceptions(context: JobContext, exceptions: JobException[]): JobContext {
  return {
    ...context,
    exception: exception => {
      exceptions.push(exception);
      context.exception(exception);
    },
  };
}
