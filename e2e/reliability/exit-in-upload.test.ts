import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { endAtEveryMoment, momentsOf } from './every-step.ts';
import { accountFaults, backupArgs, copyOf, manyUsers, newFolder, run, runTo, uploadArgs } from './journey.ts';
import { emptyFolder, smallMailbox } from './small-mailbox.ts';

/** What a server can do decides how a lost answer is settled. */
const servers = [
  { name: 'MULTIAPPEND and UIDPLUS', withoutCapabilities: [] },
  { name: 'neither', withoutCapabilities: ['MULTIAPPEND', 'UIDPLUS', 'LITERAL+'] },
];

describe.skipIf(!dovecotAvailable()).each(servers)('to a server with $name', ({ withoutCapabilities }) => {
  let server: DovecotServer;
  let facts: readonly MailFact[];
  let archive: string;
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(200), tls: 'none', withoutCapabilities });
    facts = loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
    archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('an upload that ends before or after any durable step is completed by the next run', async () => {
    const to = (at: number) => ({ user: `u${at}`, port: server.ports.imap });
    const moments = await momentsOf(uploadArgs(await copyOf(archive), to(0)));
    expect(moments.filter(moment => moment.startsWith('target.append')).length).toBeGreaterThan(4);

    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const args = uploadArgs(await copyOf(archive), to(at));
      const faults = async (): Promise<readonly string[]> => {
        const { exitCode } = await run(args);
        const third = exitCode === 0 ? [] : [`a third run ended with ${exitCode}`];
        return [...third, ...(await accountFaults(server, `u${at}`, facts))];
      };
      return { at, args, faults };
    });
    expect(wrong).toEqual([]);
  });
});
