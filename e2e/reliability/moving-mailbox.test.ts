import { describe, expect, test } from 'vitest';
import { displayPath } from '../../shared/model/folder.ts';
import { readArchive } from '../rig/archive-oracle.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { startFaultProxy } from '../rig/fault-proxy.ts';
import type { FaultProxy } from '../rig/fault-proxy.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { LoadedMessage } from '../rig/load-maildir.ts';
import { changeMailbox, deliver } from './change-mailbox.ts';
import { accountOf, backupArgs, expectArchive, newFolder, run, runTo, untilTestEnds } from './journey.ts';
import type { Account } from './journey.ts';
import { pauseAt } from './pause-at.ts';
import { emptyFolder, smallMailbox } from './small-mailbox.ts';

interface Scene {
  readonly server: DovecotServer;
  readonly facts: readonly LoadedMessage[];
  readonly archive: string;
  /** An archive knows an account by its address, so all runs of a test go over one line. */
  readonly from: Account;
  readonly proxy: FaultProxy;
}

async function scene(): Promise<Scene> {
  const server = untilTestEnds(await startDovecot({ tls: 'none' }));
  const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap }));
  const facts = loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
  return { server, proxy, facts, archive: await newFolder(), from: { user: 'mario', port: proxy.port } };
}

const renumber = (server: DovecotServer, folder: string, to: number): Promise<string> =>
  server.doveadm('mailbox', 'update', '-u', 'mario', '--uid-validity', String(to), folder);

describe.skipIf(!dovecotAvailable())('a mailbox that changes between two runs', () => {
  test('is followed: new mail and flags come in, what was deleted stays, and nothing is fetched twice', async () => {
    const { server, archive, from, proxy } = await scene();
    await runTo(0, backupArgs(archive, from));
    const { present, absent } = await changeMailbox(server, 'mario', await accountOf(server, 'mario'));
    const second = await runTo(0, backupArgs(archive, from));
    expect(second.result?.['messages']).toMatchObject({ found: present.length, stored: 3 });
    await expectArchive(archive, present, { absent });

    const third = await runTo(0, backupArgs(archive, from));
    expect(third.result?.['messages']).toMatchObject({
      found: present.length,
      stored: 0,
      alreadyPresent: present.length,
    });
    // Told by STATUS that nothing changed, it does not even open a folder.
    const counts = proxy.commandCounts();
    const before = new Map(counts);
    await runTo(0, backupArgs(archive, from));
    expect(counts.get('UID FETCH')).toBe(before.get('UID FETCH'));
    expect(counts.get('EXAMINE')).toBe(before.get('EXAMINE'));
    await expectArchive(archive, present, { absent });
  });

  test.each(['mbox', 'eml'])('and is renumbered (UIDVALIDITY) is recognised by its octets (%s)', async format => {
    const { server, facts, archive, from } = await scene();
    await runTo(0, backupArgs(archive, from, '--format', format));
    await server.doveadm('expunge', '-u', 'mario', 'mailbox', 'INBOX', 'uid', '1,5');
    await renumber(server, 'INBOX', 1_800_000_000);
    const { messages } = await accountOf(server, 'mario');
    const second = await runTo(0, backupArgs(archive, from));
    expect(second.result?.['messages']).toMatchObject({ stored: 0, alreadyPresent: messages.length });
    // Which of several equal messages is gone, nobody can tell: the octets do not.
    const gone = facts.filter(({ folder, uid }) => displayPath(folder) === 'INBOX' && (uid === 1 || uid === 5));
    await expectArchive(archive, messages, { absent: gone });
  });

  test('a renamed folder is archived under its new name, and its old messages are not carried over twice', async () => {
    const { server, facts, archive, from } = await scene();
    await runTo(0, backupArgs(archive, from));
    await server.doveadm('mailbox', 'rename', '-u', 'mario', 'Posta inviata', 'Inviata');
    const { messages } = await accountOf(server, 'mario');
    await runTo(0, backupArgs(archive, from));
    await expectArchive(archive, messages, { absent: facts.filter(({ folder }) => folder[0] === 'Posta inviata') });
  });

  test('a deleted folder stays in the archive, also when it comes back', async () => {
    const { server, facts, archive, from } = await scene();
    await runTo(0, backupArgs(archive, from));
    await server.doveadm('mailbox', 'delete', '-u', 'mario', '-s', 'Posta inviata');
    await runTo(0, backupArgs(archive, from));
    const held = async (): Promise<string[]> => (await heldIn(archive)).sort();
    const everything = facts.map(fact => fact.sha256).sort();
    expect(await held()).toEqual(everything);
    await deliver(server, 'mario', ['Posta inviata'], 'Di nuovo qui');
    await runTo(0, backupArgs(archive, from));
    expect(await held()).toHaveLength(everything.length + 1);
    await runTo(0, backupArgs(archive, from));
    expect(await held()).toHaveLength(everything.length + 1);
  });
});

async function heldIn(archive: string): Promise<string[]> {
  const { messages, wrong } = await readArchive(archive);
  expect(wrong).toEqual([]);
  return messages.map(message => message.sha256);
}

/** Each happens while the backup waits for its first message, after it has counted the mailbox. */
const surprises: readonly {
  readonly name: string;
  readonly happens: (server: DovecotServer) => Promise<unknown>;
  /** Whether the run can still end as a success, or names what it could not have. */
  readonly ends: readonly number[];
}[] = [
  {
    name: 'a message is expunged',
    happens: server => server.doveadm('expunge', '-u', 'mario', 'mailbox', 'INBOX', 'uid', '7'),
    ends: [0, 2],
  },
  { name: 'new mail arrives', happens: server => deliver(server, 'mario', ['INBOX'], 'Appena arrivata'), ends: [0] },
  { name: 'the folder is renumbered', happens: server => renumber(server, 'INBOX', 1_900_000_000), ends: [0, 2] },
  {
    name: 'a folder not yet read is renamed',
    happens: server => server.doveadm('mailbox', 'rename', '-u', 'mario', 'Posta inviata', 'Inviata'),
    ends: [2],
  },
  {
    name: 'a folder not yet read is deleted',
    happens: server => server.doveadm('mailbox', 'delete', '-u', 'mario', '-s', 'Posta inviata'),
    ends: [2],
  },
];

describe.skipIf(!dovecotAvailable())('while a backup runs', () => {
  test.each(surprises)(
    '$name: the run ends in order, and the next one brings the archive up to date',
    async surprise => {
      const { server, proxy, archive, from } = await scene();
      const pause = pauseAt(proxy, /^UID FETCH .*BODY/i);
      const first = run(backupArgs(archive, from));
      await pause.reached;
      await surprise.happens(server);
      pause.goOn();
      const { exitCode, result } = await first;
      expect(surprise.ends, JSON.stringify(result)).toContain(exitCode);

      await runTo(0, backupArgs(archive, from));
      const { messages } = await accountOf(server, 'mario');
      const absent = (await readArchive(archive)).messages.filter(message => message.absent);
      await expectArchive(archive, messages, { absent });
    },
  );
});
