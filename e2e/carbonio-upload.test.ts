import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { archiveOf } from '../electron/engine/testing/test-archive.ts';
import { createTestClock } from '../electron/engine/testing/test-clock.ts';
import { connectImapTarget } from '../electron/engine/targets/imap/connect-imap-target.ts';
import type { MailTarget } from '../electron/engine/targets/mail-target.ts';
import { openSoapSession } from '../electron/engine/zimbra/open-soap-session.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import { codesOf } from '../electron/engine/testing/run-as-job.ts';
import { parseAccountAddress } from '../shared/account-address.ts';
import {
  carbonioTargetOf,
  connecting,
  factsOf,
  foldersOf,
  heldBy,
  neverAborted,
  placedInItalian,
  uploadTo,
  verifyAt,
} from './carbonio-rig.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { BrokenAnswer } from './fakes/zimbra/mailbox/broken-answer.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { collect, inBrief, outgoing, plainMessage } from './imap-target-rig.ts';
import { endAtEveryMoment, momentsOf } from './reliability/every-step.ts';
import { accountOf, backupArgs, copyOf, newFolder, run, runTo, untilTestEnds } from './reliability/journey.ts';
import { emptyFolder, smallMailbox } from './reliability/small-mailbox.ts';
import { dovecotAvailable, startDovecot } from './rig/dovecot.ts';
import type { DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { mailDifference } from './rig/mail-fact.ts';
import type { MailFact } from './rig/mail-fact.ts';
import { seededRandom } from './rig/seeded-random.ts';

describe.skipIf(!dovecotAvailable())('from the command line to Carbonio', () => {
  let server: DovecotServer;
  let facts: readonly MailFact[];
  let archive: string;
  beforeAll(async () => {
    server = await startDovecot({ users: { mario: { password: 'segreta' } }, tls: 'none' });
    const loaded = loadMaildir(server, smallMailbox(), { user: 'mario', folders: [emptyFolder] });
    facts = loaded.map(fact => ({ ...fact, folder: placedInItalian(fact.folder) }));
    archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('everything arrives and is proved, and a second run adds nothing', async () => {
    const mailbox = fakeMailbox();
    const fake = untilTestEnds(
      await startZimbraFake({ edition: 'carbonio-advanced', accounts: [{ ...anna, mailbox }] }),
    );
    const first = await run(carbonioArgs('upload', fake, anna.name, archive));
    expect(first).toMatchObject({ exitCode: 0, result: { messages: { uploaded: facts.length, setAside: 0 } } });
    expect(mailDifference(facts, heldBy(mailbox))).toEqual([]);
    const proved = await run(carbonioArgs('verify', fake, anna.name, archive));
    expect(proved).toMatchObject({ exitCode: 0, result: { messages: { verified: facts.length } } });
    const again = await run(carbonioArgs('upload', fake, anna.name, archive));
    expect(again).toMatchObject({ exitCode: 0, result: { messages: { uploaded: 0 } } });
    expect(mailbox.store.messages.size).toBe(facts.length);
  });

  test('an upload that ends before or after any durable step is completed by the next run', async () => {
    const mailboxes = Array.from({ length: 120 }, () => fakeMailbox());
    const accounts = mailboxes.map((mailbox, at) => ({ name: `u${at}@ente.it`, password: 'segreta', mailbox }));
    const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-ce', accounts }));
    const argsFor = async (at: number): Promise<string[]> =>
      carbonioArgs('upload', fake, `u${at}@ente.it`, await copyOf(archive));
    const moments = await momentsOf(await argsFor(0));
    expect(moments.filter(moment => moment.startsWith('target.append')).length).toBeGreaterThan(4);
    expect(moments.length).toBeLessThan(accounts.length);

    const wrong = await endAtEveryMoment(moments, 'kill', async at => {
      const args = await argsFor(at);
      const faults = async (): Promise<readonly string[]> => {
        const { exitCode } = await run(args);
        const mailbox = mailboxes[at];
        const third = exitCode === 0 ? [] : [`a third run ended with ${exitCode}`];
        return [...third, ...(mailbox === undefined ? ['no mailbox'] : mailDifference(facts, heldBy(mailbox)))];
      };
      return { at, args, faults };
    });
    expect(wrong).toEqual([]);
  });
});

const anna = { name: 'anna@ente.it', password: 'segreta' };

function carbonioArgs(command: 'upload' | 'verify', fake: ZimbraFake, user: string, archive: string): string[] {
  const account = ['--target', fake.address(user), '--ca', fake.caFile, '--password-env', 'RELIABILITY_PASSWORD'];
  return [command, ...account, '--archive', archive, '--json'];
}

async function sessionOn(fake: ZimbraFake): Promise<SoapSession> {
  const address = parseAccountAddress(fake.address(anna.name));
  if (address.kind !== 'carbonio') throw new Error('not an address of Carbonio');
  const session = await openSoapSession(
    {
      address,
      password: () => Promise.resolve(anna.password),
      ca: await readFile(fake.caFile, 'utf8'),
      ports: { clock: createTestClock(), log: { debug: () => undefined, warn: () => undefined } },
    },
    neverAborted,
  );
  onTestFinished(() => session.close());
  return session;
}

test('413 inside HTTP 200, a quota midway and uploads that expire, over HTTPS', async () => {
  const mailbox = fakeMailbox({ maxMessage: -1 });
  const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-advanced', accounts: [{ ...anna, mailbox }] }));
  const folder = await (
    await carbonioTargetOf(mailbox, { session: await sessionOn(fake) })
  ).openFolder('Inbox', neverAborted);
  mailbox.store.limits.message = 2000;
  const sizes = [100, 3000, 300, 100, 100];
  const messages = sizes.map((size, at) => outgoing(plainMessage(`m${at}`, 'x'.repeat(size))));
  let expired = 0;
  mailbox.disturb = ({ at, moment }) => {
    if (at === 'AddMsgRequest' && moment === 'before' && ++expired === 1) mailbox.store.uploads.clear();
  };
  const first = inBrief(await collect(folder.append(messages, neverAborted)));
  expect(first.map(each => (Number(each) > 0 ? 'stored' : each))).toEqual(
    sizes.map(size => (size > 2000 ? 'TARGET_MESSAGE_TOO_LARGE' : 'stored')),
  );
  mailbox.store.limits.quota = mailbox.store.used() + 500;
  const second = inBrief(await collect(folder.append([...messages, ...messages, ...messages], neverAborted)));
  expect(second.at(-1)).toBe('TARGET_QUOTA');
  expect(mailbox.store.used()).toBeLessThanOrEqual(mailbox.store.limits.quota);
});

test.skipIf(!dovecotAvailable())(
  'where uploads are shut mail goes by IMAP, as its own kind of row in the ledger',
  async () => {
    const imap = untilTestEnds(
      await startDovecot({
        users: { anna: { password: 'segreta' } },
        tls: 'none',
        // As Carbonio's own IMAP names them.
        separator: '/',
        specialFolders: [{ name: 'Sent', use: '\\Sent' }],
      }),
    );
    const mailbox = fakeMailbox();
    const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-ce', accounts: [{ ...anna, mailbox }] }));
    mailbox.disturb = ({ at }) => {
      if (at === 'upload') throw new BrokenAnswer(403);
    };
    const byImap = (): Promise<MailTarget> =>
      connectImapTarget({
        address: { kind: 'imap', user: 'anna', host: '127.0.0.1', port: imap.ports.imap, tls: 'none-on-loopback' },
        credentials: { kind: 'password', password: 'segreta' },
        log: { debug: () => undefined, warn: () => undefined },
      });
    const connect = async (): Promise<MailTarget> =>
      await carbonioTargetOf(mailbox, { session: await sessionOn(fake), imapFallback: byImap });
    const messages = smallMailbox();
    const root = await archiveOf(foldersOf(messages));
    const sent = await uploadTo(root, connect);
    expect(sent).toMatchObject({ status: 'succeeded', figures: { uploaded: messages.length } });
    expect(codesOf(sent)).toContain('TARGET_BY_IMAP');
    const atImap = factsOf(messages, ([first = '', ...rest]) =>
      first === 'INBOX' ? [first] : placedInItalian([first, ...rest]),
    );
    expect(mailDifference(atImap, (await accountOf(imap, 'anna')).messages)).toEqual([]);
    // Another day the way is open: nothing in the ledger is taken for what lies in this mailbox.
    mailbox.disturb = () => undefined;
    const again = await uploadTo(root, connect);
    expect(again).toMatchObject({ status: 'succeeded', figures: { uploaded: messages.length } });
    expect(mailDifference(factsOf(messages, placedInItalian), heldBy(mailbox))).toEqual([]);
  },
);

test('two thousand messages over HTTPS while one answer in twenty fails and sessions run out', async () => {
  const messages = [...generateMailbox({ messages: 2000, seed: 8, medianSize: 1500, largeShare: 0 })];
  const root = await archiveOf(foldersOf(messages));
  const mailbox = fakeMailbox();
  const fake = untilTestEnds(await startZimbraFake({ edition: 'carbonio-ce', accounts: [{ ...anna, mailbox }] }));
  const session = await sessionOn(fake);
  const met = { expired: 0, lost: 0, dropped: 0, busy: 0, fault: 0, uploads: 0 };
  const random = seededRandom(21, 0);
  mailbox.disturb = ({ at, moment }) => {
    if (!random.chance(0.05)) return;
    if (moment === 'after') {
      if (at !== 'AddMsgRequest') return;
      met.lost += 1;
      throw new BrokenAnswer();
    }
    switch (random.below(5)) {
      case 0:
        met.expired += 1;
        fake.state.sessions.expireAll();
        throw new FakeFault('service.AUTH_EXPIRED');
      case 1:
        met.busy += 1;
        throw new BrokenAnswer(500);
      case 2:
        met.fault += 1;
        throw new FakeFault('service.FAILURE');
      case 3:
        met.uploads += 1;
        mailbox.store.uploads.clear();
        return;
      default:
        met.dropped += 1;
        throw new BrokenAnswer();
    }
  };
  const connect = connecting(mailbox, { ...session, close: () => Promise.resolve() });
  let ended = await uploadTo(root, connect);
  // One that was unlucky several times in a row is set aside, and goes with the next run.
  for (let more = 0; more < 3 && ended.status !== 'succeeded'; more += 1) ended = await uploadTo(root, connect);
  expect(ended, JSON.stringify(ended.problem)).toMatchObject({ status: 'succeeded' });
  for (const [trouble, times] of Object.entries(met)) expect(times, trouble).toBeGreaterThan(10);
  expect(mailDifference(factsOf(messages, placedInItalian), heldBy(mailbox))).toEqual([]);

  mailbox.disturb = () => undefined;
  const proved = await verifyAt(root, connect);
  expect(proved).toMatchObject({ status: 'succeeded', figures: { verified: 2000 } });
  expect(new Set(codesOf(proved))).toEqual(new Set(['TARGET_BYTES_REWRITTEN']));
});
