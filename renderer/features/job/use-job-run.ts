import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import { restingStatuses } from '../../../shared/model/job.ts';
import type { JobStatus } from '../../../shared/model/job.ts';
import { useJob, useServices, useWizard } from '../../services.ts';
import type { WatchedJob } from '../../services.ts';
import type { WizardState } from '../../state/wizard.ts';
import { useTask } from '../../use-task.ts';
import type { Task } from '../../use-task.ts';

export interface JobRun {
  readonly job: WatchedJob | undefined;
  /** Undefined until known; a job that the engine no longer knows was interrupted. */
  readonly status: JobStatus | undefined;
  readonly resting: boolean;
  /** Set when it ended by itself, whether all went well or not. */
  readonly ended: boolean;
  readonly task: Task;
  readonly begin: () => void;
  readonly pause: () => void;
}

/** One piece of long work of the assistant: the job remembered for it, and the ways to start and to stop it. */
export function useJobRun(kind: keyof WizardState['jobs'], start: () => Promise<string>): JobRun {
  const { client, jobs } = useServices();
  const [wizard, change] = useWizard();
  const { archive } = wizard;
  const jobId = wizard.jobs[kind];
  const job = useJob(jobId);
  const task = useTask();
  const [lost, setLost] = useState<Problem | null>(null);

  useEffect(() => {
    let stopped = false;
    setLost(null);
    if (jobId !== null) {
      void jobs.load(jobId, archive).then(problem => {
        if (!stopped) setLost(problem);
      });
    }
    return () => {
      stopped = true;
    };
  }, [jobs, jobId, archive]);

  const status = job?.snapshot.status ?? (lost === null ? undefined : 'interrupted');
  return {
    job,
    status,
    resting: status !== undefined && restingStatuses.includes(status),
    ended: status === 'succeeded' || status === 'partial',
    task,
    begin: () =>
      task.run(async () => {
        const started = await start();
        await jobs.load(started, archive);
        change({ jobs: { ...wizard.jobs, [kind]: started } });
      }),
    pause: () =>
      task.run(async () => {
        if (jobId !== null) await client.call('jobs.pause', { jobId });
      }),
  };
}
