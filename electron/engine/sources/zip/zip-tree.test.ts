import { expect, test } from 'vitest';
import { octetsOf } from '../files/file-tree.ts';
import { readSource } from '../files/testing/read-source.ts';
import { mboxSource } from '../mbox/mbox-source.ts';
import type { ZipEntry, ZipFile } from './zip-file.ts';
import { zipTree } from './zip-tree.ts';

const { signal } = new AbortController();
const message = 'From: anna@esempio.it\nSubject: prova\n\nciao\n';
const mbox = `From a@b Mon Mar  4 08:15:00 2019\n${message}\n`.repeat(3);

/** A ZIP that says and gives what it likes. */
function zipOf(files: readonly (Partial<ZipEntry> & { readonly name: string; readonly octets?: Buffer })[]): ZipFile {
  return {
    async *entries() {
      for (const { octets = Buffer.alloc(0), ...entry } of files) {
        yield await Promise.resolve({
          size: octets.length,
          compressedSize: octets.length,
          modified: null,
          encrypted: false,
          link: false,
          ...entry,
        });
      }
    },
    async read({ name }) {
      const octets = files.find(file => file.name === name)?.octets ?? Buffer.alloc(0);
      return await Promise.resolve(inPieces(octets));
    },
    close: () => Promise.resolve(),
  };
}

async function* inPieces(octets: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < octets.length; at += 7) yield await Promise.resolve(octets.subarray(at, at + 7));
}

test('a source reads in a ZIP what it reads on the disk', async () => {
  const tree = zipTree(
    zipOf([{ name: 'backup/' }, { name: 'backup/Inbox.mbox', octets: Buffer.from(mbox) }]),
    '/x/a.zip',
  );
  const { messages } = await readSource(mboxSource(tree, 'mbox:test'));
  expect(messages.map(({ text }) => text)).toEqual([message, message, message]);
});

test('names that would lead out of a folder, links and encrypted entries are named and not read', async () => {
  const names = ['../a', 'b/../../c', '/etc/passwd', 'C:\\x', 'c:x', 'a\\..\\b', 'nul\0'];
  const tree = zipTree(
    zipOf([
      ...names.map(name => ({ name })),
      { name: 'link', link: true },
      { name: 'secret', encrypted: true },
      { name: 'good', octets: Buffer.from('x') },
    ]),
    '/x/a.zip',
  );
  const { files, problems } = await tree.list(signal);
  expect(files.map(({ path }) => path.join('/'))).toEqual(['good']);
  expect(problems.map(({ details }) => details['reason'])).toEqual([
    ...names.map(() => 'unsafe-name'),
    'link',
    'encrypted',
  ]);
});

test('all encrypted is told as such', async () => {
  await expect(zipTree(zipOf([{ name: 'a', encrypted: true }]), '/x/a.zip').list(signal)).rejects.toMatchObject({
    problem: { code: 'INPUT_FILE_ENCRYPTED' },
  });
});

test('too many entries, and octets that come out of nothing, end it', async () => {
  const limits = { entries: 3, ratio: 10, freeOctets: 100 };
  const many = zipOf(Array.from({ length: 4 }, (_, index) => ({ name: String(index) })));
  await expect(zipTree(many, '/x/a.zip', limits).list(signal)).rejects.toMatchObject({
    problem: { code: 'INPUT_FILE_INVALID', details: { reason: 'too-many-entries' } },
  });
  // The directory says 10 octets.
  const bomb = zipOf([{ name: 'bomb', octets: Buffer.alloc(5000), size: 10, compressedSize: 10 }]);
  const [file] = (await zipTree(bomb, '/x/a.zip', limits).list(signal)).files;
  const opened = await file?.open();
  const reading = async () => {
    if (opened !== undefined)
      for await (const piece of octetsOf(opened, 0, 5000)) expect(piece.length).toBeGreaterThan(0);
  };
  await expect(reading()).rejects.toMatchObject({ problem: { details: { reason: 'inflates-too-much' } } });
});

test('reading back and forth gives the octets of the place', async () => {
  const octets = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const [file] = (await zipTree(zipOf([{ name: 'a', octets }]), '/x/a.zip').list(signal)).files;
  const opened = await file?.open();
  for (const [position, length] of [
    [0, 10],
    [10, 5],
    [200, 100],
    [3, 4],
    [3, 4],
    [0, 256],
    [300, 1],
  ] as const) {
    expect(await opened?.read(position, length)).toEqual(octets.subarray(position, position + length));
  }
});
