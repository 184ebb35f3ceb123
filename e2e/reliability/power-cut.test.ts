import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { seededRandom } from '../rig/seeded-random.ts';
import { changeMailbox } from './change-mailbox.ts';
import { endAtEveryMoment, lossyDisk, momentsOf } from './every-step.ts';
import {
  accountOf,
  archiveFaults,
  backupArgs,
  copyOf,
  inParallel,
  manyUsers,
  newFolder,
  run,
  runTo,
  startFaulty,
} from './journey.ts';
import { emptyFolder, smallMailbox } from './small-mailbox.ts';

const formats = ['mbox', 'eml'] as const;

describe.skipIf(!dovecotAvailable())('when the power fails', () => {
  let server: DovecotServer;
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(2), tls: 'none' });
    loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(formats)('at any moment, a sealed archive that was being added to loses nothing (%s)', async format => {
    const user = `u${formats.indexOf(format)}`;
    loadMaildir(server, smallMailbox(), { user, folders: [emptyFolder] });
    const from = { user, port: server.ports.imap };
    const sealed = await newFolder();
    await runTo(0, backupArgs(sealed, from, '--format', format));
    const { present, absent } = await changeMailbox(server, user, await accountOf(server, user));

    const moments = await momentsOf(backupArgs(await copyOf(sealed), from));
    expect(moments).toContain('archive.remove before');
    const wrong = await endAtEveryMoment(moments, 'power-cut', async at => {
      const archive = await copyOf(sealed);
      return { at, args: backupArgs(archive, from), faults: () => archiveFaults(archive, present, { absent }) };
    });
    expect(wrong).toEqual([]);
  });

  test('in the run that recovers from a crash, what the recovery took in is safe', async () => {
    const { messages } = await accountOf(server, 'mario');
    const moments = await momentsOf(backupArgs(await newFolder(), { user: 'mario', port: server.ports.imap }));
    // The group written before the last commit of messages: whole on disk, known to nobody yet.
    const written = moments.lastIndexOf('archive.sync before');
    const random = seededRandom(7);
    const wrong: string[] = [];
    await inParallel(3, Array.from({ length: 30 }).keys(), async () => {
      const archive = await newFolder();
      const args = backupArgs(archive, { user: 'mario', port: server.ports.imap });
      const env = await lossyDisk();
      const killed = written - random.below(20);
      const cut = 1 + random.below(12);
      const first = await startFaulty(args, `${killed}:kill`, { env }).finished;
      const second = await startFaulty(args, `${cut}:power-cut`, { env }).finished;
      const signals = [first.signal, second.signal];
      const { exitCode } = await run(args);
      const faults = exitCode === 0 ? [...(await archiveFaults(archive, messages))] : [`ended with ${exitCode}`];
      if (signals.some(signal => signal !== 'SIGKILL')) faults.push(`did not end as planned: ${signals.join()}`);
      wrong.push(...faults.map(fault => `killed at ${killed}, power cut at ${cut}: ${fault}`));
    });
    expect(wrong).toEqual([]);
  });
});
