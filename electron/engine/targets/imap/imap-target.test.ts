import { expect, test } from 'vitest';
import { problemOf } from '../../../../shared/errors.ts';
import { imapTarget, type ImapTarget } from './imap-target.ts';
import { nameRules } from './name-rules.ts';
import { scriptedConnection, type ScriptedAnswer, type ScriptedConnection } from './scripted-connection.ts';
import { readServerNaming } from './server-naming.ts';
import { plainTraits } from './server-traits.ts';

const signal = new AbortController().signal;
const ok: ScriptedAnswer = { status: 'OK' };

function targetOn(
  capabilities: readonly string[],
  script: Readonly<Record<string, ScriptedAnswer>>,
): { target: ImapTarget; connection: ScriptedConnection } {
  const connection = scriptedConnection(capabilities, command => script[command] ?? ok);
  const rules = nameRules({ prefix: '', separator: '/', product: null, impossible: new Set() });
  return { target: imapTarget({ account: 'imap://x', connection, rules, traits: plainTraits }), connection };
}

const header = (subject: string): string => `Subject: ${subject}\r\n\r\n`;
const row = (uid: number, subject: string) => ({
  name: 'FETCH',
  number: uid,
  values: [
    [
      'UID',
      String(uid),
      'FLAGS',
      ['\\Seen', '\\Recent', '$Forwarded'],
      'BODY[HEADER.FIELDS (SUBJECT)]',
      header(subject),
      'RFC822.SIZE',
      '99',
    ],
  ],
});

test('the last message, which n:* always names, is not taken for a new one', async () => {
  const fetch =
    'UID FETCH 8:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM TO SUBJECT)])';
  const flagsOnly = { name: 'FETCH', number: 3, values: [['UID', '9', 'FLAGS', []]] };
  const script = (rows: ScriptedAnswer['untagged']): Readonly<Record<string, ScriptedAnswer>> => ({
    [fetch]: { status: 'OK', untagged: rows ?? [] },
  });
  const keys = async (rows: ScriptedAnswer['untagged']): Promise<unknown> => {
    const folder = await targetOn([], script(rows)).target.openFolder('Lavoro', signal);
    const found = [];
    for await (const batch of folder.inventory('8', signal)) found.push(...batch);
    return found.map(({ key, size, flags, keywords }) => ({ key, size, flags, keywords }));
  };
  expect(await keys([row(7, 'vecchio')])).toEqual([]);
  expect(await keys([flagsOnly, row(9, 'nuovo')])).toEqual([
    { key: '9', size: 99, flags: ['\\Seen'], keywords: ['$Forwarded'] },
  ]);
});

test('a folder without UIDNEXT is marked after its last message', async () => {
  const { target } = targetOn([], {
    'SELECT "Lavoro"': { status: 'OK', untagged: [{ name: 'EXISTS', number: 2 }] },
    'UID FETCH * (UID)': { status: 'OK', untagged: [{ name: 'FETCH', number: 2, values: [['UID', '41']] }] },
  });
  expect((await target.openFolder('Lavoro', signal)).mark()).toBe('42');
});

test('a folder that was left is not looked into by mistake', async () => {
  const { target } = targetOn([], {});
  const first = await target.openFolder('Uno', signal);
  await target.openFolder('Due', signal);
  expect(() => first.inventory(null, signal)).toThrow('folder-not-open');
  expect(() => first.fetch(['1'], signal)).toThrow('folder-not-open');
});

test('a folder that exists is made, whatever the server calls that', async () => {
  const { target } = targetOn([], {
    'CREATE "Ferie"': { status: 'NO', text: 'Mailbox already exists' },
    'CREATE "Bozze"': { status: 'NO', code: ['ALREADYEXISTS'] },
    'STATUS "Bozze" (MESSAGES)': { status: 'NO' },
  });
  await target.createFolder('Ferie', signal);
  await target.createFolder('Bozze', signal);
});

test('missing parents are made where the server does not make them', async () => {
  const existing = new Set<string>();
  const connection = scriptedConnection([], command => {
    const [, verb = '', name = ''] = /^(\w+) "([^"]*)"/.exec(command) ?? [];
    const parent = name.split('/').slice(0, -1).join('/');
    if (verb === 'STATUS') return { status: existing.has(name) ? 'OK' : 'NO' };
    if (verb === 'CREATE' && parent !== '' && !existing.has(parent)) return { status: 'NO', text: 'no parent' };
    if (verb === 'CREATE') existing.add(name);
    return ok;
  });
  const rules = nameRules({ prefix: '', separator: '/', product: null, impossible: new Set() });
  const target = imapTarget({ account: 'imap://x', connection, rules, traits: plainTraits });
  await target.createFolder('a/b/c', signal);
  expect([...existing]).toEqual(['a', 'a/b', 'a/b/c']);
  expect(connection.sent.at(-1)).toBe('SUBSCRIBE "a/b/c"');
});

test('a folder the server will not make is a problem with its own words', async () => {
  const { target } = targetOn([], {
    'CREATE "Calendar"': { status: 'NO', code: ['CANNOT'], text: 'reserved' },
    'STATUS "Calendar" (MESSAGES)': { status: 'NO' },
  });
  expect(await target.createFolder('Calendar', signal).catch(problemOf)).toMatchObject({
    code: 'TARGET_FOLDER_REFUSED',
    details: { folder: 'Calendar', reason: 'NO [CANNOT] reserved' },
  });
});

test.each([
  [['APPENDLIMIT=35651584'], 35_651_584],
  [['APPENDLIMIT'], 1_000],
  [[], null],
] as const)('%j announces a message limit of %s octets', async (capabilities, limit) => {
  const { target } = targetOn(capabilities, {
    'STATUS INBOX (APPENDLIMIT)': {
      status: 'OK',
      untagged: [{ name: 'STATUS', values: ['INBOX', ['APPENDLIMIT', '1000']] }],
    },
  });
  expect((await target.limits(signal)).maxMessageBytes).toBe(limit);
});

test('the tightest quota root counts, in octets, and none at all is null', async () => {
  const quota = (...resources: string[]) => ({ name: 'QUOTA', values: ['root', resources] });
  const { target } = targetOn(['QUOTA'], {
    'GETQUOTAROOT INBOX': {
      status: 'OK',
      untagged: [
        quota('MESSAGE', '1', '5', 'STORAGE', '10', '1024'),
        quota('STORAGE', '90', '100'),
        quota('STORAGE', '1', '0'),
      ],
    },
  });
  expect((await target.limits(signal)).quota).toEqual({ usedBytes: 90 * 1024, limitBytes: 100 * 1024 });
  expect((await targetOn(['QUOTA'], {}).target.limits(signal)).quota).toBeNull();
});

test('special uses go by attribute before name, and each to one folder', async () => {
  const list = (name: string, ...attributes: string[]) => ({ name: 'XLIST', values: [attributes, '/', name] });
  const { target } = targetOn(['XLIST'], {
    'XLIST "" "*"': {
      status: 'OK',
      untagged: [
        list('Inbox', '\\Inbox'),
        list('Posta inviata'),
        list('Sent', '\\Sent'),
        list('Cestino'),
        list('a/Bozze'),
        list('Shared', '\\Noselect'),
        list('Citt\xe0'),
      ],
    },
  });
  const folders = await target.listFolders(signal);
  expect(folders.filter(({ role }) => role !== null).map(({ name, role }) => `${name} ${role ?? ''}`)).toEqual([
    'Inbox inbox',
    'Sent sent',
    'Cestino trash',
  ]);
  expect(folders.find(({ name }) => name === 'Shared')?.selectable).toBe(false);
});

test('a mailbox whose name is no modified UTF-7 is opened by its own octets', async () => {
  const { target, connection } = targetOn([], {
    'LIST "" "*"': { status: 'OK', untagged: [{ name: 'LIST', values: [[], '/', 'R&D'] }] },
  });
  const [folder] = await target.listFolders(signal);
  await target.openFolder(folder?.name ?? '', signal);
  expect(connection.sent.at(-1)).toBe('SELECT "R&D"');
});

test('asks a server for its prefix, separator, product and the names it can never hold', async () => {
  const connection = scriptedConnection(['ID', 'NAMESPACE'], command => {
    if (command === 'ID NIL')
      return { status: 'OK', untagged: [{ name: 'ID', values: [['name', 'Dovecot', 'version', null]] }] };
    if (command === 'NAMESPACE')
      return { status: 'OK', untagged: [{ name: 'NAMESPACE', values: [[['Posta/', '/']], null, null] }] };
    return { status: 'NO', code: [command === 'STATUS "Posta/cur" (MESSAGES)' ? 'CANNOT' : 'NONEXISTENT'] };
  });
  expect(await readServerNaming(connection, signal)).toEqual({
    prefix: 'Posta/',
    separator: '/',
    product: 'Dovecot',
    impossible: new Set(['cur']),
  });
  const old = scriptedConnection([], command =>
    command.startsWith('LIST') ? { status: 'OK', untagged: [{ name: 'LIST', values: [[], '.', ''] }] } : ok,
  );
  expect(await readServerNaming(old, signal)).toMatchObject({ prefix: '', separator: '.', product: null });
});
