import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { JobContext } from './job-context.ts';
import { isPassing, isPassingOnceReached } from './passing-problems.ts';
import type { Patience } from './patience.ts';
import type { LineHistory } from './session.ts';

/** What a job or a survey lends for it. */
export type Persistent = Pick<JobContext, 'signal' | 'wait' | 'patience'>;

const longestWaitMs = 60_000;

/**
 * Keeps a job going over a poor line. `attempt` works on one connection until it is done or the line fails; then it is
 * called again. A try that achieved something is followed at once by the next; fruitless ones wait twice as long each
 * time, a minute at most. A server that names a time is obeyed to the millisecond.
 *
 *     never got in during this run   → `patience.first`, then the failure is the answer
 *     got in before, not any more    → `patience.away`: hours or days, the server comes back or it does not
 *     gets in, nothing comes of it   → `patience.stubborn`
 *
 * @param line what `attempt` works on
 * @param progress a figure that grows with every bit of progress (messages stored, octets received)
 */
export async function persist<T>(
  context: Persistent,
  line: LineHistory,
  progress: () => number,
  attempt: () => Promise<T>,
): Promise<T> {
  const waited = new Waited(context.patience);
  for (;;) {
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      const problem = problemOf(error);
      const passes = line.reached && !line.connected ? isPassingOnceReached(problem) : isPassing(problem);
      if (!passes || isStopped(context)) throw error;
      if (progress() > before) waited.achieved();
      const waitMs = waited.next(problem, line);
      if (waitMs === null) throw error;
      await context.wait(problem, waitMs);
      if (isStopped(context)) throw new TravasoError('INTERRUPTED', {}, { cause: error });
    }
  }
}

/** How long was waited in a row, and how long to wait now. */
class Waited {
  private readonly patience: Patience;
  private fruitless = 0;
  private awayMs = 0;
  private stubbornMs = 0;

  constructor(patience: Patience) {
    this.patience = patience;
  }

  achieved(): void {
    this.fruitless = -1;
    this.awayMs = 0;
    this.stubbornMs = 0;
  }

  /** Milliseconds, or null when patience is at its end. */
  next(problem: Problem, { reached, connected }: LineHistory): number | null {
    this.fruitless += 1;
    const named = serverNamedTime(problem);
    // Whoever names a time is there, and means to let us in.
    const stubborn = reached ? connected && named === null : named !== null;
    const limit = stubborn ? this.patience.stubborn : reached ? this.patience.away : this.patience.first;
    const waitedMs = stubborn ? this.stubbornMs : this.awayMs;
    if (waitedMs >= limit) return null;
    const waitMs = named ?? this.backoff();
    // That it got in ends the absence: a line that comes and goes is judged by what it achieves, not by their sum.
    if (stubborn) {
      this.stubbornMs += waitMs;
      this.awayMs = 0;
    } else {
      this.awayMs += waitMs;
    }
    return waitMs;
  }

  /**
   * The first retry after progress comes at once: most lost lines are lost once. Later ones spread out, so that a
   * server which dropped everybody is not met by everybody at the same instant.
   */
  private backoff(): number {
    if (this.fruitless === 0) return 0;
    return Math.min(longestWaitMs, 250 * 2 ** this.fruitless) * (0.5 + Math.random() / 2);
  }
}

/** Milliseconds the server asked for. That a try may be made at once (0) is our own remark, and no reason to hammer. */
export function serverNamedTime({ retryAfterMs = 0 }: Problem): number | null {
  return retryAfterMs > 0 ? retryAfterMs : null;
}

/** A function, because the signal may abort between two looks at it. */
function isStopped(context: Persistent): boolean {
  return context.signal.aborted;
}
