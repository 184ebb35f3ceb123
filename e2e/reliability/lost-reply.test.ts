import { describe, expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import { startFaultProxy } from '../rig/fault-proxy.ts';
import type { FaultProxy } from '../rig/fault-proxy.ts';
import { hurriedClock } from '../rig/hurried-clock.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { GeneratedMessage } from '../rig/mailbox-generator.ts';
import { backupArgs, expectAccount, manyUsers, newFolder, run, runTo, untilTestEnds, uploadArgs } from './journey.ts';
import { plain } from './small-mailbox.ts';

const lost = 200;

/** Enough folders that a server with MULTIAPPEND, which takes a folder in one command, loses as many replies. */
function manyFolders(folders: number, messagesEach: number): GeneratedMessage[] {
  return Array.from({ length: folders }, (_, number) => number).flatMap(number => {
    const folder = [`Pratica ${number}`];
    const kinds = [
      // The same octets in every folder, twice in each: with Message-ID and without.
      plain(folder, 'Circolare', '<circolare@ente.it>'),
      plain(folder, 'Circolare', '<circolare@ente.it>'),
      plain(folder, 'Promemoria', null),
      plain(folder, 'Promemoria', null),
      // The same header, another body.
      plain(folder, 'Promemoria', null, `Pratica ${number}`),
      plain(folder, `Pratica ${number}`, `<pratica-${number}@ente.it>`),
    ];
    return Array.from(
      { length: messagesEach },
      (_each, index) => kinds[index % kinds.length] ?? plain(folder, '', null),
    );
  });
}

const servers = [
  { name: 'MULTIAPPEND and UIDPLUS', without: [], folders: lost, messagesEach: 6 },
  { name: 'MULTIAPPEND only', without: ['UIDPLUS'], folders: lost, messagesEach: 6 },
  // Messages are sent without waiting for answers: each loss leaves several in doubt.
  { name: 'UIDPLUS only', without: ['MULTIAPPEND'], folders: lost, messagesEach: 3 },
  { name: 'neither, nor LITERAL+', without: ['MULTIAPPEND', 'UIDPLUS', 'LITERAL+'], folders: 100, messagesEach: 3 },
];

/** Dovecot says where it put a message (APPENDUID) whatever it announces; here the line leaves that out. */
function hideKeys(proxy: FaultProxy, without: readonly string[]): void {
  if (!without.includes('UIDPLUS')) return;
  proxy.inject({ at: 'reply', match: /^APPEND/i, action: { answer: 'OK Append completed.' }, times: Infinity });
}

describe.skipIf(!dovecotAvailable())(`when the reply to APPEND is lost ${lost} times in one run`, () => {
  test.concurrent.each(servers)(
    'no message is lost and none doubled ($name)',
    async ({ without, folders, messagesEach }) => {
      await using server = await startDovecot({ tls: 'none' });
      await using target = await startDovecot({
        users: { anna: { password: 'segreta' } },
        tls: 'none',
        withoutCapabilities: without,
      });
      const facts = loadMaildir(server, manyFolders(folders, messagesEach), { user: 'mario' });
      const archive = await newFolder();
      await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));

      await using proxy = await startFaultProxy({ targetPort: target.ports.imap });
      const fault = proxy.inject({ at: 'reply', match: /^APPEND/i, action: 'cut', times: lost });
      hideKeys(proxy, without);
      const { result } = await runTo(0, uploadArgs(archive, { user: 'anna', port: proxy.port }), {
        ports: { clock: hurriedClock },
      });
      expect(fault.fired).toBe(lost);
      expect(result?.['messages']).toMatchObject({ found: facts.length, uploaded: facts.length, setAside: 0 });
      await expectAccount(target, 'anna', facts);
    },
  );

  test.each(servers)(
    'and lines break before the message is through, equal messages stay as many as they are ($name)',
    async ({ without }) => {
      const server = untilTestEnds(
        await startDovecot({ users: manyUsers(1), tls: 'none', withoutCapabilities: without }),
      );
      const facts = loadMaildir(server, manyFolders(3, 40), { user: 'mario' });
      const archive = await newFolder();
      await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
      const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap, seed: 3 }));
      const lostReplies = proxy.inject({ at: 'reply', match: /^APPEND/i, action: 'cut', probability: 0.1, times: 12 });
      const torn = proxy.inject({ at: 'append-literal', byte: 'random', action: 'cut', probability: 0.1, times: 12 });
      const lookups = proxy.inject({ at: 'command', match: /^UID FETCH/i, action: 'cut', probability: 0.2, times: 12 });
      hideKeys(proxy, without);
      const args = uploadArgs(archive, { user: 'u0', port: proxy.port });
      // A message that is unlucky several times in a row is set aside, and goes with the next run.
      const first = await run(args, { ports: { clock: hurriedClock } });
      expect([0, 2], JSON.stringify(first.result)).toContain(first.exitCode);
      expect(torn.fired).toBeGreaterThan(0);
      expect(lostReplies.fired + lookups.fired).toBeGreaterThan(0);
      proxy.heal();
      hideKeys(proxy, without);
      await runTo(0, args);
      await expectAccount(server, 'u0', facts);
    },
  );

  test.each(servers.filter(({ without }) => without.includes('LITERAL+')))(
    'an equal message, answered for before the line broke, is not taken for the one that broke off ($name)',
    async ({ without }) => {
      const server = untilTestEnds(
        await startDovecot({ users: manyUsers(1), tls: 'none', withoutCapabilities: without }),
      );
      const equal = Array.from({ length: 4 }, () => plain(['INBOX'], 'Promemoria', null));
      const facts = loadMaildir(server, equal, { user: 'mario' });
      const archive = await newFolder();
      await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
      const proxy = untilTestEnds(await startFaultProxy({ targetPort: server.ports.imap }));
      // The server asks for the second message only after its answer for the first.
      const fault = proxy.inject({ at: 'append-literal', byte: 20, nth: 2, action: 'cut' });
      hideKeys(proxy, without);
      await runTo(0, uploadArgs(archive, { user: 'u0', port: proxy.port }));
      expect(fault.fired).toBe(1);
      await expectAccount(server, 'u0', facts);
    },
  );
});
