import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { JobContext } from './job-context.ts';

/** Failures of the line, not of what was asked: worth another try on a new connection. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_LOST',
  'SERVER_SILENT',
  'SERVER_BUSY',
  'SERVER_THROTTLED',
  'SERVER_UNREACHABLE',
  'SERVER_REFUSED_CONNECTION',
]);

export function isPassing(problem: Problem): boolean {
  return passing.has(problem.code);
}

/** What a job or a survey lends for it. */
export type Persistent = Pick<JobContext, 'signal' | 'wait'>;

/** Consecutive tries without any progress before a job gives up and leaves the rest to the next run. */
const fruitlessTries = 8;
const longestWaitMs = 60_000;

/**
 * Keeps a job going over a poor line. `attempt` works on one connection until it is done or the line fails; then it is
 * called again. A try that achieved something starts the count anew and is followed at once; fruitless ones wait twice
 * as long each time. A server that names a time is obeyed to the millisecond.
 *
 * @param progress a figure that grows with every bit of progress (messages stored, octets received)
 */
export async function persist<T>(context: Persistent, progress: () => number, attempt: () => Promise<T>): Promise<T> {
  let fruitless = 0;
  for (;;) {
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      const problem = problemOf(error);
      if (!isPassing(problem) || isStopped(context)) throw error;
      fruitless = progress() > before ? 0 : fruitless + 1;
      if (fruitless >= fruitlessTries) throw error;
      // The first retry comes at once: most lost lines are lost once. Later ones spread out, so that a server which
      // dropped everybody is not met by everybody at the same instant.
      const backoff = fruitless === 0 ? 0 : Math.min(longestWaitMs, 250 * 2 ** fruitless) * (0.5 + Math.random() / 2);
      await context.wait(problem, problem.retryAfterMs ?? backoff);
      if (isStopped(context)) throw new TravasoError('INTERRUPTED', {}, { cause: error });
    }
  }
}

/** A function, because the signal may abort between two looks at it. */
function isStopped(context: Persistent): boolean {
  return context.signal.aborted;
}
