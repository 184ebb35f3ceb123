import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endAtEveryMoment, momentsOf } from './reliability/every-step.ts';
import { accountFaults, accountOf, copyOf, manyUsers, run, runTo, uploadArgs } from './reliability/journey.ts';
import { backedUp, below, figuresOf, inFolder } from './restore-rig.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import type { LoadedMessage } from './rig/load-maildir.ts';
import type { MailFact } from './rig/mail-fact.ts';

/** What a server can do decides how a lost answer is settled. */
const servers = [
  { name: 'MULTIAPPEND and UIDPLUS', withoutCapabilities: [] },
  { name: 'neither', withoutCapabilities: ['MULTIAPPEND', 'UIDPLUS', 'LITERAL+'] },
];

describe.skipIf(!dovecotAvailable()).each(servers)('to a server with $name', ({ withoutCapabilities }) => {
  let server: DovecotServer;
  let facts: readonly LoadedMessage[];
  let archive: string;
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(200), tls: 'none', withoutCapabilities });
    ({ archive, facts } = await backedUp(server));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const again = async (args: readonly string[], user: string, wanted: readonly MailFact[]) => {
    const third = await run(args);
    const uploaded = (figuresOf(third) as { uploaded?: number } | undefined)?.uploaded;
    return [
      ...(third.exitCode === 0 && uploaded === 0 ? [] : [`a third run: ${third.exitCode}, uploaded ${uploaded}`]),
      ...(await accountFaults(server, user, wanted)),
    ];
  };

  test('a restore below a folder that ends at any durable step is completed by the next run, once', async () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const chosen = [
      ...['--under', 'Ripristino'],
      ...['--messages', ...numbers.map(number => `INBOX:${number}`), 'Posta inviata:1'],
    ];
    const wanted = below('Ripristino', [
      ...inFolder(facts, 'INBOX').filter(({ uid }) => numbers.includes(uid)),
      ...inFolder(facts, 'Posta inviata').filter(({ uid }) => uid === 1),
    ]);
    const argsFor = async (at: number): Promise<string[]> =>
      uploadArgs(await copyOf(archive), { user: `u${at}`, port: server.ports.imap }, ...chosen);
    const moments = await momentsOf(await argsFor(0));
    expect(moments.filter(moment => moment.startsWith('target.append')).length).toBeGreaterThanOrEqual(4);
    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const args = await argsFor(at);
      return { at, args, faults: () => again(args, `u${at}`, wanted) };
    });
    expect(wrong).toEqual([]);
  });

  test('a restore of what was deleted in the new mailbox survives the same', async () => {
    const inbox = inFolder(facts, 'INBOX');
    const prepared = async (user: string): Promise<string[]> => {
      const to = { user, port: server.ports.imap };
      const root = await copyOf(archive);
      await runTo(0, uploadArgs(root, to, '--folders', 'INBOX'));
      await server.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '2,3,5');
      return uploadArgs(root, to, '--restore', '--folders', 'INBOX');
    };
    const moments = await momentsOf(await prepared('u100'));
    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const args = await prepared(`u${100 + at}`);
      return { at, args, faults: () => again(args, `u${100 + at}`, inbox) };
    });
    expect(wrong).toEqual([]);
    expect((await accountOf(server, 'u100')).messages).toHaveLength(inbox.length);
  });
});
