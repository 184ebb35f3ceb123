import { describe, expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, ProblemDetails } from '../../../shared/errors.ts';
import { createTestClock } from '../testing/test-clock.ts';
import type { TestClock } from '../testing/test-clock.ts';
import { defaultPatience } from './patience.ts';
import { persist } from './persistence.ts';
import type { Persistent } from './persistence.ts';
import type { LineHistory } from './session.ts';

const hour = 3_600_000;

function contextWith(clock: TestClock, stop = new AbortController()): Persistent {
  return { signal: stop.signal, patience: defaultPatience, wait: (_problem, ms) => clock.sleep(ms, stop.signal) };
}

/** Fails as often as there are errors, then gives 'done'. */
function failing(errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return () => (left.length === 0 ? Promise.resolve('done') : Promise.reject(left.shift() ?? new Error()));
}
const unknown: LineHistory = { reached: false, connected: false };
const away: LineHistory = { reached: true, connected: false };
const there: LineHistory = { reached: true, connected: true };
const none = (): number => 0;

/** As every lost connection says it: that it may be tried again at once, which is no wish of the server's. */
const lost = new TravasoError('CONNECTION_LOST', {}, { retryAfterMs: 0 });
const refused = new TravasoError('SERVER_REFUSED_CONNECTION', {});

/** Waits until `persist` gives up; how long that was, in milliseconds. */
async function givesUpAfter(line: LineHistory, error: Error): Promise<number> {
  const clock = createTestClock();
  await expect(persist(contextWith(clock), line, none, () => Promise.reject(error))).rejects.toBe(error);
  return clock.monotonicMs();
}

describe('how long it waits', () => {
  test('a line that was lost is taken up again, after longer waits when nothing comes of it, a minute at most', async () => {
    const clock = createTestClock();
    const errors = Array.from({ length: 12 }, () => lost);
    expect(await persist(contextWith(clock), away, none, failing(errors))).toBe('done');
    const bounds = [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000, 60_000];
    expect(clock.slept).toHaveLength(bounds.length);
    for (const [index, most] of bounds.entries()) {
      expect(clock.slept[index]).toBeGreaterThanOrEqual(most / 2);
      expect(clock.slept[index]).toBeLessThanOrEqual(most);
    }
  });

  test('a server that never let it in is given half a minute', async () => {
    const waited = await givesUpAfter(unknown, refused);
    expect(waited).toBeGreaterThanOrEqual(30_000);
    expect(waited).toBeLessThanOrEqual(90_000);
  });

  test('one that did is waited for over a week-end', async () => {
    expect(await givesUpAfter(away, refused)).toBeGreaterThan(71 * hour);
    expect(await givesUpAfter(away, lost)).toBeGreaterThan(71 * hour);
  });

  test('work that breaks the line each time is given a quarter of an hour', async () => {
    const waited = await givesUpAfter(there, lost);
    expect(waited).toBeGreaterThanOrEqual(15 * 60_000);
    expect(waited).toBeLessThan(hour);
  });

  test('a server that names a time is obeyed to the millisecond, and for longer than it takes to be let in', async () => {
    const busy = new TravasoError('SERVER_THROTTLED', {}, { retryAfterMs: 90_001 });
    const clock = createTestClock();
    await persist(contextWith(clock), unknown, none, failing([busy, busy, busy]));
    expect(clock.slept).toEqual([90_001, 90_001, 90_001]);
    expect(await givesUpAfter(unknown, busy)).toBeLessThan(hour);
    expect(await givesUpAfter(there, busy)).toBeGreaterThan(71 * hour);
  });

  test('whoever achieves something is never given up, and tries again at once', async () => {
    const clock = createTestClock();
    let progress = 0;
    const attempt = failing(Array.from({ length: 300 }, () => lost));
    const trying = persist(
      contextWith(clock),
      there,
      () => progress,
      () => {
        progress += 1;
        return attempt();
      },
    );
    expect(await trying).toBe('done');
    expect(clock.slept.every(ms => ms === 0)).toBe(true);
  });

  test('hours without the server are not held against it once it lets us in', async () => {
    const clock = createTestClock();
    const line = { reached: true, connected: false };
    let tries = 0;
    const done = await persist(contextWith(clock), line, none, () => {
      tries += 1;
      line.connected = tries > 200;
      if (tries > 203) return Promise.resolve('done');
      return Promise.reject(line.connected ? lost : refused);
    });
    expect(done).toBe('done');
    expect(clock.monotonicMs()).toBeGreaterThan(hour);
  });
});

describe('what it waits for', () => {
  const given = (code: ErrorCode, details: ProblemDetails = {}): Error => new TravasoError(code, details);
  const onceReached = [
    ['SERVER_UNKNOWN_HOST', {}],
    ['TLS_FAILED', { reason: 'ECONNRESET' }],
    ['SIGNIN_UNAVAILABLE', { reason: 'server' }],
    ['SERVER_MAINTENANCE', {}],
  ] as const;

  test.each(onceReached)(
    '%s %j: the mistake of a first try, the trouble of a line that worked',
    async (code, details) => {
      const error = given(code, details);
      expect(await givesUpAfter(unknown, error)).toBe(0);
      expect(await givesUpAfter(away, error)).toBeGreaterThan(hour);
    },
  );

  test.each([
    ['SIGNIN_REFUSED', {}],
    ['IMAP_NOT_ENABLED', {}],
    ['TLS_CERTIFICATE_WRONG_HOST', {}],
    ['TLS_CERTIFICATE_UNKNOWN_CA', {}],
    ['TLS_FAILED', { reason: 'injection' }],
    ['PASSWORD_MISSING', {}],
    ['DISK_FULL', {}],
    ['INTERNAL', {}],
  ] as const)('%s %j is passed on at once, whatever went before', async (code, details) => {
    for (const line of [unknown, away, there]) expect(await givesUpAfter(line, given(code, details))).toBe(0);
  });
});

test('a job that is to stop tries no more, and does not wait', async () => {
  const stop = new AbortController();
  const clock = createTestClock();
  const whileTrying = persist(contextWith(clock, stop), away, none, () => {
    stop.abort();
    return Promise.reject(lost);
  });
  await expect(whileTrying).rejects.toBe(lost);
  expect(clock.slept).toEqual([]);
  const waiting = new AbortController();
  const whileWaiting = persist(
    {
      signal: waiting.signal,
      patience: defaultPatience,
      wait: () => {
        waiting.abort();
        return Promise.resolve();
      },
    },
    away,
    none,
    failing([lost]),
  );
  await expect(whileWaiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
