import { readFile, readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyArchive } from '../../electron/engine/archive/verify-archive.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import type { LoadedMessage } from '../rig/load-maildir.ts';
import {
  backupArgs,
  copyOf,
  expectAccount,
  expectArchive,
  manyUsers,
  neverAborted,
  newFolder,
  run,
  runTo,
  uploadArgs,
} from './journey.ts';
import { emptyFolder, plain, smallMailbox } from './small-mailbox.ts';

const formats = ['mbox', 'eml'] as const;

interface Damage {
  readonly name: string;
  /** Returns which file must be named. */
  readonly done: (archive: string, files: readonly string[]) => Promise<string>;
  readonly code: string;
}

const inbox = (files: readonly string[]): string => named(files, /^data\/mail\/inbox-.*\.(mbox|eml)$/);
const project = (files: readonly string[]): string => named(files, /^data\/mail\/citta-di-napoli-.*\.(mbox|eml)$/);

const damages: readonly Damage[] = [
  {
    name: 'one flipped bit in the mail',
    code: 'ARCHIVE_FILE_CHANGED',
    done: (archive, files) => flipBit(archive, inbox(files)),
  },
  {
    name: 'one flipped bit in a sidecar',
    code: 'ARCHIVE_FILE_CHANGED',
    done: (archive, files) => flipBit(archive, named(files, /inbox-.*\.jsonl$/)),
  },
  {
    name: 'one flipped bit in bag-info.txt',
    code: 'ARCHIVE_FILE_CHANGED',
    done: archive => flipBit(archive, 'bag-info.txt'),
  },
  {
    name: 'one flipped bit in the manifest',
    code: 'ARCHIVE_FILE_CHANGED',
    done: archive => flipBit(archive, 'manifest-sha256.txt'),
  },
  {
    name: 'a file cut short by one octet',
    code: 'ARCHIVE_FILE_CHANGED',
    async done(archive, files) {
      const file = inbox(files);
      await truncate(join(archive, file), (await stat(join(archive, file))).size - 1);
      return file;
    },
  },
  {
    name: 'a file grown by one octet',
    code: 'ARCHIVE_FILE_CHANGED',
    async done(archive, files) {
      const file = inbox(files);
      await writeFile(join(archive, file), '\n', { flag: 'a' });
      return file;
    },
  },
  {
    name: 'a file deleted',
    code: 'ARCHIVE_FILE_MISSING',
    async done(archive, files) {
      await rm(join(archive, inbox(files)));
      return inbox(files);
    },
  },
  {
    name: 'a sidecar deleted',
    code: 'ARCHIVE_FILE_MISSING',
    async done(archive, files) {
      const file = named(files, /inbox-.*\.jsonl$/);
      await rm(join(archive, file));
      return file;
    },
  },
  {
    name: 'a stray file',
    code: 'ARCHIVE_FILE_EXTRA',
    async done(archive) {
      await writeFile(join(archive, 'data', 'mail', 'appunti.txt'), 'x');
      return 'data/mail/appunti.txt';
    },
  },
  {
    name: 'two files that changed places',
    code: 'ARCHIVE_FILES_SWAPPED',
    async done(archive, files) {
      const [one, two] = [join(archive, inbox(files)), join(archive, project(files))];
      await rename(one, `${one}.x`);
      await rename(two, one);
      await rename(`${one}.x`, two);
      return project(files);
    },
  },
];

describe.skipIf(!dovecotAvailable())('a damaged archive', () => {
  let server: DovecotServer;
  let facts: readonly LoadedMessage[];
  const archives = new Map<string, string>();
  beforeAll(async () => {
    server = await startDovecot({ users: manyUsers(4), tls: 'none' });
    facts = loadMaildir(server, [...smallMailbox(), ...alike()], { user: 'mario', folders: [emptyFolder] });
    for (const format of formats) {
      const archive = await newFolder();
      await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }, '--format', format));
      archives.set(format, archive);
    }
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describe.each(formats)('(%s)', format => {
    const copy = (): Promise<string> => copyOf(archives.get(format) ?? '');

    test('is told from a sound one', async () => {
      const archive = await copy();
      await expectArchive(archive, facts);
      const { result } = await runTo(0, ['verify', '--archive', archive, '--json']);
      expect(result).toMatchObject({ status: 'succeeded', messages: { found: facts.length, verified: facts.length } });
    });

    test.each(damages)('$name: found and named', async ({ done, code }) => {
      const archive = await copy();
      const file = await done(archive, await filesOf(archive));
      const { problems } = await verifyArchive({ root: archive, signal: neverAborted, progress: () => undefined });
      expect(JSON.stringify(problems)).toContain(file);
      expect(problems).toContainEqual({ code, details: expect.objectContaining({ file }) as unknown });
      const { exitCode, result, stderr } = await run(['verify', '--archive', archive, '--json']);
      expect(exitCode).toBe(74);
      expect(JSON.stringify(result)).toContain(file);
      expect(stderr).toBe('');
    });

    test('a deleted catalogue is made anew, row for row, and an upload from it doubles nothing', async () => {
      const archive = await copy();
      const to = { user: `u${formats.indexOf(format)}`, port: server.ports.imap };
      await runTo(0, uploadArgs(archive, to));
      await expectAccount(server, to.user, facts);
      const before = rowsOf(archive);
      await rm(join(archive, 'catalogue.sqlite'));
      await runTo(0, ['rebuild', '--archive', archive, '--json']);
      expect(rowsOf(archive)).toEqual(before);

      const { result } = await runTo(0, uploadArgs(archive, to));
      expect(result?.['messages']).toMatchObject({ uploaded: 0, alreadyPresent: facts.length });
      await expectAccount(server, to.user, facts);
      const again = await runTo(0, backupArgs(archive, { user: 'mario', port: server.ports.imap }));
      expect(again.result?.['messages']).toMatchObject({ stored: 0, alreadyPresent: facts.length });
      await expectArchive(archive, facts);
    });

    test.each([
      ['overwritten', () => Buffer.alloc(8192, 'x')],
      ['emptied', () => Buffer.alloc(0)],
      ['torn', (content: Buffer) => content.subarray(0, content.length / 2)],
    ])('a catalogue that was %s is noticed, rebuilt and as good as before', async (_how, harm) => {
      const archive = await copy();
      const before = rowsOf(archive);
      const path = join(archive, 'catalogue.sqlite');
      await writeFile(path, harm(await readFile(path)));
      const verify = await run(['verify', '--archive', archive, '--json']);
      expect(verify.exitCode).toBe(74);
      expect(JSON.stringify(verify.result)).toContain('ARCHIVE_CATALOGUE_DAMAGED');
      expect(verify.stderr).toBe('');
      await runTo(0, ['rebuild', '--archive', archive, '--json']);
      expect(rowsOf(archive)).toEqual(before);
      await expectArchive(archive, facts);
    });
  });
});

/** More equal messages, and more that only differ in their bodies, than anyone compares at a time. */
function alike(): ReturnType<typeof plain>[] {
  return Array.from({ length: 160 }, (_, index) =>
    plain(['Avvisi'], 'Avviso', null, index < 80 ? 'Uguale.' : `Diverso ${100 + index}.`),
  );
}

function named(files: readonly string[], pattern: RegExp): string {
  const file = files.find(each => pattern.test(each));
  if (file === undefined) throw new Error(`No file like ${String(pattern)} among ${files.join()}`);
  return file;
}

async function filesOf(archive: string): Promise<readonly string[]> {
  const entries = await readdir(archive, { recursive: true });
  return entries.map(entry => entry.replaceAll('\\', '/')).sort();
}

async function flipBit(archive: string, file: string): Promise<string> {
  const content = await readFile(join(archive, file));
  const middle = Math.floor(content.length / 2);
  content[middle] = (content[middle] ?? 0) ^ 1;
  await writeFile(join(archive, file), content);
  return file;
}

/** Every message as the catalogue has it, by the names that do not depend on row numbers. */
function rowsOf(archive: string): unknown[] {
  const db = new Database(join(archive, 'catalogue.sqlite'), { readonly: true });
  try {
    return db
      .prepare(
        `SELECT folders.account, folders.path, folders.role, folders.generation, folders.sidecar_octets,
           files.path AS file, files.octets, messages.* FROM messages JOIN folders ON folders.id = messages.folder_id
         LEFT JOIN files ON files.id = messages.file_id ORDER BY messages.folder_id, messages.number`,
      )
      .all()
      .map(row => ({ ...(row as object), file_id: null }));
  } finally {
    db.close();
  }
}
