import { useEffect, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { MigrationReport } from '../../../shared/model/report.ts';
import { useServices } from '../../services.ts';

/** The archive's report as it stands, read once; null asks nothing. Unlike a job's result it outlives the program. */
export function useReport(archive: string | null): { value: MigrationReport | null; problem: Problem | null } {
  const { client } = useServices();
  const [state, setState] = useState<{ value: MigrationReport | null; problem: Problem | null }>({
    value: null,
    problem: null,
  });
  useEffect(() => {
    setState({ value: null, problem: null });
    if (archive === null) return;
    let stopped = false;
    client.call('report.read', { archive }).then(
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
  }, [client, archive]);
  return state;
}
