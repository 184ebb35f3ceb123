import type { MigrationReport } from '../../../shared/model/report.ts';
import { useServices } from '../../services.ts';
import { useAnswer } from '../../use-answer.ts';
import type { Answer } from '../../use-answer.ts';

/** The archive's report as it stands, read once; null asks nothing. Unlike a job's result it outlives the program. */
export function useReport(archive: string | null): Answer<MigrationReport> {
  const { client } = useServices();
  return useAnswer(archive, path => client.call('report.read', { archive: path }));
}
