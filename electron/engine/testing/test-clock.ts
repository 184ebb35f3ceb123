import type { Clock } from '../ports.ts';

/** A clock that stands still until somebody sleeps, and then is as much later as was slept, at once. */
export interface TestClock extends Clock {
  /** What was slept, in milliseconds, in order. */
  readonly slept: readonly number[];
}

export function createTestClock(start = '2026-03-02T08:00:00.000Z'): TestClock {
  let passedMs = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(Date.parse(start) + passedMs),
    monotonicMs: () => passedMs,
    sleep: (ms, signal) => {
      if (signal?.aborted !== true) {
        slept.push(ms);
        passedMs += ms;
      }
      return Promise.resolve();
    },
  };
}
