import { expect, test } from 'vitest';
import { dovecotAvailable, italianFolders, startDovecot } from './dovecot.ts';
import { loadMaildir } from './load-maildir.ts';
import { generateMailbox, italianMailbox } from './mailbox-generator.ts';
import { mailDifference, readAccount } from './oracle.ts';

const skip = !dovecotAvailable();
const folders = italianMailbox.map(folder => folder.path);

test.skipIf(skip).each([
  { storage: 'maildir++' as const, prefix: '' },
  { storage: 'maildir++' as const, prefix: 'INBOX.' },
  { storage: 'maildir-fs' as const, prefix: '' },
])('the oracle finds what was loaded: $storage, prefix "$prefix"', async ({ storage, prefix }) => {
  await using server = await startDovecot({ storage, prefix, specialFolders: italianFolders });
  const mailbox = generateMailbox({ messages: 300, largeShare: 0.005 });
  const loaded = loadMaildir(server, mailbox, { user: 'mario', folders, uidvalidity: 4711 });

  const account = { host: server.host, user: 'mario', password: 'segreta', prefix };
  const found = await readAccount({ ...account, port: server.ports.imaps, tls: 'implicit', caFile: server.caFile });
  expect(mailDifference(loaded, found.messages)).toEqual([]);
  expect(found.messages.every(message => message.announced === message.size)).toBe(true);
  const uids = (messages: readonly { folder: readonly string[]; uid: number; sha256: string }[]) =>
    messages.map(({ folder, uid, sha256 }) => `${folder.join('/')} ${uid} ${sha256}`).sort();
  expect(uids(found.messages)).toEqual(uids(loaded));
  expect(found.folders.map(folder => folder.path)).toEqual(expect.arrayContaining([...folders]));
  expect(found.folders.filter(folder => folder.messages > 0).every(folder => folder.subscribed)).toBe(true);
  expect(new Set(found.folders.map(folder => folder.uidvalidity))).toEqual(new Set([4711, null]));
  // Nothing for the server to repair: a wrong size or an unreadable list would stand in its log.
  expect(await server.log()).not.toMatch(/Error|Warning: (?!Killed)|Corrupted/);
});

test.skipIf(skip)('the difference names what is missing, doubled or changed', async () => {
  await using server = await startDovecot();
  const loaded = loadMaildir(server, generateMailbox({ messages: 5, medianSize: 1_000 }), { user: 'mario' });
  const [first, second, third, ...rest] = loaded;
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few');
  const changed = { ...third, keywords: [...third.keywords, 'Extra'] };

  const lines = mailDifference(loaded, [second, second, changed, ...rest]);
  expect(lines).toHaveLength(4);
  expect(lines.filter(line => line.startsWith('missing 1 of 1') && line.includes(first.sha256))).toHaveLength(1);
  expect(lines.filter(line => line.startsWith('too many by 1') && line.includes(second.sha256))).toHaveLength(1);
  expect(mailDifference(loaded, [first, second, changed, ...rest], { ignore: ['keywords'] })).toEqual([]);
});
