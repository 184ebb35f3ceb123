import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { systemClock } from '../default-ports.ts';
import { JobRun } from './job-run.ts';
import { defaultPatience } from './patience.ts';

function newRun(): JobRun {
  return new JobRun({
    ...{ id: '0d8f2a6e-3a0c-4a53-8c57-4e2b6f1d0b02', kind: 'backup', archive: '/a', account: null, created: null },
    ...{ journal: null, clock: systemClock, patience: defaultPatience, changed: () => undefined },
  });
}

const inbox = { path: ['INBOX'], role: 'inbox' } as const;
const sent = { path: ['Posta inviata'], role: 'sent' } as const;

test('what a folder reports counts for the folder and for the job alike', async () => {
  const run = newRun();
  await run.run(context => {
    context.folders.list([inbox, sent]);
    const first = context.folders.enter(inbox.path, context);
    first.counted({ messages: 5, octets: 500 }, { messages: 2, octets: 200 });
    expect(run.folders.snapshot()[1]).toMatchObject({ state: 'waiting', messages: { done: 0, total: null } });
    first.phase('transferring', 'INBOX');
    first.done(1, 100);
    first.count('stored');
    first.done(1, 0);
    first.count('setAside');
    expect(run.folders.snapshot()[0]?.state).toBe('running');
    first.finished();
    // A name that holds no mail is not among the rows, and counts all the same.
    context.folders.enter(['Solo nome'], context).done(0, 0);
    return Promise.resolve({});
  });
  expect(run.folders.snapshot()).toEqual([
    {
      ...{ path: ['INBOX'], role: 'inbox', state: 'done', setAside: 1 },
      ...{ messages: { done: 4, total: 5 }, octets: { done: 300, total: 500 } },
    },
    {
      ...{ path: ['Posta inviata'], role: 'sent', state: 'waiting', setAside: 0 },
      ...{ messages: { done: 0, total: null }, octets: { done: 0, total: null } },
    },
  ]);
  expect(run.snapshot()).toMatchObject({
    progress: { messages: { done: 2 }, octets: { done: 100 } },
    figures: { stored: 1, setAside: 1 },
  });
});

test('no folder of a job that rests is shown as being worked on', async () => {
  const run = newRun();
  await run.run(context => {
    context.folders.list([inbox]);
    context.folders.enter(inbox.path, context).phase('transferring', 'INBOX');
    return Promise.reject(new TravasoError('DISK_FULL'));
  });
  expect(run.snapshot().status).toBe('paused');
  expect(run.folders.snapshot().map(({ state }) => state)).toEqual(['waiting']);
});

test('two accounts with a folder of the same name share its row', async () => {
  const run = newRun();
  await run.run(context => {
    context.folders.list([inbox, inbox]);
    for (const messages of [3, 4]) {
      const folder = context.folders.enter(inbox.path, context);
      folder.counted({ messages, octets: 10 }, { messages: 1, octets: 1 });
    }
    return Promise.resolve({});
  });
  expect(run.folders.snapshot()).toMatchObject([{ messages: { done: 2, total: 7 }, octets: { done: 2, total: 20 } }]);
});
