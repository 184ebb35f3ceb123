import { useState } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import { restingStatuses } from '../../../shared/model/job.ts';
import { useJob, useServices } from '../../services.ts';
import type { WatchedJob } from '../../services.ts';
import { useTask } from '../../use-task.ts';
import { useJobResult } from '../job/use-job-result.ts';
import type { JobResult } from '../job/use-job-result.ts';

export interface ArchiveJob {
  readonly id: string | null;
  readonly job: WatchedJob | undefined;
  readonly working: boolean;
  readonly busy: boolean;
  /** Ended by itself, whether all went well or not; its figures. */
  readonly result: JobResult | null;
  readonly problem: Problem | null;
  /** `start` answers null where the person changed their mind. */
  readonly begin: (start: () => Promise<string | null>) => void;
  readonly stop: () => void;
}

/** Work on an archive that a dialog begins and follows. It goes on when the dialog is closed. */
export function useArchiveJob(archive: string | null): ArchiveJob {
  const { client, jobs } = useServices();
  const task = useTask();
  const [id, setId] = useState<string | null>(null);
  const job = useJob(id);
  const status = job?.snapshot.status;
  // A check that finds damage came to its end, though its job counts as failed: what it found is what was asked for.
  const isFailedCheck = status === 'failed' && job?.snapshot.kind === 'verify';
  const ended = status === 'succeeded' || status === 'partial' || isFailedCheck;
  const result = useJobResult(ended ? id : null);
  const hasFound = !isFailedCheck || (result.value?.exceptions.length ?? 0) > 0;
  return {
    id,
    job,
    working: id !== null && (status === undefined || !restingStatuses.includes(status)),
    busy: task.busy,
    result: hasFound ? result.value : null,
    problem: task.problem ?? job?.snapshot.problem ?? result.problem,
    begin: start =>
      task.run(async () => {
        const started = await start();
        if (started === null) return;
        await jobs.load(started, archive);
        setId(started);
      }),
    stop: () =>
      task.run(async () => {
        if (id !== null) await client.call('jobs.cancel', { jobId: id });
      }),
  };
}
