import { expect, test, vi } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { openArchive } from '../archive/archive.ts';
import { allJobs, exceptionsOf, putJob } from '../archive/catalogue/job-journal.ts';
import { defaultPorts, systemClock } from '../default-ports.ts';
import type { Clock, FaultPort } from '../ports.ts';
import { failOnce } from '../testing/failing-faults.ts';
import { archiveOf, mail, testPorts, withArchive } from '../testing/test-archive.ts';
import { createTestClock } from '../testing/test-clock.ts';
import type { JobContext, JobOutcome } from './job-context.ts';
import { JobRegistry } from './job-registry.ts';

const aFolder = [{ path: ['INBOX'], messages: [mail('1')] }];

interface Started {
  readonly registry: JobRegistry;
  readonly id: string;
}

async function start(
  root: string,
  work: (context: JobContext) => Promise<JobOutcome>,
  faults?: FaultPort,
): Promise<Started> {
  const registry = new JobRegistry(defaultPorts({ clock: createTestClock() }));
  const id = await registry.start({
    ...{ kind: 'upload', archive: root, account: 'imap://anna@new' },
    open: async () => {
      const archive = await openArchive(root, 'write', testPorts(faults));
      return { archive, journal: archive.catalogue, close: () => archive.close() };
    },
    work: (_resource, context) => work(context),
  });
  return { registry, id };
}

async function ended({ registry, id }: Started): Promise<ReturnType<JobRegistry['snapshot']>> {
  await registry.close();
  return registry.snapshot(id);
}

/** Work that goes on until it is asked to stop, and then stumbles as a broken-off call does. */
async function untilStopped({ signal }: JobContext): Promise<JobOutcome> {
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()));
  signal.throwIfAborted();
  return {};
}

test('a job that ends well has succeeded, with a remark as well; with an exception it is partial', async () => {
  const root = await archiveOf(aFolder);
  const where = { folder: null, number: null, key: null };
  const remark = await start(root, context => {
    context.exception({ problem: { code: 'TARGET_FOLDER_RENAMED', details: {} }, ...where });
    return Promise.resolve({});
  });
  expect(await ended(remark)).toMatchObject({ status: 'succeeded', exceptions: 1 });
  const exception = await start(root, context => {
    context.exception({ problem: { code: 'TARGET_MESSAGE_REFUSED', details: {} }, ...where });
    return Promise.resolve({});
  });
  expect(await ended(exception)).toMatchObject({ status: 'partial', exceptions: 1 });
});

test.each([
  ['pause', 'paused'],
  ['cancel', 'cancelled'],
] as const)('asked to %s, a job is %s, and how its work stumbled while stopping is no failure', async (ask, status) => {
  const root = await archiveOf(aFolder);
  const started = await start(root, untilStopped);
  started.registry[ask](started.id);
  expect(await ended(started)).toMatchObject({ status, problem: null });
});

test('a full disk pauses a job, anything else that ends it is a failure', async () => {
  const root = await archiveOf(aFolder);
  const full = await start(root, () => Promise.reject(new TravasoError('DISK_FULL', {})));
  expect(await ended(full)).toMatchObject({ status: 'paused', problem: { code: 'DISK_FULL' } });
  const failed = await start(root, () => Promise.reject(new TravasoError('SIGNIN_REFUSED', {})));
  expect(await ended(failed)).toMatchObject({ status: 'failed', problem: { code: 'SIGNIN_REFUSED' } });
});

test('a disk error that SQLite met outside of a commit has the name of a disk error', async () => {
  const root = await archiveOf(aFolder);
  const error = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(await ended(await start(root, () => Promise.reject(error)))).toMatchObject({
    ...{ status: 'paused', problem: { code: 'DISK_FULL' } },
  });
});

test('a disk that is full when the job begins is an end of the job, not of the process', async () => {
  const root = await archiveOf(aFolder);
  const faults = failOnce('catalogue.commit', 1, new TravasoError('DISK_FULL', {}));
  const started = await start(root, () => Promise.resolve({}), faults);
  expect(await ended(started)).toMatchObject({ status: 'paused', problem: { code: 'DISK_FULL' } });
  // And the archive was let go of.
  await withArchive(root, () => undefined);
});

test('a journal that cannot be written to when a job is taken up again lets go of the archive', async () => {
  const root = await archiveOf(aFolder);
  await interruptedJob(root);
  const faults = failOnce('catalogue.commit', 1, new TravasoError('DISK_FULL', {}));
  await expect(start(root, () => Promise.resolve({}), faults)).rejects.toMatchObject({ code: 'DISK_FULL' });
  await withArchive(root, () => undefined);
});

test('what was running when a process died is taken up again under its own number', async () => {
  const root = await archiveOf(aFolder);
  const id = await interruptedJob(root);
  const resumed = await start(root, () => Promise.resolve({}));
  expect(resumed.id).toBe(id);
  expect(await ended(resumed)).toMatchObject({ status: 'succeeded', created: '2026-01-01T00:00:00.000Z' });
  const again = await start(root, () => Promise.resolve({}));
  expect(again.id).not.toBe(id);
  await ended(again);
});

test('while a job runs its archive is in use, and its result has to wait', async () => {
  const root = await archiveOf(aFolder);
  const started = await start(root, untilStopped);
  expect(() => started.registry.result(started.id)).toThrow('JOB_STATE_CONFLICT');
  await expect(openArchive(root, 'write', testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_IN_USE' });
  await ended(started);
  expect(started.registry.result(started.id)).toMatchObject({ kind: 'upload', exceptions: [] });
  expect(() => started.registry.snapshot('no such job')).toThrow('JOB_UNKNOWN');
});

test('exceptions beyond what is held in memory are all in the journal', async () => {
  const root = await archiveOf(aFolder);
  const started = await start(root, context => {
    for (let number = 1; number <= 450; number += 1) {
      const problem = { code: 'TARGET_MESSAGE_REFUSED', details: {} } as const;
      context.exception({ problem, folder: ['INBOX'], number, key: null });
    }
    return Promise.resolve({});
  });
  await ended(started);
  const numbers = await withArchive(root, ({ catalogue }) =>
    exceptionsOf(catalogue.db, started.id).map(({ number }) => number),
  );
  expect(numbers).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
});

test('waiting is shown until something is achieved, and the person may hurry it where no server named the time', async () => {
  const root = await archiveOf(aFolder);
  const retryAfterMs = 300_000;
  const waits: [Problem, number][] = [
    [{ code: 'SERVER_THROTTLED', details: {}, retryAfterMs }, 20],
    [{ code: 'CONNECTION_LOST', details: {}, retryAfterMs: 0 }, 3_600_000],
  ];
  const cutShort: boolean[] = [];
  const sleep: Clock['sleep'] = async (ms, signal) => {
    await systemClock.sleep(ms, signal);
    cutShort.push(signal?.aborted === true);
  };
  const registry = new JobRegistry(defaultPorts({ clock: { ...systemClock, sleep } }));
  const seen: JobSnapshot['progress']['waiting'][] = [];
  const look = (): void => void seen.push(registry.snapshot(id).progress.waiting);
  const begun = Promise.withResolvers<undefined>();
  const id = await registry.start({
    ...{ kind: 'upload', archive: root, account: null },
    open: () => Promise.resolve({ journal: null, close: () => undefined }),
    work: async (_resource, context) => {
      await begun.promise;
      for (const [problem, ms] of waits) {
        const waiting = context.wait(problem, ms);
        registry.retryNow(id);
        look();
        await waiting;
        look();
      }
      context.done(1, 10);
      look();
      return {};
    },
  });
  begun.resolve(undefined);
  await vi.waitFor(() => expect(registry.snapshot(id).status).toBe('succeeded'));
  expect(seen.map(waiting => waiting?.problem.code ?? null)).toEqual([
    ...['SERVER_THROTTLED', 'SERVER_THROTTLED', 'CONNECTION_LOST', 'CONNECTION_LOST', null],
  ]);
  expect(cutShort).toEqual([false, true]);
});

/** As a process that was killed leaves it. */
async function interruptedJob(root: string): Promise<string> {
  return await withArchive(root, ({ catalogue }) => {
    const [backup] = allJobs(catalogue.db);
    if (backup === undefined) throw new Error('no job to copy');
    const id = '00000000-0000-4000-8000-000000000001';
    const created = '2026-01-01T00:00:00.000Z';
    catalogue.commit(() =>
      putJob(catalogue.db, { ...backup, id, created, kind: 'upload', status: 'running', account: 'imap://anna@new' }),
    );
    return id;
  });
}
