import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { createTestClock } from '../testing/test-clock.ts';
import type { TestClock } from '../testing/test-clock.ts';
import { persist } from './persistence.ts';
import type { Persistent } from './persistence.ts';

function contextWith(clock: TestClock, stop = new AbortController()): Persistent {
  return { signal: stop.signal, wait: (_problem, ms) => clock.sleep(ms, stop.signal) };
}

/** Fails as often as there are errors, then gives 'done'. */
function failing(errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return () => (left.length === 0 ? Promise.resolve('done') : Promise.reject(left.shift() ?? new Error()));
}
const lost = new TravasoError('CONNECTION_LOST', {});

test('a line that was lost is taken up again, after longer waits when nothing comes of it', async () => {
  const clock = createTestClock();
  expect(await persist(contextWith(clock), () => 0, failing([lost, lost, lost, lost]))).toBe('done');
  const bounds = [500, 1000, 2000, 4000];
  expect(clock.slept).toHaveLength(bounds.length);
  for (const [index, most] of bounds.entries()) {
    expect(clock.slept[index]).toBeGreaterThanOrEqual(most / 2);
    expect(clock.slept[index]).toBeLessThanOrEqual(most);
  }
});

test('it gives up after eight tries without progress, and never while there is some', async () => {
  const nine = Array.from({ length: 9 }, () => lost);
  await expect(persist(contextWith(createTestClock()), () => 0, failing(nine))).rejects.toBe(lost);
  const clock = createTestClock();
  let progress = 0;
  const attempt = failing(nine);
  const trying = persist(
    contextWith(clock),
    () => progress,
    () => {
      progress += 1;
      return attempt();
    },
  );
  expect(await trying).toBe('done');
  expect(clock.slept.every(ms => ms === 0)).toBe(true);
});

test('a server that names a time is obeyed to the millisecond', async () => {
  const clock = createTestClock();
  const busy = new TravasoError('SERVER_THROTTLED', {}, { retryAfterMs: 90_001 });
  await persist(contextWith(clock), () => 0, failing([busy]));
  expect(clock.slept).toEqual([90_001]);
});

test('what another try cannot heal is passed on at once', async () => {
  const clock = createTestClock();
  const refused = new TravasoError('SIGNIN_REFUSED', {});
  await expect(persist(contextWith(clock), () => 0, failing([refused]))).rejects.toBe(refused);
  expect(clock.slept).toEqual([]);
});

test('a job that is to stop tries no more, and does not wait', async () => {
  const stop = new AbortController();
  const clock = createTestClock();
  const context = contextWith(clock, stop);
  const whileTrying = persist(
    context,
    () => 0,
    () => {
      stop.abort();
      return Promise.reject(lost);
    },
  );
  await expect(whileTrying).rejects.toBe(lost);
  expect(clock.slept).toEqual([]);
  const waiting = new AbortController();
  const whileWaiting = persist(
    {
      signal: waiting.signal,
      wait: () => {
        waiting.abort();
        return Promise.resolve();
      },
    },
    () => 0,
    failing([lost]),
  );
  await expect(whileWaiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
