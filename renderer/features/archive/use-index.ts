import { useState } from 'react';
import type { Problem } from '../../../shared/errors.ts';
import type { IndexState } from '../../../shared/model/message-list.ts';
import { useServices } from '../../services.ts';
import { usePolled } from '../../use-polled.ts';
import { useTask } from '../../use-task.ts';

export interface SearchIndex {
  readonly state: IndexState;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly start: (rebuild?: boolean) => void;
  readonly pause: () => void;
  readonly decline: () => void;
}

/** The index of an open archive, followed while it is being made. */
export function useIndex(archive: string, atOpening: IndexState): SearchIndex {
  const { client } = useServices();
  const task = useTask();
  const [said, setSaid] = useState({ state: atOpening, times: 0 });
  const { value } = usePolled(
    `${archive} ${said.times}`,
    () => client.call('index.read', { archive }),
    ({ phase }) => phase === 'building',
  );
  const ask = (question: () => Promise<IndexState>): void =>
    task.run(async () => {
      const state = await question();
      setSaid(({ times }) => ({ state, times: times + 1 }));
    });
  return {
    state: value ?? said.state,
    busy: task.busy,
    problem: task.problem,
    start: (rebuild = false) => ask(() => client.call('index.start', { archive, rebuild })),
    pause: () => ask(() => client.call('index.pause', { archive })),
    decline: () => ask(() => client.call('index.decline', { archive })),
  };
}
