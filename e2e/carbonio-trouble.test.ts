import { expect, test } from 'vitest';
import { archiveOf, mail } from '../electron/engine/testing/test-archive.ts';
import { codesOf } from '../electron/engine/testing/run-as-job.ts';
import type { MailTarget } from '../electron/engine/targets/mail-target.ts';
import { problemOf, TravasoError } from '../shared/errors.ts';
import { carbonioTargetOf, connecting, neverAborted, uploadTo, verifyAt } from './carbonio-rig.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { BrokenAnswer } from './fakes/zimbra/mailbox/broken-answer.ts';
import { collect, inBrief, outgoing, plainMessage } from './imap-target-rig.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => mail(String(index + 1)));

test('limits are read before anything is sent: quota, use and the largest message', async () => {
  const mailbox = fakeMailbox({ quota: 5_000, maxMessage: 2_000 });
  await uploadTo(await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(2) }]), connecting(mailbox));
  const used = mailbox.store.used();
  const limits = { maxMessageBytes: 2_000, quota: { usedBytes: used, limitBytes: 5_000 } };
  expect(await (await carbonioTargetOf(mailbox)).limits(neverAborted)).toMatchObject(limits);
  const silent = fakeMailbox({ quota: 5_000, maxMessage: -1, tellsUse: false });
  silent.store.addMessage({ folder: '5', octets: Buffer.alloc(321), flags: '', tags: [], date: 0 });
  const summed = { maxMessageBytes: null, quota: { usedBytes: 321, limitBytes: 5_000 } };
  expect(await (await carbonioTargetOf(silent)).limits(neverAborted)).toMatchObject(summed);
  expect((await (await carbonioTargetOf(fakeMailbox())).limits(neverAborted)).quota).toBeNull();
});

test('what does not fit is said before the first octet goes', async () => {
  const mailbox = fakeMailbox({ quota: 400 });
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(9) }]);
  const ended = await uploadTo(root, connecting(mailbox));
  expect(ended).toMatchObject({ problem: { code: 'TARGET_QUOTA' }, figures: { uploaded: 0 } });
  expect(mailbox.asked.get('upload')).toBe(1);
  expect(mailbox.store.messages.size).toBe(0);
});

test('a quota nobody told of ends the upload midway; with more room the rest goes, and nothing twice', async () => {
  const mailbox = fakeMailbox();
  let room = 4;
  mailbox.disturb = ({ at, moment }) => {
    if (at !== 'AddMsgRequest' || moment !== 'before' || mailbox.store.uploads.size === 0) return;
    if (mailbox.store.messages.size >= room) throw new FakeFault('mail.DOMAIN_QUOTA_EXCEEDED');
  };
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(9) }]);
  const ended = await uploadTo(root, connecting(mailbox));
  expect(ended).toMatchObject({ problem: { code: 'TARGET_QUOTA' }, figures: { uploaded: 4, setAside: 0 } });
  expect(mailbox.store.messages.size).toBe(4);
  room = 100;
  expect(await uploadTo(root, connecting(mailbox))).toMatchObject({ status: 'succeeded', figures: { uploaded: 5 } });
  expect(mailbox.store.messages.size).toBe(9);
});

test.each([
  ['413 in the text of an upload', 'upload'],
  ['MESSAGE_TOO_BIG in answer to AddMsg', 'AddMsgRequest'],
])('%s sets that message aside, and the others go', async (_, at) => {
  const mailbox = fakeMailbox({ maxMessage: -1 });
  const folder = await (await carbonioTargetOf(mailbox)).openFolder('Inbox', neverAborted);
  // The limit was lowered after it had been read.
  if (at === 'upload') mailbox.store.limits.message = 500;
  else
    mailbox.disturb = ({ at: now }) => {
      if (now === 'AddMsgRequest') mailbox.store.limits.message = 500;
      if (now === 'upload') mailbox.store.limits.message = -1;
    };
  const messages = [plainMessage('a'), plainMessage('b', 'x'.repeat(900)), plainMessage('c')].map(each =>
    outgoing(each),
  );
  const outcomes = inBrief(await collect(folder.append(messages, neverAborted)));
  expect(outcomes[1]).toBe('TARGET_MESSAGE_TOO_LARGE');
  expect(mailbox.store.messages.size).toBe(2);
});

test('a reply lost leaves its message in doubt, and the next run finds it, though the server added to its header', async () => {
  const mailbox = fakeMailbox();
  const twin = { octets: 'Subject: promemoria\r\n\r\nUguale.\r\n' };
  const messages = [...many(3), { key: '4', ...twin }, { key: '5', ...twin }];
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages }]);
  let stored = 0;
  mailbox.disturb = ({ at, moment }) => {
    if (at === 'AddMsgRequest' && moment === 'after' && ++stored <= 5) throw new BrokenAnswer();
  };
  expect(await uploadTo(root, connecting(mailbox))).toMatchObject({ status: 'succeeded', figures: { uploaded: 5 } });
  expect(mailbox.store.messages.size).toBe(5);
  const proved = await verifyAt(root, connecting(mailbox));
  expect(proved).toMatchObject({ status: 'succeeded', figures: { verified: 5 } });
});

test('a message somebody changed, moved away or deleted is named by the proof', async () => {
  const mailbox = fakeMailbox();
  const messages = [1, 2, 3, 4].map(each => mail(String(each), `Numero ${each}`, { keywords: ['Prot'] }));
  const root = await archiveOf([{ path: ['Lavoro'], messages }]);
  await uploadTo(root, connecting(mailbox));
  const [first, second, third] = [...mailbox.store.messages.values()];
  if (first === undefined || second === undefined || third === undefined) throw new Error('not there');
  first.folder = '3';
  mailbox.store.deleteMessage(second.id);
  third.tags = [];
  const proved = await verifyAt(root, connecting(mailbox));
  const codes = codesOf(proved).filter(code => code !== 'TARGET_BYTES_REWRITTEN');
  expect(codes).toEqual(['TARGET_ATTRIBUTES_DIFFER', 'TARGET_MESSAGE_MISSING', 'TARGET_MESSAGE_MISSING']);
});

test('a mailbox that was made anew gets everything again', async () => {
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(3) }]);
  await uploadTo(root, connecting(fakeMailbox()));
  const anew = fakeMailbox({ accountId: 'a1b2c3d4-0000-4000-8000-000000000002' });
  expect(await uploadTo(root, connecting(anew))).toMatchObject({ status: 'succeeded', figures: { uploaded: 3 } });
  expect(anew.store.messages.size).toBe(3);
});

test('a folder deleted under way sets its own messages aside, and the others go', async () => {
  const mailbox = fakeMailbox();
  const root = await archiveOf([
    { path: ['Breve'], messages: many(5) },
    { path: ['Lavoro'], messages: many(2) },
  ]);
  mailbox.disturb = ({ at, moment }) => {
    const breve = mailbox.store.childNamed('1', 'Breve');
    if (at === 'AddMsgRequest' && moment === 'before' && breve !== null && mailbox.store.uploads.size > 0) {
      mailbox.store.deleteFolder(breve.id);
    }
  };
  const ended = await uploadTo(root, connecting(mailbox));
  expect(ended).toMatchObject({ status: 'partial', figures: { uploaded: 2, setAside: 5 } });
  expect(new Set(codesOf(ended))).toEqual(new Set(['TARGET_FOLDER_VANISHED']));
});

test('a pause leaves no message in doubt that the next run does not settle', async () => {
  const mailbox = fakeMailbox();
  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(30) }]);
  let pause = (): void => undefined;
  mailbox.disturb = ({ at, moment }) => {
    if (at === 'AddMsgRequest' && moment === 'after' && mailbox.store.messages.size === 7) pause();
  };
  const started = { started: (run: { pause(): void }) => (pause = () => run.pause()) };
  expect((await uploadTo(root, connecting(mailbox), started)).status).toBe('paused');
  expect(mailbox.store.messages.size).toBeLessThan(30);
  await uploadTo(root, connecting(mailbox));
  expect(mailbox.store.messages.size).toBe(30);
});

const imapTarget = async (): Promise<MailTarget> => ({
  ...(await carbonioTargetOf(fakeMailbox())),
  account: 'imap://anna@posta.test',
});

test.each([
  ['403 to the upload', 'upload', new BrokenAnswer(403)],
  ['403 to AddMsg', 'AddMsgRequest', new BrokenAnswer(403)],
  ['PERM_DENIED', 'AddMsgRequest', new FakeFault('service.PERM_DENIED')],
])('%s: mail goes by IMAP where that lets us in, and the report says so', async (_, blocked, answer) => {
  const mailbox = fakeMailbox();
  mailbox.disturb = ({ at }) => {
    if (at === blocked) throw answer;
  };
  const alone = await carbonioTargetOf(mailbox).catch(problemOf);
  expect(alone).toMatchObject({ code: 'TARGET_UPLOAD_BLOCKED', details: { host: 'posta.test' } });
  const refused = (): Promise<never> => Promise.reject(new TravasoError('SIGNIN_REFUSED', {}));
  const neither = await carbonioTargetOf(mailbox, { imapFallback: refused }).catch(problemOf);
  expect(neither).toMatchObject({ code: 'TARGET_UPLOAD_BLOCKED', details: { imap: 'SIGNIN_REFUSED' } });

  const root = await archiveOf([{ path: ['INBOX'], role: 'inbox', messages: many(3) }]);
  const connect = (): Promise<MailTarget> => carbonioTargetOf(mailbox, { imapFallback: imapTarget });
  const ended = await uploadTo(root, connect);
  expect(ended).toMatchObject({ status: 'succeeded', figures: { uploaded: 3 } });
  expect(codesOf(ended)).toEqual(['TARGET_BY_IMAP']);
});

test('asking whether the way is open adds nothing', async () => {
  const mailbox = fakeMailbox();
  await carbonioTargetOf(mailbox);
  expect(mailbox.store.messages.size).toBe(0);
});
