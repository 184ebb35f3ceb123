import type { JobException } from '../../../shared/model/job.ts';

/** What a list of exceptions says of one. When to try again concerns the job, not the reader. */
export function toldException({ problem: { code, details }, folder }: JobException) {
  return { problem: { code, details }, folder };
}
