import { describe, expect, test } from 'vitest';
import { messageIdentity } from '../electron/engine/message/identity.ts';
import { problemOf } from '../shared/errors.ts';
import { folderKey } from '../shared/model/folder.ts';
import {
  collect,
  factOf,
  inBrief,
  inventoryOf,
  neverAborted,
  outgoing,
  plainMessage,
  startImapTargetRig,
} from './imap-target-rig.ts';
import { dovecotAvailable, type DovecotOptions } from './rig/dovecot.ts';
import { deepFolder, hostileFolderNames, naughtyFolderNames } from './rig/hostile-folder-names.ts';
import { corpusMessages, emptyMessage, hugeMessage, nastyMessages } from './rig/nasty-messages.ts';
import { mailDifference } from './rig/oracle.ts';

const shapes: readonly (readonly [string, DovecotOptions, appendCommands: number])[] = [
  ['nested directories', { storage: 'maildir-fs' }, 1],
  ['INBOX. namespace with dots', { prefix: 'INBOX.', separator: '.' }, 1],
  ['Maildir++ behind slashes', { separator: '/' }, 1],
  ['sdbox', { storage: 'sdbox' }, 1],
  ['no MULTIAPPEND', { withoutCapabilities: ['MULTIAPPEND'] }, 60],
  ['no LITERAL+', { withoutCapabilities: ['LITERAL+'] }, 1],
  ['neither', { withoutCapabilities: ['MULTIAPPEND', 'LITERAL+'] }, 60],
];

describe.skipIf(!dovecotAvailable())('IMAP target on a real server', () => {
  test.each(shapes)('octets, dates, flags and keywords arrive as they were sent: %s', async (_, options, commands) => {
    const { target, read, transcript } = await startImapTargetRig(options);
    const path = ['Lavoro', 'Attività 2019', 'v1.2'];
    const { name } = target.nameFor(path);
    await target.createFolder(name, neverAborted);
    const folder = await target.openFolder(name, neverAborted);
    const texts = Array.from({ length: 60 }, (_, n) => plainMessage(`m${n}`, 'x\r\n'.repeat(n * 400)));
    // Two that are the same in every respect: both are somebody's mail.
    texts[7] = texts[8] ?? '';
    const messages = texts.map((text, n) =>
      outgoing(text, {
        internalDate: new Date(Date.UTC(2001 + (n % 20), n % 12, 1 + (n % 28), n % 24)).toISOString(),
        flags: n % 3 === 0 ? ['\\Seen', '\\Answered'] : n % 3 === 1 ? ['\\Draft'] : [],
        keywords: n % 4 === 0 ? ['$Forwarded', 'Protocollo'] : [],
      }),
    );
    const mark = folder.mark();
    const outcomes = await collect(folder.append(messages, neverAborted));
    expect(transcript.filter(line => line.includes(' APPEND '))).toHaveLength(commands);

    const stored = (await read()).messages.map(fact => ({ ...fact, folder: path }));
    const sent = await Promise.all(messages.map(message => factOf(path, message)));
    expect(mailDifference(sent, stored)).toEqual([]);

    const entries = await inventoryOf(folder, mark);
    const keys = entries.map(({ key }) => key);
    expect(entries.map(({ identity }) => identity)).toEqual(texts.map(text => messageIdentity(Buffer.from(text))));
    expect(entries.map(({ size }) => size)).toEqual(messages.map(({ size }) => size));
    expect(inBrief(outcomes)).toEqual(keys);
    expect(await inventoryOf(folder, String(Number(keys.at(-1)) + 1))).toEqual([]);

    const back = new Map<string, string>();
    for await (const { key, body } of folder.fetch(keys.slice(0, 5), neverAborted)) {
      back.set(key, Buffer.concat(await collect(body)).toString('latin1'));
    }
    expect(keys.slice(0, 5).map(key => back.get(key))).toEqual(texts.slice(0, 5));
  });

  test('folders: made with their parents, subscribed, found by role; making one twice is success', async () => {
    const specialFolders = [{ name: 'Posta inviata', use: '\\Sent' }];
    const { target, read } = await startImapTargetRig({ prefix: 'INBOX.', separator: '.', specialFolders });
    const paths = [['Clienti', 'Rossi & figli', 'Già chiusi'], ['INBOX', 'Sotto'], ['a/b.c'], ['Cestino']];
    const names = paths.map(path => target.nameFor(path).name);
    for (const name of [...names, ...names]) await target.createFolder(name, neverAborted);
    const listed = await target.listFolders(neverAborted);
    expect(listed.find(({ role }) => role === 'inbox')?.name).toBe('INBOX');
    expect(listed.find(({ role }) => role === 'sent')?.path).toEqual(['Posta inviata']);
    expect(listed.find(({ role }) => role === 'trash')?.path).toEqual(['Cestino']);
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const found = (await read()).folders.find(({ path }) => path.at(-1) === 'Già chiusi');
    expect(found?.path).toEqual(paths[0]);
    expect(found?.subscribed).toBe(true);
  });

  test.each([
    ['nested directories', { storage: 'maildir-fs' }, naughtyFolderNames],
    ['INBOX. namespace with dots', { prefix: 'INBOX.', separator: '.' }, () => []],
    ['Maildir++ behind slashes', { separator: '/' }, () => []],
  ] as const)('any folder name can be made and opened, and one said to be kept is: %s', async (_, options, more) => {
    const { target, read } = await startImapTargetRig(options);
    const places = [
      'cur',
      'new',
      'tmp',
      'subscriptions',
      '~x',
      '.',
      '..',
      '',
      'a/b',
      'a.b',
      'tab\tx',
      'n\0l',
      'x\u0085',
    ];
    const tooLong = ['x'.repeat(300), 'è'.repeat(130), '\ud83d'];
    const segments = [...places, ...tooLong, ...hostileFolderNames, ...more()];
    const paths = [...segments.map(segment => [segment]), ['Sotto', '..', 'cur'], deepFolder];
    const kept = new Set<string>();
    for (const path of paths) {
      const { name, renamed } = target.nameFor(path);
      await target.createFolder(name, neverAborted).catch((error: unknown) => {
        throw new Error(`refused: ${JSON.stringify({ path, name })}`, { cause: error });
      });
      await target.openFolder(name, neverAborted);
      if (renamed === null && path[0]?.toUpperCase() !== 'INBOX') kept.add(folderKey(path));
    }
    expect(kept.size).toBeGreaterThan(40);
    const found = new Set((await read()).folders.map(({ path }) => folderKey(path)));
    expect([...kept].filter(key => !found.has(key))).toEqual([]);
  });

  test('a refused folder name and a missing folder are said as such', async () => {
    const { target } = await startImapTargetRig({ storage: 'maildir-fs' });
    const refused = await target.createFolder('a/../b', neverAborted).catch(problemOf);
    expect(refused).toMatchObject({ code: 'TARGET_FOLDER_REFUSED', details: { folder: 'a/../b' } });
    const missing = await target.openFolder('Mai creata', neverAborted).catch(problemOf);
    expect(missing).toMatchObject({ code: 'TARGET_FOLDER_VANISHED', details: { folder: 'Mai creata' } });
  });

  test('the corpus and the nasties come back by hash; what the server would alter silently is not sent', async () => {
    const { target, read } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    // A mailbox speaks CRLF; as files these messages were saved with whatever line end their system had.
    const corpus = [...corpusMessages()].map(each => each.octets().toString('latin1').replaceAll(/\r?\n/g, '\r\n'));
    const intact = [...nastyMessages, hugeMessage].filter(each => each.intactOnServer).map(each => each.octets());
    const messages = [...corpus, ...intact, emptyMessage.octets(), 'Subject: NUL\r\n\r\na\0b\r\n'].map(each =>
      outgoing(each),
    );
    const outcomes = await collect(folder.append(messages, neverAborted));
    const refused = new Set(outcomes.filter(({ kind }) => kind === 'refused').map(({ index }) => index));
    expect([...refused].filter(index => messages[index]?.traits.nul !== true && messages[index]?.size !== 0)).toEqual(
      [],
    );
    const sent = await Promise.all(messages.filter((_, n) => !refused.has(n)).map(each => factOf(['INBOX'], each)));
    expect(sent.length).toBeGreaterThan(20);
    expect(mailDifference(sent, (await read()).messages)).toEqual([]);
  });

  test('one bad keyword, empty message or NUL does not take the others with it', async () => {
    const { target, read } = await startImapTargetRig();
    const folder = await target.openFolder('INBOX', neverAborted);
    const keywords = ['x'.repeat(51), 'a]b', 'due parole', 'città', 'Buona'];
    expect(keywords.filter(keyword => folder.acceptsKeyword(keyword))).toEqual(['Buona']);
    const octets = [plainMessage('a'), '', 'a\0b', plainMessage('b')];
    const messages = octets.map((each, n) => outgoing(each, n === 0 ? { keywords } : {}));
    const outcomes = await collect(folder.append(messages, neverAborted));
    expect(inBrief(outcomes)).toEqual(['1', 'TARGET_MESSAGE_REFUSED', 'TARGET_NUL_OCTET', '2']);
    expect((await read()).messages.map(each => each.keywords)).toEqual([['Buona'], []]);
  });

  test('quota is told before, and when it is reached what fits is stored and the rest is named', async () => {
    const { target, read } = await startImapTargetRig({ quotaRule: '*:storage=1M', maxMessageBytes: 400_000 });
    const folder = await target.openFolder('INBOX', neverAborted);
    expect((await target.limits(neverAborted)).quota?.limitBytes).toBe(1024 * 1024);
    const sizes = [100_000, 500_000, 300_000, 300_000, 380_000, 390_000];
    const messages = sizes.map((size, n) => outgoing(plainMessage(`m${n}`, 'x'.repeat(size))));
    const outcomes = await collect(folder.append(messages, neverAborted));
    const expected = ['1', 'TARGET_MESSAGE_TOO_LARGE', '2', '3', 'TARGET_QUOTA', 'TARGET_QUOTA'];
    expect(inBrief(outcomes)).toEqual(expected);
    expect((await read()).messages).toHaveLength(3);
    expect((await target.limits(neverAborted)).quota?.usedBytes).toBeGreaterThan(690_000);
  });
});
