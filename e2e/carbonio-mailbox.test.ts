import { expect, test } from 'vitest';
import { archiveOf, mail } from '../electron/engine/testing/test-archive.ts';
import { problemOf } from '../shared/errors.ts';
import { carbonioTargetOf, connecting, heldBy, neverAborted, uploadTo } from './carbonio-rig.ts';
import { FakeFault } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { collect, inBrief, inventoryOf, outgoing, plainMessage } from './imap-target-rig.ts';
import { hostileFolderNames } from './rig/hostile-folder-names.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => mail(String(index + 1)));
const texts = (count: number) => Array.from({ length: count }, (_, index) => plainMessage(`m${index}`));

test('special folders are known by their ids, whatever the server calls them', async () => {
  const mailbox = fakeMailbox({ names: { 2: 'Posta in arrivo', 5: 'Inviata', 3: 'Cestino' } });
  const target = await carbonioTargetOf(mailbox);
  const listed = await target.listFolders(neverAborted);
  const roles = Object.fromEntries(listed.flatMap(({ role, name }) => (role === null ? [] : [[role, name]])));
  expect(roles).toEqual({
    inbox: 'Posta in arrivo',
    trash: 'Cestino',
    junk: 'Junk',
    sent: 'Inviata',
    drafts: 'Drafts',
  });
  await target.createFolder('INBOX/Sotto', neverAborted);
  expect(mailbox.store.childNamed('2', 'Sotto')).not.toBeNull();
  expect((await target.openFolder('INBOX', neverAborted)).generation).toContain(mailbox.store.folder('2').uuid);
});

test('calendars, shares and searches are named and take no mail', async () => {
  const mailbox = fakeMailbox();
  mailbox.store.createFolder('Ufficio', '1', null, 'link');
  mailbox.store.createFolder('Non lette', '1', null, 'search');
  const target = await carbonioTargetOf(mailbox);
  const closed = (await target.listFolders(neverAborted)).filter(({ selectable }) => !selectable);
  expect(closed.map(({ name }) => name).sort()).toEqual(
    ['Calendar', 'Contacts', 'Emailed Contacts', 'Non lette', 'Tasks', 'Ufficio'].sort(),
  );
  const root = await archiveOf([
    { path: ['Calendar'], messages: many(2) },
    { path: ['Ufficio'], messages: many(3) },
  ]);
  expect(await uploadTo(root, connecting(mailbox))).toMatchObject({ status: 'succeeded', figures: { uploaded: 5 } });
  expect(heldBy(mailbox).map(({ folder }) => folder[0])).toEqual([
    ...['Calendar (2)', 'Calendar (2)', 'Ufficio (2)', 'Ufficio (2)', 'Ufficio (2)'],
  ]);
});

test('any folder name can be made, opened and told apart; making one twice is success', async () => {
  const mailbox = fakeMailbox();
  const target = await carbonioTargetOf(mailbox);
  const names = ['a/b', 'a:b', 'a"b', '.', '..', '', 'fine  ', 'tab\tx', 'x'.repeat(300), 'è'.repeat(260)];
  for (const segment of [...names, ...hostileFolderNames]) {
    const { name } = target.nameFor(['Sotto', segment]);
    for (let time = 1; time <= 2; time += 1) await target.createFolder(name, neverAborted);
    await target.openFolder(name, neverAborted);
  }
  const sotto = mailbox.store.childNamed('1', 'Sotto')?.id ?? '';
  const made = mailbox.store.childrenOf(sotto).map(({ name }) => name.toLowerCase());
  expect(new Set(made).size).toBe(made.length);
  expect(target.nameFor(['Sotto', 'x'.repeat(255)]).renamed).toBeNull();
  expect(target.nameFor(['Sotto', 'x'.repeat(256)]).renamed).toEqual({ reason: 'too-long' });
  expect(target.nameKey('Sotto/ABC')).toBe(target.nameKey('sotto/abc'));
});

test('a folder is made although its parent vanished, and one the server refuses is said with its code', async () => {
  const mailbox = fakeMailbox();
  const target = await carbonioTargetOf(mailbox);
  await target.createFolder('Lavoro/Uno', neverAborted);
  mailbox.store.deleteFolder(mailbox.store.childNamed('1', 'Lavoro')?.id ?? '');
  await target.createFolder('Lavoro/Due', neverAborted);
  expect((await target.openFolder('Lavoro/Due', neverAborted)).messages).toBe(0);
  const refused = await target.createFolder('a:b', neverAborted).catch(problemOf);
  expect(refused).toMatchObject({ code: 'TARGET_FOLDER_REFUSED', details: { reason: 'mail.INVALID_NAME' } });
  const missing = await target.openFolder('Mai creata', neverAborted).catch(problemOf);
  expect(missing).toMatchObject({ code: 'TARGET_FOLDER_VANISHED' });
});

test('a folder that somebody threw away is not written to in the trash', async () => {
  const mailbox = fakeMailbox();
  const target = await carbonioTargetOf(mailbox);
  await target.createFolder('Lavoro', neverAborted);
  const thrown = mailbox.store.childNamed('1', 'Lavoro');
  if (thrown === null) throw new Error('not made');
  thrown.parent = '3';
  const missing = await target.openFolder('Lavoro', neverAborted).catch(problemOf);
  expect(missing).toMatchObject({ code: 'TARGET_FOLDER_VANISHED' });
  mailbox.store.createFolder('Lavoro', '1', 'message');
  expect((await target.openFolder('Lavoro', neverAborted)).generation).not.toContain(thrown.uuid);
});

test('a refusal nobody reckoned with is told with the server’s code', async () => {
  const mailbox = fakeMailbox();
  const target = await carbonioTargetOf(mailbox);
  mailbox.disturb = () => {
    throw new FakeFault('service.PERM_DENIED');
  };
  const problem = await target.listFolders(neverAborted).catch(problemOf);
  expect(problem).toMatchObject({ code: 'SERVER_FAULT', details: { fault: 'service.PERM_DENIED' } });
});

test('tags are made before the messages, with the colours of the old mailbox; those there keep theirs', async () => {
  const mailbox = fakeMailbox();
  mailbox.store.createTag('urgente', { color: 5 });
  const tagColours = new Map([
    ['da fare, oggi', { color: 3 }],
    ['città', { rgb: '#336699' }],
    ['urgente', { color: 1 }],
  ]);
  const target = await carbonioTargetOf(mailbox, { tagColours });
  const folder = await target.openFolder('Inbox', neverAborted);
  const keywords = ['Urgente', 'Da fare, oggi', 'Città', '$Forwarded', 'due:punti'];
  expect(keywords.filter(keyword => !folder.acceptsKeyword(keyword))).toEqual(['due:punti']);
  await collect(folder.append([outgoing(plainMessage('a'), { keywords, flags: ['\\Seen'] })], neverAborted));
  const tags = [...mailbox.store.tags.values()].map(({ name, color, rgb, listed }) => ({ name, color, rgb, listed }));
  expect(tags).toEqual([
    { name: 'urgente', color: 5, rgb: null, listed: true },
    { name: 'Da fare, oggi', color: 3, rgb: null, listed: true },
    { name: 'Città', color: null, rgb: '#336699', listed: true },
  ]);
  expect(heldBy(mailbox)[0]?.keywords).toEqual(['$Forwarded', 'Città', 'Da fare, oggi', 'urgente']);
  expect((await inventoryOf(folder, null))[0]?.keywords).toEqual(['$Forwarded', 'urgente', 'Da fare, oggi', 'Città']);
});

test('an invitation of ten years ago does not come back into the calendar', async () => {
  const mailbox = fakeMailbox();
  const folder = await (await carbonioTargetOf(mailbox)).openFolder('Inbox', neverAborted);
  const invitation = plainMessage('riunione').replace('Subject:', 'Content-Type: text/calendar\r\nSubject:');
  await collect(folder.append([outgoing(invitation)], neverAborted));
  expect(mailbox.store.messages.size).toBe(1);
  expect(mailbox.store.invitations).toBe(0);
});

test('whatever arrives after the mark is found from it on, and nothing else is', async () => {
  const mailbox = fakeMailbox();
  const target = await carbonioTargetOf(mailbox);
  const folder = await target.openFolder('Inbox', neverAborted);
  const first = await collect(
    folder.append(
      texts(5).map(text => outgoing(text)),
      neverAborted,
    ),
  );
  const mark = folder.mark();
  const reopened = await (await carbonioTargetOf(mailbox)).openFolder('Inbox', neverAborted);
  expect(reopened.mark()).toBe(mark);
  expect(reopened.generation).toBe(folder.generation);
  const second = await collect(
    folder.append(
      texts(3).map(text => outgoing(text)),
      neverAborted,
    ),
  );
  expect((await inventoryOf(folder, mark)).map(({ key }) => key)).toEqual(inBrief(second));
  expect(await inventoryOf(folder, null)).toHaveLength(first.length + second.length);
});

test('no header is fetched for a message that needs no name', async () => {
  const mailbox = fakeMailbox();
  const folder = await (await carbonioTargetOf(mailbox)).openFolder('Inbox', neverAborted);
  await collect(
    folder.append(
      texts(20).map(text => outgoing(text)),
      neverAborted,
    ),
  );
  const [wanted = ''] = mailbox.store.messages.keys();
  const entries = (await collect(folder.inventory(null, neverAborted, key => key === wanted))).flat();
  expect(entries).toHaveLength(20);
  expect(entries.filter(({ identity }) => identity !== '').map(({ key }) => key)).toEqual([wanted]);
  expect(mailbox.asked.get('home')).toBe(1);
});

test('messages that vanished or were moved meanwhile are left out, and the others come', async () => {
  const mailbox = fakeMailbox();
  const folder = await (await carbonioTargetOf(mailbox)).openFolder('Inbox', neverAborted);
  const keys = inBrief(
    await collect(
      folder.append(
        texts(9).map(text => outgoing(text)),
        neverAborted,
      ),
    ),
  ).map(String);
  mailbox.store.deleteMessage(keys[2] ?? '');
  mailbox.store.deleteMessage(keys[7] ?? '');
  mailbox.store.message(keys[4] ?? '').folder = '3';
  const fetched = await collect(folder.fetch(keys, neverAborted));
  expect(fetched.map(({ key }) => key).sort()).toEqual([0, 1, 3, 5, 6, 8].map(index => keys[index]).sort());
});
