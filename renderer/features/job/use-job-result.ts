import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { useServices } from '../../services.ts';

export type JobResult = Output<'jobs.result'>;

/** How a job ended, asked for once it rests. */
export function useJobResult(jobId: string | null): { value: JobResult | null; problem: Problem | null } {
  const { client } = useServices();
  const [state, setState] = useState<{ value: JobResult | null; problem: Problem | null }>({
    value: null,
    problem: null,
  });
  useEffect(() => {
    setState({ value: null, problem: null });
    if (jobId === null) return;
    let stopped = false;
    client.call('jobs.result', { jobId }).then(
      value => {
        if (!stopped) setState({ value, problem: null });
      },
      (error: unknown) => {
        if (!stopped) setState({ value: null, problem: problemOf(error) });
      },
    );
    return () => {
      stopped = true;
    };
  }, [client, jobId]);
  return state;
}
