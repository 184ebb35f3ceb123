import type { JobSnapshot } from '../../../shared/model/job.ts';

/** At most five snapshots a second and job reach an observer. */
const intervalMs = 200;

/**
 * Delivers job snapshots: the newest counts, older ones are dropped, the last one always arrives. A new listener gets
 * the current snapshot of every job first, so a window that was reloaded needs no other way to catch up.
 */
export class SnapshotFeed {
  private readonly listeners = new Set<(snapshot: JobSnapshot) => void>();
  private readonly jobs = new Map<string, { readonly current: () => JobSnapshot; timer: NodeJS.Timeout | null }>();

  add(id: string, current: () => JobSnapshot): void {
    this.jobs.set(id, { current, timer: null });
  }

  changed(id: string): void {
    const job = this.jobs.get(id);
    if (job === undefined || job.timer !== null) return;
    job.timer = setTimeout(() => {
      this.flush(id);
    }, intervalMs);
    job.timer.unref();
  }

  /** Delivers the current snapshot now. */
  flush(id: string): void {
    const job = this.jobs.get(id);
    if (job === undefined) return;
    if (job.timer !== null) clearTimeout(job.timer);
    job.timer = null;
    const snapshot = job.current();
    for (const listener of this.listeners) listener(snapshot);
  }

  subscribe(listener: (snapshot: JobSnapshot) => void): () => void {
    this.listeners.add(listener);
    for (const { current } of this.jobs.values()) listener(current());
    return () => {
      this.listeners.delete(listener);
    };
  }
}
