import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultPort } from '../../electron/engine/ports.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { plannedFaults } from '../rig/planned-faults.ts';
import { momentsOf } from './every-step.ts';
import {
  accountFaults,
  archiveFaults,
  backupArgs,
  copyOf,
  expectAccount,
  expectArchive,
  inParallel,
  manyUsers,
  newFolder,
  run,
  runTo,
  untilTestEnds,
  uploadArgs,
} from './journey.ts';
import { emptyFolder, smallMailbox } from './small-mailbox.ts';

const noTmpfs = await imagesUnavailable('tmpfs');

describe.skipIf(!dovecotAvailable())('a disk that is full', () => {
  let server: DovecotServer;
  let facts: readonly MailFact[];
  let moreFacts: readonly MailFact[];
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(120), tls: 'none' });
    facts = loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
    const larger = generateMailbox({ messages: 400, medianSize: 12_000, largeShare: 0 });
    moreFacts = loadMaildir(server, larger, { user: 'u119' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const disk = /^(archive|catalogue)\./;

  test.each(['mbox', 'eml'])(
    'from any durable step of a backup on: paused, and the next run goes on (%s)',
    async format => {
      const from = { user: 'mario', port: server.ports.imap };
      const moments = await momentsOf(backupArgs(await newFolder(), from, '--format', format));
      const wrong: string[] = [];
      await inParallel(2, moments.entries(), async ([index, moment]) => {
        // Each message of an EML archive goes through the same four moments; a third of them is enough here.
        if (format === 'eml' && index % 3 !== 0) return;
        const archive = await newFolder();
        const args = backupArgs(archive, from, '--format', format);
        const faults = plannedFaults({ at: index + 1, action: 'DISK_FULL', lasting: true });
        const full = await run(args, { ports: { faults } });
        // The very last write is the note that the job is done: mail and seal are safe by then.
        if (full.exitCode !== 73 && index < moments.length - 2)
          wrong.push(`${index} ${moment}: ${full.exitCode} ${JSON.stringify(full.result)}`);
        if (full.stderr !== '') wrong.push(`${index} ${moment}: ${full.stderr}`);
        const again = await run(args);
        if (again.exitCode !== 0)
          wrong.push(`${index} ${moment}: then ${again.exitCode} ${JSON.stringify(again.result)}`);
        else wrong.push(...(await archiveFaults(archive, facts)).map(fault => `${index} ${moment}: ${fault}`));
      });
      expect(wrong).toEqual([]);
    },
  );

  test('from any durable step of an upload on: paused, and the next run doubles nothing', async () => {
    const archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
    const to = (user: string) => ({ user, port: server.ports.imap });
    const moments = await momentsOf(uploadArgs(await copyOf(archive), to('u118')));
    const wrong: string[] = [];
    await inParallel(2, moments.entries(), async ([index, moment]) => {
      if (!disk.test(moment)) return;
      const args = uploadArgs(await copyOf(archive), to(`u${index}`));
      const faults = plannedFaults({ at: index + 1, action: 'DISK_FULL', lasting: true });
      const full = await run(args, { ports: { faults } });
      if (full.exitCode !== 73 && index < moments.length - 2)
        wrong.push(`${index} ${moment}: ${full.exitCode} ${JSON.stringify(full.result)}`);
      const again = await run(args);
      if (again.exitCode !== 0)
        wrong.push(`${index} ${moment}: then ${again.exitCode} ${JSON.stringify(again.result)}`);
      else
        wrong.push(...(await accountFaults(server, `u${index}`, facts)).map(fault => `${index} ${moment}: ${fault}`));
    });
    expect(wrong).toEqual([]);
  });

  test.skipIf(noTmpfs !== null).each(['mbox', 'eml'])(
    'in truth (tmpfs): pauses, and goes on once there is room (%s)',
    async format => {
      const image = untilTestEnds(await mountImage({ kind: 'tmpfs', bytes: 2_500_000 }));
      const archive = join(image.path, 'archivio');
      const args = backupArgs(archive, { user: 'u119', port: server.ports.imap }, '--format', format);
      const full = await runTo(73, args);
      expect(full.result).toMatchObject({ job: { status: 'paused' }, problem: { code: 'DISK_FULL', desk: 'T-510' } });
      // Still full: it says so again, and nothing is worse than before.
      await runTo(73, args);

      await image.grow(5_000_000);
      await run(args);
      await image.grow(40_000_000);
      const { result } = await runTo(0, args);
      expect((result?.['messages'] as { alreadyPresent: number }).alreadyPresent).toBeGreaterThan(0);
      await expectArchive(archive, moreFacts);
    },
  );

  test.skipIf(noTmpfs !== null)(
    'a disk that turns read-only: says so, and goes on once it is writable again',
    async () => {
      const image = untilTestEnds(await mountImage({ kind: 'tmpfs', bytes: 60_000_000 }));
      const archive = join(image.path, 'archivio');
      const args = backupArgs(archive, { user: 'u119', port: server.ports.imap });
      let writes = 0;
      const faults: FaultPort = {
        reached(step, moment) {
          if (step === 'archive.write' && moment === 'before') writes += 1;
          // While the file system is in use; where it is busy at this very moment the job may get to its end.
          if (writes === 3) execFile('mount', ['-o', 'remount,ro', image.path]);
        },
      };
      const first = await run(args, { ports: { faults } });
      expect([0, 73]).toContain(first.exitCode);
      await image.remount('ro');

      const readOnly = await runTo(73, args);
      expect(readOnly.result).toMatchObject({ problem: { code: 'DISK_NOT_WRITABLE', desk: 'T-511' } });
      const upload = await runTo(73, uploadArgs(archive, { user: 'u117', port: server.ports.imap }));
      expect(upload.result).toMatchObject({ problem: { code: 'DISK_NOT_WRITABLE' } });

      await image.remount('rw');
      await runTo(0, args);
      await expectArchive(archive, moreFacts);
      await rm(archive, { recursive: true });
    },
  );
});

test.skipIf(noTmpfs !== null || !dovecotAvailable())(
  'an archive on read-only media can be checked and reported on; a proof at the new mailbox has to be written down',
  async () => {
    const server = untilTestEnds(await startDovecot({ users: manyUsers(1), tls: 'none' }));
    loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
    const image = untilTestEnds(await mountImage({ kind: 'tmpfs', bytes: 60_000_000 }));
    const archive = join(image.path, 'archivio');
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
    const upload = uploadArgs(archive, { user: 'u0', port: server.ports.imap });
    await runTo(0, upload);
    await image.remount('ro');

    const verify = ['verify', '--archive', archive, '--json'];
    expect((await runTo(0, verify)).result).toMatchObject({ status: 'succeeded' });
    await runTo(0, ['report', '--archive', archive, '--out', join(await newFolder(), 'rapporto.html')]);
    const { result } = await runTo(73, ['verify', ...upload.slice(1)]);
    expect(result).toMatchObject({ problem: { code: 'DISK_NOT_WRITABLE' } });
    await image.remount('rw');
  },
);

describe.skipIf(!dovecotAvailable())('a new mailbox that is full', () => {
  test.each([
    { name: 'MULTIAPPEND', withoutCapabilities: [] },
    { name: 'one APPEND each', withoutCapabilities: ['MULTIAPPEND'] },
  ])('pauses the upload, which goes on once there is room ($name)', async ({ withoutCapabilities }) => {
    const source = untilTestEnds(await startDovecot({ tls: 'none' }));
    const facts = loadMaildir(source, generateMailbox({ messages: 300, medianSize: 4_000, largeShare: 0 }), {
      user: 'mario',
    });
    const archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: source.ports.imap }));

    const room = (rule: string) => ({ anna: { password: 'segreta', quotaRule: rule } });
    const server = untilTestEnds(
      await startDovecot({ tls: 'none', users: room('*:messages=150'), withoutCapabilities }),
    );
    const args = uploadArgs(archive, { user: 'anna', port: server.ports.imap });
    const full = await runTo(79, args);
    expect(full.result).toMatchObject({ job: { status: 'paused' }, problem: { code: 'TARGET_QUOTA', desk: 'T-601' } });
    // Refused messages are not set aside: a full mailbox says nothing about them.
    expect(full.result?.['messages']).toMatchObject({ setAside: 0 });

    await server.setQuota('anna', '*:messages=1000');
    await runTo(0, args);
    await expectAccount(server, 'anna', facts);
  });

  test('is refused before the first octet when it is known that the mail will not fit', async () => {
    const source = untilTestEnds(await startDovecot({ tls: 'none' }));
    loadMaildir(source, generateMailbox({ messages: 100, medianSize: 20_000, largeShare: 0 }), { user: 'mario' });
    const archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: source.ports.imap }));
    const small = { anna: { password: 'segreta', quotaRule: '*:storage=500K' } };
    const server = untilTestEnds(await startDovecot({ tls: 'none', users: small }));
    const { result } = await runTo(79, uploadArgs(archive, { user: 'anna', port: server.ports.imap }));
    expect(result).toMatchObject({ problem: { code: 'TARGET_QUOTA' }, messages: { uploaded: 0 } });
    await expectAccount(server, 'anna', []);
  });
});
