import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { connectImapSource, type ImapSourceOptions } from '../electron/engine/sources/imap/connect-imap-source.ts';
import type { MailSource, SourceFolder } from '../electron/engine/sources/mail-source.ts';
import { folderKey } from '../shared/model/folder.ts';
import { problemOf } from '../shared/errors.ts';
import { dovecotAvailable, italianFolders, startDovecot, type DovecotServer } from './rig/dovecot.ts';
import { hostileFolderNames } from './rig/hostile-folder-names.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import type { MailFact } from './rig/mail-fact.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { mailDifference, readAccount } from './rig/oracle.ts';

const never = new AbortController().signal;

function optionsFor(server: DovecotServer, more: Partial<ImapSourceOptions> = {}): ImapSourceOptions {
  return {
    address: { kind: 'imap', user: 'mario', host: server.host, port: server.ports.imap, tls: 'none-on-loopback' },
    credentials: { kind: 'password', password: 'segreta' },
    log: { debug: () => undefined, warn: () => undefined },
    ...more,
  };
}

async function readFolder(source: MailSource, folder: SourceFolder): Promise<MailFact[]> {
  const open = await source.openFolder(folder, never);
  const entries = new Map<string, Omit<MailFact, 'sha256' | 'size'>>();
  for await (const batch of open.inventory(never)) {
    for (const { key, internalDate, flags, keywords } of batch) {
      entries.set(key, {
        folder: folder.path,
        internalDate: Date.parse(internalDate ?? ''),
        flags: [...flags].sort(),
        keywords,
      });
    }
  }
  const facts: MailFact[] = [];
  for await (const { key, body } of open.fetch([...entries.keys()], never)) {
    const hash = createHash('sha256');
    let size = 0;
    for await (const piece of body) {
      hash.update(piece);
      size += piece.length;
    }
    const entry = entries.get(key);
    if (entry === undefined) throw new Error(`message ${key} was not asked for`);
    facts.push({ ...entry, sha256: hash.digest('hex'), size });
  }
  return facts;
}

async function readAll(source: MailSource): Promise<MailFact[]> {
  const facts: MailFact[] = [];
  for (const folder of (await source.listFolders(never)).folders) {
    if (folder.selectable) facts.push(...(await readFolder(source, folder)));
  }
  return facts;
}

async function findFolder(source: MailSource, ...path: readonly string[]): Promise<SourceFolder> {
  const { folders } = await source.listFolders(never);
  const found = folders.find(folder => folderKey(folder.path) === folderKey(path));
  if (found === undefined) throw new Error(`no folder ${path.join('/')}`);
  return found;
}

describe.skipIf(!dovecotAvailable())('IMAP source on a real server', () => {
  test.each([
    ['Maildir++', {}],
    ['nested directories', { storage: 'maildir-fs' }],
    ['an INBOX. namespace', { prefix: 'INBOX.' }],
    [
      'no extensions to LIST',
      { withoutCapabilities: ['LIST-EXTENDED', 'LIST-STATUS', 'SPECIAL-USE', 'NAMESPACE', 'CONDSTORE', 'QRESYNC'] },
    ],
  ] as const)('every octet, date, flag and keyword, as an independent reader sees them: %s', async (_, options) => {
    await using server = await startDovecot(options);
    loadMaildir(server, generateMailbox({ messages: 300, largeShare: 0.01 }), { user: 'mario' });
    const prefix = 'prefix' in options ? { prefix: options.prefix } : {};
    const account = { host: server.host, port: server.ports.imap, user: 'mario', password: 'segreta', ...prefix };
    const oracle = await readAccount(account);
    const transcript: string[] = [];
    const source = await connectImapSource(optionsFor(server, { transcript: line => transcript.push(line) }));
    expect(mailDifference(oracle.messages, await readAll(source))).toEqual([]);
    await source.close();

    const changing =
      /\b(SELECT|STORE|COPY|MOVE|APPEND|EXPUNGE|CREATE|DELETE|RENAME|SUBSCRIBE|CLOSE|SETACL)\b|BODY\[|RFC822(?!\.SIZE)/;
    expect(transcript.filter(line => changing.test(line))).toEqual([]);
    expect(mailDifference(oracle.messages, (await readAccount(account)).messages)).toEqual([]);
  });

  test('roles come from the server, also under a namespace prefix', async () => {
    await using server = await startDovecot({ prefix: 'INBOX.', specialFolders: italianFolders });
    const source = await connectImapSource(optionsFor(server));
    const { folders, problems } = await source.listFolders(never);
    await source.close();
    expect(folders.map(({ path, role, sourceName }) => [path, role, sourceName]).sort()).toEqual([
      [['Bozze'], 'drafts', 'INBOX.Bozze'],
      [['Cestino'], 'trash', 'INBOX.Cestino'],
      [['INBOX'], 'inbox', 'INBOX'],
      [['Posta indesiderata'], 'junk', 'INBOX.Posta indesiderata'],
      [['Posta inviata'], 'sent', 'INBOX.Posta inviata'],
    ]);
    expect(problems).toEqual([]);
  });

  test('hostile names come back as they are, and each opens its own folder', async () => {
    await using server = await startDovecot({ separator: '/', plugins: ['listescape'] });
    // `~` and INBOX in other letters are Dovecot's own business.
    const names = hostileFolderNames.filter(name => name.toUpperCase() !== 'INBOX' && !/^~|\.\./.test(name));
    const made: string[] = [];
    for (const name of names) {
      await server.doveadm('mailbox', 'create', '-u', 'mario', name).then(
        () => made.push(name),
        () => undefined,
      );
    }
    const source = await connectImapSource(optionsFor(server));
    const { folders } = await source.listFolders(never);
    expect(folders.map(({ path }) => path.join('\n'))).toEqual(expect.arrayContaining(made));
    expect(made.length).toBeGreaterThan(50);
    const generations = new Set<string>();
    for (const folder of folders) generations.add((await source.openFolder(folder, never)).generation);
    await source.close();
    expect(generations.size).toBe(folders.length);
  });

  test('an equal change mark means that neither mail nor flags changed', async () => {
    await using server = await startDovecot();
    loadMaildir(server, generateMailbox({ messages: 20 }), { user: 'mario' });
    const source = await connectImapSource(optionsFor(server));
    const marks = async () => {
      const folder = await findFolder(source, 'INBOX');
      return [folder.status?.changeMark, (await source.openFolder(folder, never)).changeMark];
    };
    const [first, opened] = await marks();
    expect(first).toEqual(expect.any(String));
    expect(opened).toBe(first);
    expect(await marks()).toEqual([first, first]);
    await server.doveadm('flags', 'add', '-u', 'mario', '\\Flagged', 'mailbox', 'INBOX', 'uid', '1');
    const [second] = await marks();
    expect(second).not.toBe(first);
    await server.doveadm('expunge', '-u', 'mario', 'mailbox', 'INBOX', 'uid', '2');
    expect((await marks())[0]).not.toBe(second);
    await source.close();
  });

  test('mail deleted between inventory and fetch is not yielded, and nothing else is lost', async () => {
    await using server = await startDovecot();
    loadMaildir(server, generateMailbox({ messages: 120 }), { user: 'mario' });
    const source = await connectImapSource(optionsFor(server));
    const open = await source.openFolder(await findFolder(source, 'INBOX'), never);
    const keys: string[] = [];
    for await (const batch of open.inventory(never)) keys.push(...batch.map(({ key }) => key));
    await server.doveadm('expunge', '-u', 'mario', 'mailbox', 'INBOX', 'uid', '3,5');
    const fetched: string[] = [];
    for await (const { key, body } of open.fetch(keys, never)) {
      fetched.push(key);
      for await (const piece of body) expect(piece.length).toBeGreaterThan(0);
    }
    await source.close();
    expect(fetched.sort()).toEqual(keys.filter(key => key !== '3' && key !== '5').sort());
  });

  test('a consumer that leaves a message half read, or the folder, loses nothing of the next', async () => {
    await using server = await startDovecot();
    const loaded = loadMaildir(server, generateMailbox({ messages: 200, medianSize: 60_000 }), { user: 'mario' });
    const source = await connectImapSource(optionsFor(server));
    const inbox = await findFolder(source, 'INBOX');
    const open = await source.openFolder(inbox, never);
    const keys = loaded.filter(({ folder }) => folder[0] === 'INBOX').map(({ uid }) => String(uid));
    let seen = 0;
    for await (const { body } of open.fetch(keys, never)) {
      for await (const piece of body) if (piece.length > 0) break;
      seen += 1;
      if (seen === 10) break;
    }
    const facts = await readFolder(source, inbox);
    await source.close();
    expect(
      mailDifference(
        loaded.filter(({ folder }) => folder[0] === 'INBOX'),
        facts,
      ),
    ).toEqual([]);
  });

  test('a server that dies under the fetch is noticed; once it is back, the same source goes on', async () => {
    await using server = await startDovecot();
    const loaded = loadMaildir(server, generateMailbox({ messages: 150, medianSize: 200_000 }), { user: 'mario' });
    const source = await connectImapSource(optionsFor(server));
    const inbox = await findFolder(source, 'INBOX');
    const open = await source.openFolder(inbox, never);
    const keys = loaded.filter(({ folder }) => folder[0] === 'INBOX').map(({ uid }) => String(uid));
    const reading = async () => {
      for await (const { body } of open.fetch(keys, never)) {
        await server.kill();
        for await (const piece of body) expect(piece.length).toBeGreaterThan(0);
      }
      return null;
    };
    expect(await reading().catch(problemOf)).toMatchObject({ code: 'CONNECTION_LOST' });
    await server.restart();
    const facts = await readFolder(source, inbox);
    await source.close();
    expect(
      mailDifference(
        loaded.filter(({ folder }) => folder[0] === 'INBOX'),
        facts,
      ),
    ).toEqual([]);
  });

  test.each(['implicit', 'starttls'] as const)('over TLS: %s', async tls => {
    await using server = await startDovecot({ tls: 'required' });
    const ca = await readFile(server.caFile, 'utf8');
    const port = tls === 'implicit' ? server.ports.imaps : server.ports.imap;
    const loaded = loadMaildir(server, generateMailbox({ messages: 100 }), { user: 'mario' });
    const { address } = optionsFor(server);
    const source = await connectImapSource(optionsFor(server, { ca, address: { ...address, port, tls } }));
    expect(mailDifference(loaded, await readAll(source))).toEqual([]);
    await source.close();
  });

  test('a wrong password is told from a server that wants TLS first', async () => {
    await using server = await startDovecot({ tls: 'required' });
    const ca = await readFile(server.caFile, 'utf8');
    const credentials = { kind: 'password', password: 'sbagliata' } as const;
    const address = { ...optionsFor(server).address, port: server.ports.imaps, tls: 'implicit' } as const;
    const refused = await connectImapSource(optionsFor(server, { ca, address, credentials })).catch(problemOf);
    expect(refused).toMatchObject({ code: 'SIGNIN_REFUSED' });
  });
});
