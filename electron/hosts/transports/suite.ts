import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { EngineEvents } from '../../../shared/contract.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { noMessages } from '../../../shared/model/job.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Wire, WireEvent } from '../../../shared/wire.ts';
import type { Pacing } from './job-feed.ts';
import { serveTable, type Dispatch } from './serve-api.ts';

/** What a transport under test carries. */
export interface Served {
  readonly dispatch: Dispatch;
  readonly events: EngineEvents;
  readonly pacing: Pacing;
}

export interface OpenTransport {
  readonly wire: Wire;
  /** Breaks the line under the client and restores it; absent where there is no line to lose. */
  readonly cutLine?: () => Promise<void>;
  close(): Promise<void>;
}

const table = {
  'echo.say': {
    input: z.object({ text: z.string(), count: z.int().default(1) }),
    output: z.object({ text: z.string() }),
  },
  'echo.refuse': { input: z.object({}), output: z.object({}) },
  'echo.crash': { input: z.object({}), output: z.object({}) },
  'echo.lie': { input: z.object({}), output: z.object({ promised: z.number() }) },
};

const implementation = {
  'echo.say': ({ text, count }: { text: string; count: number }) => Promise.resolve({ text: text.repeat(count) }),
  'echo.refuse': () =>
    Promise.reject(new TravasoError('SERVER_THROTTLED', { server: 'posta.example' }, { retryAfterMs: 30_000 })),
  'echo.crash': () => Promise.reject(new RangeError('canary: what an unexpected error says')),
  'echo.lie': () => Promise.resolve({ promised: 'not a number' }),
  hidden: () => Promise.resolve({}),
};

/** What every transport must do, so that a screen cannot tell which one it is on. */
export function transportSuite(name: string, open: (served: Served) => Promise<OpenTransport>): void {
  describe(`transport: ${name}`, () => {
    let cleanUp: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of cleanUp) await close();
      cleanUp = [];
    });
    const start = async () => {
      const jobs = fakeJobs();
      const pacing = manualPacing();
      const transport = await open({ dispatch: serveTable(table, implementation), events: jobs.events, pacing });
      cleanUp.push(() => transport.close());
      return { ...transport, jobs, pacing };
    };

    test('carries a call and its value, defaults filled in', async () => {
      const { wire } = await start();
      expect(await wire.call('echo.say', { text: 'città' })).toEqual({ ok: true, value: { text: 'città' } });
    });

    test('keeps replies apart when calls overlap', async () => {
      const { wire } = await start();
      const texts = Array.from({ length: 20 }, (_, index) => `n${index}`);
      const outcomes = await Promise.all(texts.map(text => wire.call('echo.say', { text })));
      expect(outcomes).toEqual(texts.map(text => ({ ok: true, value: { text } })));
    });

    test('carries an error as data, with details and when to try again', async () => {
      const { wire } = await start();
      expect(await wire.call('echo.refuse', {})).toEqual({
        ok: false,
        problem: { code: 'SERVER_THROTTLED', details: { server: 'posta.example' }, retryAfterMs: 30_000 },
      });
    });

    test('keeps the text of an unexpected error to itself', async () => {
      const { wire } = await start();
      const outcome = await wire.call('echo.crash', {});
      expect(outcome).toMatchObject({ ok: false, problem: { code: 'INTERNAL' } });
      expect(JSON.stringify(outcome)).not.toContain('canary');
    });

    test('answers INTERNAL rather than a value outside the contract', async () => {
      const { wire } = await start();
      expect(await wire.call('echo.lie', {})).toMatchObject({ ok: false, problem: { code: 'INTERNAL' } });
    });

    test.each(['echo.unknown', '', 'hidden', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
      'refuses the method %j, which the table does not name',
      async method => {
        const { wire } = await start();
        expect(await wire.call(method, {})).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
      },
    );

    test.each([
      ['nothing', undefined],
      ['null', null],
      ['a wrong type', { text: 7 }],
      ['a list', ['text']],
      ['a key too many', { text: 'a', admin: true }],
      ['a prototype', JSON.parse('{"text":"a","__proto__":{"count":9}}')],
    ])('refuses an input of %s', async (_, input) => {
      const { wire } = await start();
      expect(await wire.call('echo.say', input)).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
    });

    test('gives a new subscriber the current snapshot first', async () => {
      const { wire, jobs } = await start();
      jobs.report('a', 3);
      const seen = collect(wire);
      expect(await seen.until(1)).toEqual(['a 3']);
    });

    test('sends one job at most five times a second, the last value always', async () => {
      const { wire, jobs, pacing } = await start();
      jobs.report('a', 0);
      const seen = collect(wire);
      await seen.until(1);
      for (let octets = 1; octets <= 100; octets++) {
        pacing.advance(10);
        jobs.report('a', octets);
      }
      pacing.advance(200);
      const all = await seen.untilLast('a 100');
      // One second and a fifth: the first at once, then one each 200 ms.
      expect(all.length).toBeLessThanOrEqual(7);
      expect(all.length).toBeGreaterThanOrEqual(6);
    });

    test('does not let one busy job hold back another', async () => {
      const { wire, jobs } = await start();
      jobs.report('a', 0);
      const seen = collect(wire);
      await seen.until(1);
      jobs.report('b', 1);
      expect(await seen.untilLast('b 1')).toEqual(['a 0', 'b 1']);
    });

    test('tells a second subscriber the present, and stops when asked', async () => {
      const { wire, jobs, pacing } = await start();
      jobs.report('a', 1);
      const first = collect(wire);
      await first.until(1);
      const second = collect(wire);
      await second.until(1);
      const before = first.seen.length;
      first.stop();
      pacing.advance(1000);
      jobs.report('a', 2);
      await second.untilLast('a 2');
      expect(first.seen).toHaveLength(before);
    });

    test('tells the present again after the line was lost', async () => {
      const { wire, jobs, pacing, cutLine } = await start();
      if (cutLine === undefined) return;
      jobs.report('a', 1);
      const seen = collect(wire);
      await seen.until(1);
      await cutLine();
      jobs.report('a', 2);
      // Advancing again and again: the client notices the loss in its own time and only then begins to wait.
      const reconnecting = setInterval(() => pacing.advance(1000), 5);
      expect(await seen.untilLast('a 2')).toContain('a 2');
      clearInterval(reconnecting);
      expect(await wire.call('echo.say', { text: 'back' })).toMatchObject({ ok: true });
    });
  });
}

const jobIds = { a: '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a01', b: '0b0e0d4e-1c5c-4d0a-8c8b-6d1a5c1b7a02' } as const;

/** Live jobs whose snapshots differ in their octets only. */
export function fakeJobs() {
  const current = new Map<string, JobSnapshot>();
  const listeners = new Set<(snapshot: JobSnapshot) => void>();
  const events: EngineEvents = {
    subscribe(listener) {
      for (const snapshot of current.values()) listener(snapshot);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const report = (job: keyof typeof jobIds, octets: number): void => {
    const snapshot = runningJob(jobIds[job], octets);
    current.set(snapshot.id, snapshot);
    for (const listener of listeners) listener(snapshot);
  };
  return { events, report };
}

function runningJob(id: string, octets: number): JobSnapshot {
  return {
    id,
    kind: 'backup',
    status: 'running',
    archive: '/archive',
    created: '2026-11-22T07:15:00Z',
    updated: '2026-11-22T07:15:00Z',
    progress: {
      phase: 'transferring',
      folder: 'INBOX',
      messages: { done: 0, total: null },
      octets: { done: octets, total: null },
      waiting: null,
    },
    figures: noMessages,
    octets,
    workedMs: 0,
    elapsedMs: 0,
    exceptions: 0,
    problem: null,
  };
}

/** A clock that goes only when told. */
export function manualPacing(): Pacing & { advance(ms: number): void } {
  let now = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    advance(ms) {
      now += ms;
      const due = timers.filter(timer => timer.at <= now);
      timers = timers.filter(timer => timer.at > now);
      for (const timer of due) timer.run();
    },
  };
}

function collect(wire: Wire) {
  const seen: string[] = [];
  let wake: () => void = () => undefined;
  const stop = wire.subscribe((event: WireEvent) => {
    const { id, octets } = event.payload as JobSnapshot;
    seen.push(`${id === jobIds.a ? 'a' : 'b'} ${octets}`);
    wake();
  });
  const when = async (enough: () => boolean): Promise<string[]> => {
    while (!enough()) await new Promise<void>(resolve => (wake = resolve));
    return [...seen];
  };
  return {
    seen,
    stop,
    until: (count: number) => when(() => seen.length >= count),
    untilLast: (last: string) => when(() => seen.at(-1) === last),
  };
}
