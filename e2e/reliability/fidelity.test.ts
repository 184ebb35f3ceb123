import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { displayPath, folderKey } from '../../shared/model/folder.ts';
import type { FolderPath } from '../../shared/model/folder.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { fitsOneLevel, hostileFolderNames, naughtyFolderNames } from '../rig/hostile-folder-names.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { GeneratedMessage } from '../rig/mailbox-generator.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import { generateMailbox } from '../rig/mailbox-generator.ts';
import { corpusMessages, hugeMessage, nastyMessages } from '../rig/nasty-messages.ts';
import { sharedFixture } from '../rig/shared-fixtures.ts';
import { accountOf, backupArgs, expectArchive, newFolder, runTo, uploadArgs } from './journey.ts';
import { plain } from './small-mailbox.ts';

/** For messages that Dovecot itself does not keep as they are when they are appended. */
const alteredFolder = 'Alterata';
const users = ['mario', 'corpus', 'nomi', 'a', 'b', 'c', 'd', 'e', 'f', 'g'];

describe.skipIf(!dovecotAvailable())('the whole way, old mailbox → archive → new mailbox', () => {
  let server: DovecotServer;
  let slashed: DovecotServer;
  beforeAll(async () => {
    const everybody = Object.fromEntries(users.map(user => [user, { password: 'segreta' }]));
    server = await startDovecot({ users: everybody, tls: 'none' });
    slashed = await startDovecot({ users: everybody, tls: 'none', storage: 'maildir-fs', prefix: 'INBOX/' });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await slashed[Symbol.asyncDispose]();
  });

  /** What an independent reader finds at the source must be in the archive and, octet for octet, at the target. */
  async function carry(
    user: string,
    target: string,
    format: 'mbox' | 'eml',
    messages: Iterable<GeneratedMessage>,
  ): Promise<void> {
    loadMaildir(server, messages, { user });
    const { messages: truth } = await accountOf(server, user);
    const archive = await newFolder();
    const { result } = await runTo(0, backupArgs(archive, { user, port: server.ports.imap }, '--format', format));
    expect(result?.['exceptions']).toEqual([]);
    await expectArchive(archive, truth);
    await runTo(0, uploadArgs(archive, { user: target, port: slashed.ports.imap }));
    const { messages: arrived } = await accountOf(slashed, target);
    const intact = (message: MailFact): boolean => message.folder[0] !== alteredFolder;
    expect(mailDifference(truth.filter(intact), arrived.filter(intact))).toEqual([]);
    // A server that makes CRLF of a lone CR at APPEND can be held to the number of messages only.
    expect(arrived.filter(message => !intact(message))).toHaveLength(truth.filter(message => !intact(message)).length);
  }

  const octetsAsMail = (octets: Buffer, folder: string): GeneratedMessage => ({
    ...plain([folder], '', null),
    octets,
  });

  test.each(['mbox', 'eml'] as const)('keeps every octet of what breaks mail programs (%s)', async format => {
    const user = format === 'mbox' ? 'a' : 'b';
    const nasty = nastyMessages.map(message =>
      octetsAsMail(message.octets(), message.intactOnServer ? 'Cattiva' : alteredFolder),
    );
    await carry(user, user, format, [...nasty, octetsAsMail(hugeMessage.octets(), 'Grande')]);
  });

  test.skipIf(sharedFixture('mime') === null).each(['mbox', 'eml'] as const)(
    'keeps every octet of the corpus of real and malformed mail (%s)',
    async format => {
      const user = format === 'mbox' ? 'c' : 'd';
      const corpus = [...corpusMessages()].filter(message => message.octets().length > 0);
      expect(corpus.length).toBeGreaterThan(100);
      await carry(
        user,
        user,
        format,
        corpus.map(message => octetsAsMail(message.octets(), 'Raccolta')),
      );
    },
  );

  test('keeps flags, keywords, dates and true duplicates of a large mailbox', async () => {
    await carry('e', 'e', 'mbox', generateMailbox({ messages: 1_500, medianSize: 3_000, duplicateShare: 0.1 }));
  });

  test('carries every folder name over, or says under which name', async () => {
    const names = [
      ...new Set([...hostileFolderNames, ...naughtyFolderNames(), 'CON', 'nul.txt', 'aux', 'LPT1', 'COM9.log']),
    ];
    const wanted = names.filter(
      name => fitsOneLevel(name, '.') && fitsOneLevel(name, '/') && name.toUpperCase() !== 'INBOX',
    );
    expect(wanted.length).toBeGreaterThan(100);
    const messages = wanted.map((name, index) => plain([name], `Cartella ${index}`, `<${index}@nomi.it>`));
    const loaded = loadMaildir(server, messages, { user: 'nomi' });
    const { messages: truth } = await accountOf(server, 'nomi');
    expect(truth).toHaveLength(loaded.length);
    const archive = await newFolder();
    await runTo(0, backupArgs(archive, { user: 'nomi', port: server.ports.imap }));
    await expectArchive(archive, truth);

    const { result } = await runTo(0, uploadArgs(archive, { user: 'nomi', port: slashed.ports.imap }));
    const listed = (result?.['exceptions'] as { code: string; folder: FolderPath; details: { name: string } }[]).filter(
      exception => exception.code === 'TARGET_FOLDER_RENAMED',
    );
    const renamed = new Set(listed.map(({ folder }) => folderKey(folder)));
    const { messages: arrived } = await accountOf(slashed, 'nomi');
    // Each message once, wherever it is; and in the folder of its own name unless that was said to be impossible.
    expect(arrived.map(({ sha256 }) => sha256).sort()).toEqual(truth.map(({ sha256 }) => sha256).sort());
    const keptIn = new Map(arrived.map(({ sha256, folder }) => [sha256, folderKey(folder)]));
    const astray = truth.filter(
      ({ sha256, folder }) => !renamed.has(folderKey(folder)) && keptIn.get(sha256) !== folderKey(folder),
    );
    expect(astray.map(({ folder }) => displayPath(folder))).toEqual([]);
    expect(renamed.size).toBeLessThan(wanted.length / 10);
  });
});
