import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFileSource } from '../electron/engine/accounts/open-file-source.ts';
import { recognise } from '../electron/engine/sources/recognise/recognise.ts';
import { TravasoError } from '../shared/errors.ts';
import { readArchive } from './rig/archive-oracle.ts';
import { mailDifference } from './rig/mail-fact.ts';
import type { FactField } from './rig/mail-fact.ts';
import { writeMailFiles } from './rig/mail-files.ts';
import type { MailFileKind, MailFiles } from './rig/mail-files.ts';
import { generateMailbox } from './rig/mailbox-generator.ts';
import { nastyMessages } from './rig/nasty-messages.ts';
import type { CliResult } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';
import { seededRandom } from './rig/seeded-random.ts';
import { sharedFixture } from './rig/shared-fixtures.ts';
import { createTestDirectory } from './rig/test-directory.ts';

const { signal } = new AbortController();

function directory(): string {
  const made = createTestDirectory('file-backup');
  onTestFinished(made.remove);
  return made.path;
}

function mailFiles(...args: Parameters<typeof writeMailFiles>): MailFiles {
  const files = writeMailFiles(...args);
  onTestFinished(() => {
    files[Symbol.dispose]();
  });
  return files;
}

const backup = (source: string, archive: string): Promise<CliResult> =>
  runHere(['backup', '--source', source, '--archive', archive, '--json']);

interface Outcome {
  readonly messages: { readonly found: number; readonly stored: number; readonly alreadyPresent: number };
  readonly exceptions: readonly { readonly code: string; readonly details?: unknown }[];
}
const outcomeOf = (result: CliResult) => result.result as unknown as Outcome & { readonly status: string };

const kinds: readonly (readonly [MailFileKind, string, readonly FactField[]])[] = [
  ['mbox', 'mbox', []],
  // Python's flags have no place in these: Thunderbird has no draft flag, EML none at all.
  ['thunderbird', 'mbox', ['flags', 'internalDate']],
  ['eml', 'eml', ['flags', 'keywords', 'internalDate']],
  ['maildir', 'maildir', []],
  ['zimbra', 'tgz', []],
];

describe('the whole way into an archive, read back by Python', () => {
  test.each(kinds)('%s', async (kind, scheme, ignore) => {
    const files = mailFiles(kind, generateMailbox({ messages: 120, medianSize: 3_000, largeShare: 0.01 }));
    const archive = join(directory(), 'archive');
    const first = await backup(`${scheme}:${files.path}`, archive);
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(outcomeOf(first).messages).toMatchObject({ found: files.facts.length, stored: files.facts.length });
    const reading = await readArchive(archive);
    expect(reading.wrong).toEqual([]);
    expect(mailDifference(files.facts, reading.messages, { ignore })).toEqual([]);

    const second = await backup(`${scheme}:${files.path}`, archive);
    expect(second.exitCode).toBe(0);
    expect(outcomeOf(second).messages).toMatchObject({ stored: 0, alreadyPresent: files.facts.length });
  });

  test('what breaks mail programs comes through an EML tree and a Zimbra export, octet for octet', async () => {
    const date = new Date('2019-03-04T08:15:00Z');
    const messages = nastyMessages.map(({ octets }) => ({
      folder: ['INBOX'],
      octets: octets(),
      internalDate: date,
      flags: [],
      keywords: [],
    }));
    for (const [kind, scheme] of [
      ['eml', 'eml'],
      ['zimbra', 'tgz'],
    ] as const) {
      const files = mailFiles(
        kind,
        messages.filter(({ octets }) => octets.length > 0),
      );
      const archive = join(directory(), 'archive');
      expect((await backup(`${scheme}:${files.path}`, archive)).exitCode).toBe(0);
      const { messages: stored, wrong } = await readArchive(archive);
      expect(wrong).toEqual([]);
      expect(mailDifference(files.facts, stored, { ignore: ['internalDate', 'flags', 'keywords'] })).toEqual([]);
    }
  });

  const shelf = sharedFixture('pst');
  const names = shelf === null ? [] : readdirSync(shelf).filter(name => /\.pst$/i.test(name));
  const psts = names.map(name => join(shelf ?? '', name));
  if (psts.length === 0) console.warn('skipped: no PST files in ../shared/fixtures/pst');
  test.skipIf(psts.length === 0)('each PST of the fixtures', async () => {
    for (const pst of psts) {
      const archive = join(directory(), 'archive');
      const first = await backup(`pst:${pst}`, archive);
      const { found, stored } = outcomeOf(first).messages;
      expect([pst, first.stderr, [0, 2].includes(first.exitCode ?? -1)]).toEqual([pst, '', true]);
      const { messages, wrong } = await readArchive(archive);
      expect([pst, messages.length, wrong]).toEqual([pst, stored, []]);
      const second = await backup(`pst:${pst}`, archive);
      expect([pst, outcomeOf(second).messages.stored]).toEqual([pst, 0]);
      expect(found).toBeGreaterThanOrEqual(stored);
    }
  });
});

describe('Zimbra exports as they come', () => {
  const few = { messages: 40, medianSize: 2_000, largeShare: 0 };

  test('what is no mail is carried over or named, folder names are the true ones', async () => {
    const messages = [...generateMailbox(few)].map(message => ({
      ...message,
      folder: ['Fatture: 2023?', 'Già "pagate"'],
    }));
    const others = [
      ['Contacts/Anna', 6],
      ['Contacts/Marco', 6],
      ['Calendar/Riunione.appt', 11],
      ['Briefcase/nota.pdf', 8],
      ['Cose/ignota', 99],
    ];
    const files = mailFiles('zimbra', messages, { others, split: 10 });
    const archive = join(directory(), 'archive');
    const result = await backup(`tgz:${files.path}`, archive);
    expect(result.exitCode).toBe(2);
    expect(mailDifference(files.facts, (await readArchive(archive)).messages)).toEqual([]);
    // Contacts and an appointment with nothing in them are set aside, the file is stored, the unknown is left out.
    expect(result.result).toMatchObject({
      items: { contact: { setAside: 2 }, event: { setAside: 1 }, file: { stored: 1 } },
    });
    expect(
      outcomeOf(result)
        .exceptions.map(({ code }) => code)
        .sort(),
    ).toEqual([...['ITEMS_LEFT_OUT', 'ITEM_UNREADABLE', 'ITEM_UNREADABLE', 'ITEM_UNREADABLE']]);
  });

  test('a download that broke off: what came is stored, and the end is named', async () => {
    const files = mailFiles('zimbra', generateMailbox(few));
    const whole = readFileSync(files.path);
    for (const share of [0.3, 0.7, 0.97]) {
      const cut = join(directory(), 'cut.tgz');
      writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * share)));
      const archive = join(directory(), 'archive');
      const result = await backup(`tgz:${cut}`, archive);
      expect([share, result.exitCode]).toEqual([share, 2]);
      expect(outcomeOf(result).exceptions.map(({ code }) => code)).toContain('SOURCE_FILE_DAMAGED');
      const { messages, wrong } = await readArchive(archive);
      expect(wrong).toEqual([]);
      const known = new Set(files.facts.map(({ sha256 }) => sha256));
      expect(messages.filter(({ sha256 }) => !known.has(sha256)).length).toBeLessThanOrEqual(1);
      expect(messages.length).toBeGreaterThan(40 * share * 0.5);

      // Downloaded again, whole: nothing of it passes for known because a part of it was there.
      writeFileSync(cut, whole);
      expect((await backup(`tgz:${cut}`, archive)).exitCode).toBe(0);
      const again = (await readArchive(archive)).messages.filter(({ absent }) => !absent);
      expect(mailDifference(files.facts, again)).toEqual([]);
    }
    // Cut between two entries of the tar, where no octet of any message is missing.
    const tar = gunzipSync(whole);
    const end = tar.lastIndexOf('ustar') - 257;
    const clean = join(directory(), 'clean.tgz');
    writeFileSync(clean, gzipSync(tar.subarray(0, end)));
    expect((await backup(`tgz:${clean}`, join(directory(), 'archive'))).exitCode).toBe(2);
  });

  test('corrupt at any place: never a crash, never an endless wait, never octets that were not there', async () => {
    const place = directory();
    for (const mode of ['w:gz', 'w']) {
      const files = mailFiles('zimbra', generateMailbox({ ...few, messages: 12 }), { mode });
      const whole = readFileSync(files.path);
      const random = seededRandom(4, mode.length);
      for (let round = 0; round < 60; round += 1) {
        const corrupt = Buffer.from(whole);
        for (let at = 0; at < 1 + random.below(4); at += 1) corrupt[random.below(corrupt.length)] = random.below(256);
        const path = join(place, 'corrupt.tgz');
        writeFileSync(path, corrupt);
        const source = await openFileSource({ kind: 'tgz', path }, signal);
        try {
          for (const folder of (await source.listFolders(signal)).folders) {
            const open = await source.openFolder(folder, signal);
            const keys: string[] = [];
            for await (const batch of open.inventory(signal)) keys.push(...batch.map(({ key }) => key));
            let read = 0;
            for await (const { body } of open.fetch(keys, signal)) {
              for await (const piece of body) read += piece.length;
            }
            expect(read).toBeLessThanOrEqual(100 * whole.length);
          }
        } catch (error) {
          expect([mode, round, error]).toEqual([mode, round, expect.any(TravasoError)]);
        } finally {
          await source.close();
        }
      }
    }
  });

  test('names that lead elsewhere and links are refused; nothing is written beside the archive', async () => {
    const place = directory();
    const script = `
import tarfile, io, sys
with tarfile.open(sys.argv[1], 'w:gz') as t:
    for name in ['../fuori.eml', '/tmp/fuori.eml', 'Inbox/../../fuori.eml', 'Inbox/buono.eml']:
        i = tarfile.TarInfo(name); i.size = 9; t.addfile(i, io.BytesIO(b'A: b\\n\\nx\\n\\n'))
    i = tarfile.TarInfo('Inbox/link.eml'); i.type = tarfile.SYMTYPE; i.linkname = '/etc/passwd'; t.addfile(i)
`;
    execFileSync('python3', ['-c', script, join(place, 'hostile.tgz')]);
    const result = await backup(`tgz:${join(place, 'hostile.tgz')}`, join(place, 'archive'));
    expect(result.exitCode).toBe(2);
    expect(outcomeOf(result).messages.stored).toBe(1);
    expect(outcomeOf(result).exceptions.filter(({ code }) => code === 'FILE_UNREADABLE')).toHaveLength(4);
    expect(readdirSync(place).sort()).toEqual(['archive', 'hostile.tgz']);
  });

  test('names that differ by case or by composition alone, and names of devices, stay apart on every disk', async () => {
    const place = directory();
    const names = ['Posta', 'posta', 'POSTA', 'Perch\u00e9', 'Perche\u0301', 'CON', 'con', 'fine.', 'fine'];
    const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for n, name in enumerate(sys.argv[2:]):
        z.writestr(name + '/1.eml', 'From: a@b.it\\n\\nlettera %d\\n' % n)
`;
    execFileSync('python3', ['-c', script, join(place, 'gemelli.zip'), ...names]);
    for (const format of ['mbox', 'eml']) {
      const archive = join(place, format);
      const source = `eml:${join(place, 'gemelli.zip')}`;
      const result = await runHere(['backup', '--source', source, '--archive', archive, '--format', format, '--json']);
      expect([format, result.exitCode, outcomeOf(result).messages.stored]).toEqual([format, 0, names.length]);
      const { messages, wrong } = await readArchive(archive);
      expect(wrong).toEqual([]);
      expect(new Set(messages.map(({ sha256 }) => sha256)).size).toBe(names.length);
      const folders = readdirSync(join(archive, 'data', 'mail')).map(name => name.replace(/\.(mbox|jsonl)$/, ''));
      const onDisk = new Set(folders);
      expect(onDisk.size).toBe(names.length);
      // What Windows and macOS make of them.
      expect(new Set([...onDisk].map(name => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
      for (const name of onDisk) expect(name).not.toMatch(/^(con|prn|aux|nul)(\.|$)|[. ]$/i);
    }
  });

  test('a file that inflates to a thousand times its size is stopped', async () => {
    const place = directory();
    const script = `
import tarfile, io, sys
class Zeros(io.RawIOBase):
    def read(self, n=-1): return bytes(n)
with tarfile.open(sys.argv[1], 'w:gz') as t:
    i = tarfile.TarInfo('Inbox/bomba.eml'); i.size = 300_000_000; t.addfile(i, Zeros())
`;
    execFileSync('python3', ['-c', script, join(place, 'bomb.tgz')]);
    const result = await backup(`tgz:${join(place, 'bomb.tgz')}`, join(place, 'archive'));
    expect(result.exitCode).toBe(65);
  });
});

describe('bad input is told in its own words', () => {
  test.each([
    ['a file that is not there', 'mbox', () => join(directory(), 'gone.mbox'), 'INPUT_FILE_INVALID'],
    ['an empty file', 'mbox', () => written('empty.mbox', ''), 'INPUT_FILE_EMPTY'],
    ['the wrong kind for mbox', 'mbox', () => written('a.mbox', '%PDF-1.7'), 'INPUT_FILE_WRONG_KIND'],
    ['the wrong kind for tgz', 'tgz', () => written('a.tgz', 'From a'), 'INPUT_FILE_WRONG_KIND'],
    ['the wrong kind for eml', 'eml', () => directory(), 'INPUT_FILE_WRONG_KIND'],
    ['the wrong kind for maildir', 'maildir', () => directory(), 'INPUT_FILE_WRONG_KIND'],
    ['the wrong kind for pst', 'pst', () => written('a.pst', 'x'.repeat(2000)), 'INPUT_FILE_WRONG_KIND'],
  ])('%s', async (_, scheme, make, code) => {
    const result = await backup(`${scheme}:${make()}`, join(directory(), 'archive'));
    expect([result.exitCode, result.stderr]).toEqual([65, '']);
    expect(JSON.stringify(result.result)).toContain(code);
  });

  test('links within a tree are named and not followed', async () => {
    const files = mailFiles('eml', generateMailbox({ messages: 3, medianSize: 500, largeShare: 0 }));
    symlinkSync('/etc', join(files.path, 'link'));
    const result = await backup(`eml:${files.path}`, join(directory(), 'archive'));
    expect(result.exitCode).toBe(2);
    expect(outcomeOf(result).exceptions).toHaveLength(1);
    expect(outcomeOf(result).messages.stored).toBe(3);
  });

  function written(name: string, content: string): string {
    const path = join(directory(), name);
    writeFileSync(path, content);
    return path;
  }
});

describe('what is it? by content, whatever the name', () => {
  const few = { messages: 5, medianSize: 500, largeShare: 0 };
  const kindsOf = async (path: string) => (await recognise(path, signal)).map(({ kind, files }) => [kind, files]);

  test('files and folders of each kind', async () => {
    const folders = new Set([...generateMailbox(few)].map(({ folder }) => folder.join('/'))).size;
    expect(await kindsOf(mailFiles('mbox', generateMailbox(few)).path)).toEqual([['mbox', folders]]);
    expect(await kindsOf(mailFiles('eml', generateMailbox(few)).path)).toEqual([['eml', 5]]);
    expect(await kindsOf(mailFiles('maildir', generateMailbox(few)).path)).toEqual([['maildir', 5]]);
    expect(await kindsOf(mailFiles('zimbra', generateMailbox(few)).path)).toEqual([['zimbra-tgz', 1]]);
    const thunderbird = mailFiles('thunderbird', generateMailbox(few));
    writeFileSync(join(thunderbird.path, 'prefs.js'), '');
    expect(await kindsOf(thunderbird.path)).toEqual([['thunderbird-profile', folders]]);

    const place = directory();
    const archive = join(place, 'archive');
    await backup(`mbox:${thunderbird.path}`, archive);
    expect((await kindsOf(archive))[0]?.[0]).toBe('travaso-archive');
    mkdirSync(join(place, 'misto'));
    writeFileSync(join(place, 'misto', 'senza nome'), '!BDN....');
    writeFileSync(join(place, 'misto', 'foto.jpg'), 'From a@b Mon Mar  4 08:15:00 2019\nFrom: a\n\nx\n');
    writeFileSync(join(place, 'misto', 'testo.txt'), 'nota: comprare il latte\n');
    expect(await kindsOf(join(place, 'misto'))).toEqual([
      ['mbox', 1],
      ['pst', 1],
    ]);
    expect(await kindsOf(join(place, 'misto', 'testo.txt'))).toEqual([]);
    expect(existsSync(archive)).toBe(true);
  });
});
