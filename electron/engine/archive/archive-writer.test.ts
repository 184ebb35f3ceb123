import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { failOnce } from '../testing/failing-faults.ts';
import { archivePlace, contentOf, octetsIn, withArchive } from '../testing/test-archive.ts';
import { ArchiveWriter } from './archive-writer.ts';
import type { FolderDescription } from './archive-writer.ts';
import { storedFigures } from './catalogue/message-table.ts';
import type { FolderWriter } from './folder-writer.ts';
import { noFaults } from './no-faults.ts';
import { mailFormats } from './layout.ts';
import { rebuildCatalogue } from './rebuild.ts';

const inbox: FolderDescription = {
  ...{ account: 'imap://anna@old', path: ['INBOX'], role: 'inbox', sourceName: 'INBOX', separator: '/' },
  ...{ subscribed: true, selectable: true },
};

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text, 'latin1'));
}

async function store(
  folder: FolderWriter,
  key: number,
  octets: string,
  announcedSize: number | null = null,
): Promise<void> {
  const attributes = { internalDate: null, flags: [], keywords: [] };
  await folder.store({ key: String(key), announcedSize, ...attributes }, pieces(octets));
}

const hostile = [
  'Subject: a\r\n\r\nFrom qui\r\n>From là\r\n',
  'Subject: bare\n\nLF only, no end',
  '',
  '\n',
  'From the first octet',
  'Subject: \xe8\x00\xff\r\n\r\n\r\r\n\n',
];

test.each(mailFormats)('%s: what is committed is read back octet for octet after opening again', async mailFormat => {
  const root = archivePlace();
  await withArchive(
    root,
    async archive => {
      const writer = new ArchiveWriter(archive, noFaults);
      const folder = await writer.open(await writer.describe(inbox));
      for (const [index, octets] of hostile.entries()) await store(folder, index, octets);
      await writer.checkpoint();
    },
    { mailFormat },
  );
  expect(await octetsIn(root)).toEqual(hostile);
  expect(await withArchive(root, archive => archive.description.mailFormat)).toBe(mailFormat);
});

test.each(mailFormats)(
  '%s: what was written and not committed does not count, and leaves nothing behind',
  async mailFormat => {
    const root = archivePlace();
    await withArchive(
      root,
      async archive => {
        const writer = new ArchiveWriter(archive, noFaults);
        const described = await writer.describe(inbox);
        await store(await writer.open(described), 1, 'uno');
        await writer.checkpoint();
        const folder = await writer.open(described);
        const broken = folder.store(
          { key: '2', announcedSize: null, internalDate: null, flags: [], keywords: [] },
          (async function* () {
            yield await Promise.resolve(Buffer.alloc(3 * 1024 * 1024, 'x'));
            throw new TravasoError('CONNECTION_LOST', {});
          })(),
        );
        await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
        await store(folder, 3, 'tre');
        await writer.checkpoint();
        expect((await contentOf(archive)).map(({ message, octets }) => [message.number, octets])).toEqual([
          [1, 'uno'],
          [2, 'tre'],
        ]);
      },
      { mailFormat },
    );
    expect(await octetsIn(root)).toEqual(['uno', 'tre']);
  },
);

test('an mbox file is closed before it would grow past the limit, also one of an earlier run', async () => {
  const root = archivePlace();
  const bodies = ['a', 'b', 'c', 'd'].map(letter => letter.repeat(300));
  for (const half of [bodies.slice(0, 2), bodies.slice(2)]) {
    await withArchive(root, async archive => {
      const writer = new ArchiveWriter(archive, noFaults, 500);
      const folder = await writer.open(await writer.describe(inbox));
      for (const body of half) await store(folder, body.charCodeAt(0), body, body.length);
      await writer.checkpoint();
    });
  }
  expect(await octetsIn(root)).toEqual(bodies);
  const parts = ['inbox-0001.mbox', 'inbox-0001.2.mbox', 'inbox-0001.3.mbox', 'inbox-0001.4.mbox'];
  for (const part of parts) expect(readFileSync(join(root, 'data', 'mail', part)).length).toBeLessThan(500);
});

test('a file that is filled while a checkpoint is under way keeps the messages written behind that checkpoint', async () => {
  const root = archivePlace();
  const rollOver = 300_000;
  const small = Array.from({ length: 1000 }, (_, index) => `Numero ${index}\n`);
  const late = 'dopo il punto, prima della fine del file';
  const next = 'x'.repeat(rollOver);
  await withArchive(root, async archive => {
    const writer = new ArchiveWriter(archive, noFaults, rollOver);
    const folder = await writer.open(await writer.describe(inbox));
    for (const [index, octets] of small.entries()) await store(folder, index, octets);
    await writer.checkpointIfDue();
    // The checkpoint has begun and cannot have ended: these go into the same file, and then the file is full.
    await store(folder, 1000, late);
    await store(folder, 1001, next, next.length);
    await writer.checkpoint();
    const content = await contentOf(archive);
    expect(content.at(-2)?.octets).toBe(late);
  });
  expect(await octetsIn(root)).toEqual([...small, late, next]);
});

test('after a commit that failed nothing later is committed, so that no message is passed over', async () => {
  const root = archivePlace();
  const faults = failOnce('catalogue.commit', 2, new TravasoError('DISK_FULL', {}));
  await withArchive(
    root,
    async archive => {
      const writer = new ArchiveWriter(archive, faults);
      const described = await writer.describe(inbox);
      await writer.checkpoint();
      const folder = await writer.open(described);
      for (let key = 0; key < 1000; key += 1) await store(folder, key, `prima ${key}`);
      await writer.checkpointIfDue();
      await store(folder, 1000, 'dopo');
      // There is room again; but the group before is lost to this writer, and may not be jumped over.
      await expect(writer.checkpoint()).rejects.toMatchObject({ code: 'DISK_FULL' });
      await writer.abandon();
      expect(faults.happened).toBe(true);
      expect(storedFigures(archive.catalogue.db, described.id).messages).toBe(0);
    },
    { faults },
  );
  // Opening takes in what was written whole; a rebuilt catalogue must agree.
  const opened = await octetsIn(root);
  expect(opened.filter(text => text.startsWith('prima'))).toHaveLength(1000);
  await rebuildCatalogue(root, { faults: noFaults });
  expect(await octetsIn(root)).toEqual(opened);
});
