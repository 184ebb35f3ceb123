import { expect, test } from 'vitest';
import { problemOf } from '../shared/errors.ts';
import { codesOf } from '../electron/engine/testing/run-as-job.ts';
import { archiveOf, mail } from '../electron/engine/testing/test-archive.ts';
import type { ScriptedFolder, ScriptedMessage } from '../electron/engine/testing/scripted-source.ts';
import { heldBy, officeMessage, problemsOf, startExchangeRig } from './exchange-rig.ts';

const inbox = (messages: readonly ScriptedMessage[]): ScriptedFolder => ({ path: ['INBOX'], role: 'inbox', messages });
const many = (count: number): ScriptedMessage[] =>
  Array.from({ length: count }, (_, index) => officeMessage(String(index + 1)));

test('a mailbox goes up and is proved although every message comes back rewritten', async () => {
  const rig = await startExchangeRig();
  const root = await archiveOf([
    inbox([
      officeMessage('1', { flags: ['\\Seen', '\\Flagged'], internalDate: '2019-03-04T10:00:00+02:00' }),
      officeMessage('2', { flags: ['\\Answered', '\\Draft'] }),
      ...many(30).slice(2),
    ]),
    { path: ['Inviata'], role: 'sent', messages: [officeMessage('100')] },
  ]);
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { found: 31, uploaded: 31 } });
  const { store, commands, mishaps } = rig.fake.state;
  const [first] = store.find('INBOX')?.mail ?? [];
  expect([...(first?.flags ?? [])].sort()).toEqual(['\\Flagged', '\\Seen']);
  expect(first?.internalDate).toBe(Date.parse('2019-03-04T08:00:00Z'));
  expect(first?.served.equals(first.sent)).toBe(false);
  expect(store.find('Posta inviata')?.mail).toHaveLength(1);
  expect(mishaps).toEqual([]);
  // Announced and broken: never asked for.
  expect(commands.filter(line => /^(?:UID )?SEARCH|^ENABLE|RFC822\.SIZE|^LSUB/.test(line))).toEqual([]);
  expect(commands.filter(line => line.startsWith('APPEND') && line.includes('\\Flagged'))).toEqual([]);

  const proof = await rig.verify(root);
  expect(proof).toMatchObject({ status: 'succeeded', figures: { found: 31, verified: 31 }, exceptions: [] });
  expect(rig.fake.state.mostAtOnce).toBe(1);
  expect(rig.fake.state.connections.map(({ errors }) => errors)).toEqual([0, 0]);
});

test('a part that was changed on the way is found out, and so is a key header', async () => {
  const rig = await startExchangeRig();
  const root = await archiveOf([inbox(many(3))]);
  await rig.upload(root);
  const stored = rig.fake.state.store.find('INBOX')?.mail ?? [];
  const tampered = (from: string, to: string, index: number): void => {
    const before = stored[index];
    if (before === undefined) throw new Error('nothing there');
    const text = before.served.toString('latin1');
    expect(text).toContain(from);
    stored[index] = { ...before, served: Buffer.from(text.replace(from, to), 'latin1') };
  };
  tampered('=C3=A8 finita', '=C3=A8 sparita', 0);
  tampered('<2.delibera@', '<3.delibera@', 1);
  expect(problemsOf(await rig.verify(root))).toEqual([
    ['TARGET_MESSAGE_DIFFERS', 1],
    ['TARGET_MESSAGE_DIFFERS', 2],
  ]);
});

test('keywords are named and never sent, $MDNSent among them', async () => {
  const rig = await startExchangeRig();
  const root = await archiveOf([inbox([officeMessage('1', { keywords: ['$Forwarded', '$MDNSent', 'Da fare'] })])]);
  const run = await rig.upload(root);
  expect(run).toMatchObject({ status: 'succeeded', figures: { uploaded: 1 } });
  expect(run.exceptions.map(({ problem }) => problem.details['keyword'])).toEqual([
    '$Forwarded',
    '$MDNSent',
    'Da fare',
  ]);
  expect(rig.fake.state.mishaps).toEqual([]);
  expect(codesOf(await rig.verify(root))).toEqual([]);
});

test('mail without a date of its own arrives with that of its header', async () => {
  const rig = await startExchangeRig();
  const received = 'Received: from a by b; Tue, 5 Mar 2019 11:30:00 +0100\r\nDate: Mon, 4 Mar 2019 09:15:00 +0100\r\n';
  const root = await archiveOf([
    inbox([
      { key: '1', octets: `${received}Subject: a\r\n\r\nuno\r\n`, internalDate: null },
      { key: '2', octets: 'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\nSubject: b\r\n\r\ndue\r\n', internalDate: null },
    ]),
  ]);
  await rig.upload(root);
  expect(rig.fake.state.mishaps).toEqual([]);
  expect(rig.fake.state.store.find('INBOX')?.mail.map(each => new Date(each.internalDate).toISOString())).toEqual([
    '2019-03-05T10:30:00.000Z',
    '2019-03-04T08:15:00.000Z',
  ]);
});

test('the server’s time is obeyed to the millisecond and shown', async () => {
  const rig = await startExchangeRig();
  const { clock } = rig.ports;
  const slow = await startExchangeRig(
    { throttle: { appends: 40, everyMs: 299_961, now: () => clock.monotonicMs() } },
    rig.ports,
  );
  const root = await archiveOf([inbox(many(100))]);
  expect(await slow.upload(root)).toMatchObject({ status: 'succeeded', figures: { uploaded: 100 } });
  const { throttled } = slow.fake.state;
  expect(throttled).toHaveLength(2);
  for (const told of throttled) expect(clock.slept).toContain(told);
  expect([...heldBy(slow.fake).values()].every(count => count === 1)).toBe(true);
});

test('“Server Unavailable. 15” passes', async () => {
  let left = 2;
  const rig = await startExchangeRig({
    trouble: ({ verb }) => (verb === 'APPEND' && (left -= 1) >= 0 ? 'unavailable' : 'none'),
  });
  const root = await archiveOf([inbox(many(5))]);
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { uploaded: 5 } });
  expect(heldBy(rig.fake).size).toBe(5);
});

test('an expired token leads to a fresh one, and the upload goes on', async () => {
  const rig = await startExchangeRig({
    trouble: ({ verb, nth }) => (verb === 'APPEND' && nth % 20 === 0 ? 'token-expired' : 'none'),
  });
  const root = await archiveOf([inbox(many(60))]);
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { uploaded: 60 } });
  expect(rig.tokens.fresh).toBeGreaterThan(1);
  expect([...heldBy(rig.fake).values()].every(count => count === 1)).toBe(true);
});

test('a mailbox behind a good sign-in that does not open has its own code', async () => {
  const rig = await startExchangeRig({ notConnected: true });
  const problem = await rig.connect().then(() => null, problemOf);
  expect(problem).toMatchObject({ code: 'MAILBOX_NOT_CONNECTED', details: { user: 'anna.rossi@ente.example' } });
});

test('a wrong token is refused, after one fresh one', async () => {
  const rig = await startExchangeRig();
  rig.fake.state.isValid = () => false;
  expect(await rig.connect().then(() => null, problemOf)).toMatchObject({ code: 'SIGNIN_REFUSED' });
  expect(rig.tokens).toEqual({ asked: 2, fresh: 1 });
});

test.each([
  ['with Message-ID', many(40)],
  [
    'without',
    Array.from({ length: 40 }, (_, nth) => ({ key: `${nth}`, octets: `Subject: a\r\n\r\nTesto ${nth}\r\n` })),
  ],
])('an answer lost after every few messages loses none and doubles none, %s', async (_name, messages) => {
  const rig = await startExchangeRig({
    trouble: ({ verb, nth }) => (verb === 'APPEND' && nth % 7 === 0 ? 'reply-lost' : 'none'),
  });
  const root = await archiveOf([inbox(messages)]);
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { found: 40, uploaded: 40 } });
  expect(heldBy(rig.fake).size).toBe(40);
  expect(rig.fake.state.store.find('INBOX')?.mail).toHaveLength(40);
});

test('a line lost between a message and its star: the star is there in the end', async () => {
  let lost = 0;
  const rig = await startExchangeRig({
    trouble: ({ verb }) => (verb === 'UID STORE' && (lost += 1) === 1 ? 'cut' : 'none'),
  });
  const root = await archiveOf([inbox([officeMessage('1', { flags: ['\\Flagged'] }), officeMessage('2')])]);
  expect(await rig.upload(root)).toMatchObject({ status: 'succeeded', figures: { uploaded: 2 } });
  expect(lost).toBeGreaterThan(1);
  const flags = rig.fake.state.store.find('INBOX')?.mail.map(each => [...each.flags]);
  expect(flags).toEqual([['\\Flagged'], []]);
});

test('a message that is too large teaches the limit: the next of its size is not sent', async () => {
  const rig = await startExchangeRig({ maxMessageBytes: 100_000 });
  const large = (key: string, size: number): ScriptedMessage =>
    mail(key, `grande ${key}`, { octets: `Subject: grande ${key}\r\n\r\n${'riga di testo\r\n'.repeat(size / 15)}` });
  const root = await archiveOf([inbox([large('901', 120_000), ...many(150), large('902', 130_000)])]);
  const run = await rig.upload(root);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 150, setAside: 2 } });
  expect(problemsOf(run)).toEqual([
    ['TARGET_MESSAGE_TOO_LARGE', 1],
    ['TARGET_MESSAGE_TOO_LARGE', 152],
  ]);
  expect(rig.fake.state.connections.map(({ errors }) => errors)).toEqual([1]);
});

test('thirty refusals end no connection: each is left before its tenth error', async () => {
  // Nothing that limits foretell: the server takes shorter lines than it is known for.
  const rig = await startExchangeRig({ maxLineOctets: 2000 });
  const messages = many(90).map((message, nth) =>
    nth % 3 === 0 ? { ...message, octets: `${message.octets}${'x'.repeat(3000)}\r\n` } : message,
  );
  const root = await archiveOf([inbox(messages)]);
  const run = await rig.upload(root);
  expect(run).toMatchObject({ status: 'partial', figures: { uploaded: 60, setAside: 30 } });
  const errors = rig.fake.state.connections.map(each => each.errors);
  expect(Math.max(...errors)).toBeLessThanOrEqual(9);
  expect(errors.reduce((sum, each) => sum + each, 0)).toBe(30);
  expect([...heldBy(rig.fake).values()].every(count => count === 1)).toBe(true);
});

test('refused without having been foreseen: with consent a corrected copy goes, once, and what is signed does not', async () => {
  const rig = await startExchangeRig({ maxLineOctets: 2000 });
  const long = 'x'.repeat(3000);
  const signed = `Subject: firmato\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary="b"; protocol="application/pkcs7-signature"\r\n\r\n--b\r\n\r\n${long}\r\n--b\r\n\r\nfirma\r\n--b--\r\n`;
  const messages = many(60).map((message, nth) =>
    nth % 3 === 0 ? { ...message, octets: `${message.octets}${long}\r\n` } : message,
  );
  const root = await archiveOf([inbox([...messages, mail('901', 'firmato', { octets: signed })])]);
  const run = await rig.upload(root, { repair: true });
  expect(run).toMatchObject({ status: 'partial', figures: { found: 61, uploaded: 60, setAside: 1 } });
  const codes = problemsOf(run).map(([code]) => code);
  expect(codes.filter(code => code === 'TARGET_MESSAGE_REPAIRED')).toHaveLength(20);
  expect(problemsOf(run)).toContainEqual(['TARGET_MESSAGE_REFUSED', 61]);
  // Each original was refused once, though the line was left in time again and again.
  const errors = rig.fake.state.connections.map(each => each.errors);
  expect(Math.max(...errors)).toBeLessThanOrEqual(9);
  expect(errors.reduce((sum, each) => sum + each, 0)).toBe(21);
  expect([...heldBy(rig.fake).values()].every(count => count === 1)).toBe(true);
  expect(await rig.verify(root)).toMatchObject({ figures: { verified: 60 } });
});
