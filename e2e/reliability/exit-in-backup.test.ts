import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { changeMailbox } from './change-mailbox.ts';
import { endAtEveryMoment, momentsOf } from './every-step.ts';
import { accountOf, archiveFaults, backupArgs, copyOf, manyUsers, newFolder, runTo } from './journey.ts';
import { emptyFolder, smallMailbox } from './small-mailbox.ts';

const formats = ['mbox', 'eml'] as const;

describe.skipIf(!dovecotAvailable())('a backup that ends before or after any durable step', () => {
  let server: DovecotServer;
  let facts: readonly MailFact[];
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(2), tls: 'none' });
    facts = loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(formats)('is completed by the next run (%s)', async format => {
    const argsFor = (archive: string): string[] =>
      backupArgs(archive, { user: 'mario', port: server.ports.imap }, '--format', format);
    const moments = await momentsOf(argsFor(await newFolder()));
    expect(moments.length).toBeGreaterThan(format === 'eml' ? 200 : 60);

    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const archive = await newFolder();
      return { at, args: argsFor(archive), faults: () => archiveFaults(archive, facts) };
    });
    expect(wrong).toEqual([]);
  });

  test('adds to a sealed archive without ever leaving a seal that lies', async () => {
    const user = 'u0';
    loadMaildir(server, smallMailbox(), { user, folders: [emptyFolder] });
    const from = { user, port: server.ports.imap };
    const sealed = await newFolder();
    await runTo(0, backupArgs(sealed, from));
    const { present, absent } = await changeMailbox(server, user, await accountOf(server, user));

    const moments = await momentsOf(backupArgs(await copyOf(sealed), from));
    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const archive = await copyOf(sealed);
      return { at, args: backupArgs(archive, from), faults: () => archiveFaults(archive, present, { absent }) };
    });
    expect(wrong).toEqual([]);
  });
});
