import { events } from '../../shared/contract.ts';
import { restingStatuses, type JobSnapshot } from '../../shared/model/job.ts';
import type { EngineLink } from './engine-link.ts';

export interface WorkWatch {
  /** The jobs at work now. */
  active(): readonly JobSnapshot[];
  /** Called whenever a job began or came to rest, or the engine was lost with all of them. */
  onChange(listener: (active: readonly JobSnapshot[]) => void): void;
  /** Called once for each job that was at work and came to rest. */
  onOutcome(listener: (ended: JobSnapshot) => void): void;
}

/** Which jobs are at work, for everything in the main process that lasts as long as they do. */
export function watchWork(engine: EngineLink): WorkWatch {
  const active = new Map<string, JobSnapshot>();
  const changeListeners: ((active: readonly JobSnapshot[]) => void)[] = [];
  const outcomeListeners: ((ended: JobSnapshot) => void)[] = [];
  const tellChange = (): void => {
    for (const listener of changeListeners) listener([...active.values()]);
  };

  engine.subscribe(event => {
    const { success, data: snapshot } = events[event.name].safeParse(event.payload);
    if (!success) return;
    const wasActive = active.has(snapshot.id);
    if (!restingStatuses.includes(snapshot.status)) {
      active.set(snapshot.id, snapshot);
      if (!wasActive) tellChange();
      return;
    }
    if (!active.delete(snapshot.id)) return;
    tellChange();
    for (const listener of outcomeListeners) listener(snapshot);
  });
  engine.onLost(() => {
    active.clear();
    tellChange();
  });

  return {
    active: () => [...active.values()],
    onChange: listener => changeListeners.push(listener),
    onOutcome: listener => outcomeListeners.push(listener),
  };
}
