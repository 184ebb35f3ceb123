import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveOf, mail, withArchive } from '../testing/test-archive.ts';
import { allFolders } from './catalogue/folder-table.ts';
import { findMessage } from './catalogue/message-table.ts';
import { MessageReader } from './message-reader.ts';

const folders = Array.from({ length: 30 }, (_, index) => ({
  path: [`Cartella ${index}`],
  messages: [mail(String(index))],
}));

async function drain(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}

test('reading many folders one after the other, two at a time, keeps few files open', async () => {
  const root = await archiveOf(folders);
  await withArchive(root, async archive => {
    const { db } = archive.catalogue;
    const reader = new MessageReader(archive);
    const read = allFolders(db).map(folder => ({ folder, message: findMessage(db, folder.id, 1) }));
    const handles = (): number => readdirSync('/proc/self/fd').length;
    const before = process.platform === 'linux' ? handles() : 0;
    for (const [index, { folder, message }] of read.entries()) {
      const other = read[(index + 1) % read.length];
      if (message === null || other?.message == null) throw new Error('not archived');
      const first = reader.body(folder, message);
      const begun = await first.next();
      expect(await drain(reader.body(other.folder, other.message))).toContain('Subject');
      expect(begun.done).toBe(false);
      await drain(first);
    }
    if (process.platform === 'linux') expect(handles() - before).toBeLessThan(5);
    await reader.close();
  });
});

test('a file that is missing is named, and the next message is still read', async () => {
  const root = await archiveOf(folders.slice(0, 2));
  await withArchive(root, async archive => {
    const { db } = archive.catalogue;
    const reader = new MessageReader(archive);
    const [one, two] = allFolders(db);
    const [first, second] = [findMessage(db, 1, 1), findMessage(db, 2, 1)];
    if (one === undefined || two === undefined || first === null || second === null) throw new Error('not archived');
    const elsewhere = new MessageReader({ ...archive, root: join(root, 'elsewhere') });
    await expect(drain(elsewhere.body(one, first))).rejects.toMatchObject({ code: 'ARCHIVE_FILE_MISSING' });
    await elsewhere.close();
    expect(await drain(reader.body(two, second))).toContain('Subject: Numero 1');
    await reader.close();
  });
});
