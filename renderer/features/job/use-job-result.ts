import type { Output } from '../../../shared/contract.ts';
import { useServices } from '../../services.ts';
import { useAnswer } from '../../use-answer.ts';
import type { Answer } from '../../use-answer.ts';

export type JobResult = Output<'jobs.result'>;

/** How a job ended, asked for once it rests. */
export function useJobResult(jobId: string | null): Answer<JobResult> {
  const { client } = useServices();
  return useAnswer(jobId, id => client.call('jobs.result', { jobId: id }));
}
