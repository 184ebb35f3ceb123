import type { EngineEvents } from '../../../shared/contract.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';

/** Time, as the feed needs it; tests drive it by hand. */
export interface Pacing {
  now(): number;
  /** Calls `run` after `ms`; returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
}

export const realPacing: Pacing = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

export interface JobFeed {
  /** The receiver can take more: whatever was withheld meanwhile is sent, last values only. */
  resume(): void;
  stop(): void;
}

/** Five snapshots a second of each job are enough to look alive; more would only make the screen stutter. */
const intervalMs = 200;

/**
 * Carries job snapshots to one receiver: the current ones at once, then each job at most five times a second, the
 * last value always. `send` answers whether the receiver can take another before `resume`; while it cannot, only the
 * newest snapshot of each job is held, so a receiver that stalls costs no memory.
 */
export function feedJobs(events: EngineEvents, send: (snapshot: JobSnapshot) => boolean, pacing: Pacing): JobFeed {
  const held = new Map<string, JobSnapshot>();
  const sentAt = new Map<string, number>();
  let receiverReady = true;
  let stopped = false;
  let callOff: (() => void) | null = null;

  const deliver = (): void => {
    callOff?.();
    callOff = null;
    // A time that no longer delays anything is forgotten, or the map would grow over days of jobs.
    for (const [id, at] of sentAt) if (at + intervalMs <= pacing.now()) sentAt.delete(id);
    let nextDue = Number.POSITIVE_INFINITY;
    for (const snapshot of held.values()) {
      if (!receiverReady || stopped) return;
      const due = (sentAt.get(snapshot.id) ?? Number.NEGATIVE_INFINITY) + intervalMs;
      if (due > pacing.now()) {
        nextDue = Math.min(nextDue, due);
        continue;
      }
      held.delete(snapshot.id);
      sentAt.set(snapshot.id, pacing.now());
      receiverReady = send(snapshot);
    }
    if (nextDue !== Number.POSITIVE_INFINITY) callOff = pacing.after(nextDue - pacing.now(), deliver);
  };

  const unsubscribe = events.subscribe(snapshot => {
    held.set(snapshot.id, snapshot);
    if (callOff === null) deliver();
  });

  return {
    resume() {
      receiverReady = true;
      deliver();
    },
    stop() {
      stopped = true;
      unsubscribe();
      callOff?.();
    },
  };
}
