import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAccountAddress } from '../shared/account-address.ts';
import { isFileAddress, openFileSource } from '../electron/engine/accounts/open-file-source.ts';
import { connectImapSource, type ImapSourceOptions } from '../electron/engine/sources/imap/connect-imap-source.ts';
import type { MailSource } from '../electron/engine/sources/mail-source.ts';
import { unicodeFormat } from '../electron/engine/sources/pst/ndb/file-format.ts';
import { openPstSource } from '../electron/engine/sources/pst/pst-source.ts';
import { sampleStore } from '../electron/engine/sources/pst/testing/sample-store.ts';
import { dovecotAvailable, startDovecot, type DovecotServer } from './rig/dovecot.ts';
import { loadMaildir } from './rig/load-maildir.ts';
import { mailDifference, type MailFact } from './rig/mail-fact.ts';
import { writeMailFiles } from './rig/mail-files.ts';
import type { MailFileKind } from './rig/mail-files.ts';
import { generateMailbox, italianMailbox } from './rig/mailbox-generator.ts';
import { readAccount } from './rig/oracle.ts';
import { createTestDirectory } from './rig/test-directory.ts';
import { readEverything, testMailSource } from './suites/mail-source.ts';
import type { SourceUnderTest } from './suites/mail-source.ts';

const never = new AbortController().signal;
const mailbox = { messages: 60, medianSize: 2_000, largeShare: 0 };

export function openFile(address: string): Promise<MailSource> {
  const parsed = parseAccountAddress(address);
  if (!isFileAddress(parsed)) throw new RangeError(`${address} is no file`);
  return openFileSource(parsed, never);
}

function inFiles(kind: MailFileKind, scheme: string, more: Record<string, unknown> = {}): Promise<SourceUnderTest> {
  const files = writeMailFiles(kind, generateMailbox(mailbox), more);
  return Promise.resolve({
    open: () => openFile(`${scheme}:${files.path}`),
    facts: files.facts,
    close: () => files[Symbol.dispose](),
  });
}

describe('mbox, with the notes of UW IMAP and mutt', () => testMailSource(() => inFiles('mbox', 'mbox')));
describe('Zimbra export', () => testMailSource(() => inFiles('zimbra', 'tgz', { split: 7 })));
describe('Zimbra export, not compressed', () => testMailSource(() => inFiles('zimbra', 'tgz', { mode: 'w' })));
describe('Maildir of Python', () => testMailSource(() => inFiles('maildir', 'maildir')));

describe('Thunderbird folders', () => {
  testMailSource(async () => {
    const rig = await inFiles('thunderbird', 'mbox');
    // Drafts are a folder in Thunderbird and no flag. Its separators hold no delivery date.
    const facts = rig.facts.map(fact => ({ ...fact, flags: fact.flags.filter(flag => flag !== '\\Draft') }));
    return { ...rig, facts, ignore: ['internalDate'] };
  });
});

describe('PST', () => {
  // readpst and we put the same message together in different octets; what an item is, differential.test.ts asks it.
  testMailSource(async () => {
    const directory = createTestDirectory('pst-source');
    const path = join(directory.path, 'posta.pst');
    writeFileSync(path, sampleStore(unicodeFormat, 1));
    const direct = await openPstSource(path);
    const facts = await readEverything(direct);
    await direct.close();
    return { open: () => openFile(`pst:${path}`), facts, close: directory.remove };
  });
});

describe('EML tree', () => {
  // A message in a file of its own says nothing of flags, and its date is that of its header.
  testMailSource(async () => ({ ...(await inFiles('eml', 'eml')), ignore: ['flags', 'keywords', 'internalDate'] }));
});

describe.skipIf(!dovecotAvailable())('on what Dovecot serves', () => {
  const servers = new Map<string, Promise<Served>>();
  afterAll(async () => {
    for (const started of servers.values()) await (await started).server[Symbol.asyncDispose]();
  });

  const served = async (storage: Storage, as: 'imap' | 'maildir'): Promise<SourceUnderTest> => {
    const started = servers.get(storage) ?? startServed(storage);
    servers.set(storage, started);
    const { server, facts } = await started;
    return {
      open: () =>
        as === 'maildir'
          ? openFile(`maildir:${join(server.home('mario'), 'mail')}`)
          : connectImapSource(optionsFor(server)),
      facts,
      close: () => undefined,
    };
  };
  describe('Maildir++', () => testMailSource(() => served('maildir++', 'maildir')));
  describe('Maildir of LAYOUT=fs', () => testMailSource(() => served('maildir-fs', 'maildir')));

  test('the mbox files Dovecot writes: every message, with the flags, keywords and dates it serves', async () => {
    const { server, facts } = await startServed('maildir++', flatFolders);
    servers.set('mbox', Promise.resolve({ server, facts }));
    const place = join(server.home('mario'), 'mbox');
    await server.doveadm('backup', '-u', 'mario', `mbox:${place}:INBOX=${place}/INBOX`);
    const source = await openFile(`mbox:${place}`);
    const found = await readEverything(source);
    await source.close();
    // Dovecot notes state in the header of the file and leaves it out when it serves the message.
    expect(mailDifference(withoutOctets(facts), withoutOctets(found))).toEqual([]);
  });
  describe('IMAP', () => testMailSource(() => served('maildir++', 'imap')));
});

type Storage = 'maildir++' | 'maildir-fs';

interface Served {
  readonly server: DovecotServer;
  /** As an independent client reads them over IMAP. */
  readonly facts: readonly MailFact[];
}

/** An mbox cannot hold folders. */
const flatFolders = italianMailbox.filter(({ path, weight }) => path.length === 1 && weight > 0);

async function startServed(storage: Storage, folders = italianMailbox): Promise<Served> {
  const server = await startDovecot({ storage });
  loadMaildir(server, generateMailbox({ ...mailbox, folders }), { user: 'mario' });
  const account = { host: server.host, port: server.ports.imap, user: 'mario', password: 'segreta' };
  const { messages } = await readAccount(account);
  // The rig keeps the inbox of LAYOUT=fs outside of the tree.
  const facts = storage === 'maildir-fs' ? messages.filter(({ folder }) => folder[0] !== 'INBOX') : messages;
  return { server, facts };
}

function optionsFor(server: DovecotServer): ImapSourceOptions {
  return {
    address: { kind: 'imap', user: 'mario', host: server.host, port: server.ports.imap, tls: 'none-on-loopback' },
    credentials: { kind: 'password', password: 'segreta' },
    log: { debug: () => undefined, warn: () => undefined },
  };
}

function withoutOctets(facts: readonly MailFact[]): readonly MailFact[] {
  return facts.map(fact => ({ ...fact, sha256: '', size: 0 }));
}
