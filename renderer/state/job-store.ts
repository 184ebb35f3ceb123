import type { Problem } from '../../shared/errors.ts';
import { restingStatuses } from '../../shared/model/job.ts';
import type { JobSnapshot } from '../../shared/model/job.ts';
import { createProgressEstimator } from '../../shared/progress/estimate.ts';
import type { ProgressEstimate, ProgressEstimator, ProgressSample } from '../../shared/progress/estimate.ts';
import { problemOf } from '../../shared/errors.ts';
import type { Client } from '../../shared/wire.ts';

/** A job as the screens see it: its last snapshot and what may honestly be said about its end. */
export interface WatchedJob {
  readonly snapshot: JobSnapshot;
  readonly estimate: ProgressEstimate;
}

export interface JobStore {
  readonly get: (id: string) => WatchedJob | undefined;
  readonly all: () => readonly WatchedJob[];
  /**
   * Asks for a job that no event has told about: the engine first, then the journal of the archive it worked on. Null
   * when it is known now, else why it is not.
   */
  readonly load: (id: string, archive: string | null) => Promise<Problem | null>;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Follows every job through its snapshots. The estimator starts anew with each phase that has totals of its own, so
 * that reading the archive again is not foretold by the speed of the line, and with each run: a job that is taken up
 * again keeps its id while its clock begins at zero.
 */
export function createJobStore(client: Client): JobStore {
  const jobs = new Map<string, WatchedJob>();
  const estimators = new Map<string, { phase: string; estimator: ProgressEstimator }>();
  const listeners = new Set<() => void>();
  let list: readonly WatchedJob[] = [];

  function take(snapshot: JobSnapshot): void {
    const phase = phaseGroup(snapshot);
    let entry = estimators.get(snapshot.id);
    const before = jobs.get(snapshot.id)?.snapshot.elapsedMs ?? 0;
    if (entry?.phase !== phase || snapshot.elapsedMs < before) {
      entry = { phase, estimator: createProgressEstimator() };
      estimators.set(snapshot.id, entry);
    }
    jobs.set(snapshot.id, { snapshot, estimate: entry.estimator.add(sampleOf(snapshot)) });
    list = [...jobs.values()];
    for (const listener of listeners) listener();
  }

  async function loadFromArchive(id: string, archive: string | null): Promise<boolean> {
    if (archive === null) return false;
    try {
      const job = (await client.call('jobs.list', { archive })).find(candidate => candidate.id === id);
      if (job !== undefined) take(job);
      return job !== undefined;
    } catch {
      return false;
    }
  }

  // For as long as the page lives: there is one store in it.
  client.onJobChanged(take);
  return {
    get: id => jobs.get(id),
    all: () => list,
    async load(id, archive) {
      if (jobs.has(id)) return null;
      try {
        take(await client.call('jobs.get', { jobId: id }));
        return null;
      } catch (error) {
        return (await loadFromArchive(id, archive)) ? null : problemOf(error);
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function phaseGroup({ progress }: JobSnapshot): string {
  return progress.phase === 'sealing' || progress.phase === 'checking' ? 'checking' : 'transferring';
}

function sampleOf(snapshot: JobSnapshot): ProgressSample {
  const { progress, status, elapsedMs, kind } = snapshot;
  const resting = restingStatuses.includes(status) || status === 'queued';
  return {
    atMs: elapsedMs,
    messagesDone: progress.messages.done,
    messagesTotal: progress.messages.total,
    bytesDone: progress.octets.done,
    bytesTotal: progress.octets.total,
    activity: resting ? 'paused' : progress.waiting === null ? 'working' : 'held',
    verified: kind === 'verify' && (status === 'succeeded' || status === 'partial'),
  };
}
