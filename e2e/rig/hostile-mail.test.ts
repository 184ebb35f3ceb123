import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { dovecotAvailable, startDovecot } from './dovecot.ts';
import { deepFolder, fitsOneLevel, hostileFolderNames, naughtyFolderNames } from './hostile-folder-names.ts';
import { loadMaildir } from './load-maildir.ts';
import { encodeModifiedUtf7 } from './modified-utf7.ts';
import { corpusMessages, emptyMessage, nastyMessages } from './nasty-messages.ts';
import { mailDifference, readAccount } from './oracle.ts';
import { openRawSession } from './raw-imap-client.ts';

const skip = !dovecotAvailable();
const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');

test.skipIf(skip)('a server keeps every nasty message, and those called intact to the octet', async () => {
  await using server = await startDovecot();
  using client = await openRawSession(server.ports.imap, 'mario', 'segreta');
  const appended = [...nastyMessages, ...corpusMessages()].filter(message => message.octets().length > 0);
  for (const message of appended) {
    const octets = message.octets();
    client.send(`A APPEND INBOX {${octets.length}+}\r\n`);
    client.send(Buffer.concat([octets, Buffer.from('\r\n')]));
    const { status } = await client.reply('A');
    // NUL is the one thing a literal may not hold; Dovecot takes it all the same, other servers do not.
    expect([message.name, status.slice(0, 2)]).toEqual([message.name, 'OK']);
  }

  const { messages } = await readAccount({
    host: server.host,
    port: server.ports.imap,
    user: 'mario',
    password: 'segreta',
  });
  expect(messages).toHaveLength(appended.length);
  const altered = appended.filter((message, index) => sha256(message.octets()) !== messages[index]?.sha256);
  expect(altered.map(message => message.name)).toEqual(
    appended.filter(message => !message.intactOnServer).map(message => message.name),
  );
});

test.skipIf(skip)('nasty messages written as files come out as the loader foretold', async () => {
  await using server = await startDovecot();
  const messages = [...nastyMessages, emptyMessage].map(({ octets }) => ({
    folder: ['INBOX'],
    octets: octets(),
    internalDate: new Date('2019-03-04T08:15:00Z'),
    flags: [],
    keywords: [],
  }));
  const loaded = loadMaildir(server, messages, { user: 'mario' });
  const found = await readAccount({ host: server.host, port: server.ports.imap, user: 'mario', password: 'segreta' });
  expect(mailDifference(loaded, found.messages)).toEqual([]);
});

test.skipIf(skip).each(['maildir++', 'maildir-fs'] as const)('%s holds every hostile folder name', async storage => {
  await using server = await startDovecot({ storage });
  using client = await openRawSession(server.ports.imap, 'mario', 'segreta');
  const separator = storage === 'maildir++' ? '.' : '/';
  const names = new Set([...hostileFolderNames, ...naughtyFolderNames()].filter(name => fitsOneLevel(name, separator)));
  const paths = [...names].map(name => [name]);
  if (storage === 'maildir-fs') paths.push([...deepFolder]);
  for (const path of paths) {
    const name = encodeModifiedUtf7(path.join(separator)).replaceAll(/["\\]/g, '\\$&');
    expect([path, (await client.command(`CREATE "${name}"`)).status.slice(0, 2)]).toEqual([path, 'OK']);
  }
  const { folders } = await readAccount({
    host: server.host,
    port: server.ports.imap,
    user: 'mario',
    password: 'segreta',
  });
  expect(folders.map(folder => folder.path)).toEqual(expect.arrayContaining(paths));
});
