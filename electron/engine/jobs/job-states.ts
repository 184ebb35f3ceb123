import type { JobStatus } from '../../../shared/model/job.ts';
import { TravasoError } from '../../../shared/errors.ts';

/** The only ways from one status to the next (design, "Jobs"). */
const next: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  queued: ['running', 'cancelled'],
  running: ['pausing', 'cancelling', 'paused', 'succeeded', 'partial', 'failed', 'interrupted'],
  // The work may reach its end, or fail, before it notices that it was asked to stop.
  pausing: ['paused', 'cancelling', 'succeeded', 'partial', 'failed', 'interrupted'],
  cancelling: ['cancelled', 'succeeded', 'partial', 'failed', 'interrupted'],
  paused: ['running', 'cancelled'],
  interrupted: ['running', 'cancelled'],
  failed: ['running', 'cancelled'],
  cancelled: [],
  succeeded: [],
  partial: [],
};

export function canBecome(from: JobStatus, to: JobStatus): boolean {
  return next[from].includes(to);
}

/** @throws JOB_STATE_CONFLICT */
export function assertCanBecome(from: JobStatus, to: JobStatus): void {
  if (!canBecome(from, to)) throw new TravasoError('JOB_STATE_CONFLICT', { from, to });
}

/** What a process that died left of a job it was working on. */
export function afterCrash(status: JobStatus): JobStatus {
  return status === 'running' || status === 'pausing' || status === 'queued' || status === 'cancelling'
    ? 'interrupted'
    : status;
}
