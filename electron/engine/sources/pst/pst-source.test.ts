import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tag } from './ltp/property-ids.ts';
import { unicode4kFormat, unicodeFormat } from './ndb/file-format.ts';
import { readerOfBuffer } from './ndb/file-reader.ts';
import { openPstSource } from './pst-source.ts';
import { fileAttachment, mailProperties } from './testing/draft-items.ts';
import { readSource, readThrough } from './testing/read-source.ts';
import { createStoreWriter, firstItem, property, testRecordKey } from './testing/store-writer.ts';

const key = (index: number): string => String(firstItem + 0x20 * index);

test('folders, flags, keywords and times as a mailbox would say them', async () => {
  const writer = createStoreWriter(unicodeFormat, 1);
  const categories = writer.named('publicStrings', 'Keywords');
  const file = writer.finish([
    {
      name: 'Posta in arrivo',
      items: [
        writer.item(mailProperties('read', property.number(tag.messageFlags, 0x1))),
        writer.item(mailProperties('draft', property.number(tag.messageFlags, 0x8))),
        writer.item(
          mailProperties('answered', property.number(tag.lastVerbExecuted, 103), property.number(tag.flagStatus, 2)),
        ),
        writer.item(
          mailProperties('forwarded', property.number(tag.lastVerbExecuted, 104), property.number(tag.flagStatus, 1)),
        ),
        writer.item(mailProperties('sorted', property.texts(categories, ['Città metropolitana', 'a(b)']))),
      ],
      folders: [{ name: 'Uffici/Enti', items: [] }],
    },
    {
      name: 'Contatti',
      containerClass: 'IPF.Contact',
      items: [writer.item([property.text(tag.messageClass, 'IPM.Contact')])],
    },
  ]);
  const { source, folders, messages, items, problems } = await readThrough(readerOfBuffer(file));
  expect(source.account).toBe(`pst:${testRecordKey}`);
  expect(folders).toEqual(['Posta in arrivo', 'Posta in arrivo/Uffici/Enti']);
  expect(problems).toEqual([]);
  expect(messages.map(({ entry }) => [entry.key, entry.flags, entry.keywords, entry.internalDate])).toEqual([
    [key(0), ['\\Seen'], [], '2024-03-04T08:15:00+00:00'],
    [key(1), ['\\Draft'], [], '2024-03-04T08:15:00+00:00'],
    [key(2), ['\\Seen', '\\Answered', '\\Flagged'], [], '2024-03-04T08:15:00+00:00'],
    [key(3), ['\\Seen'], ['$Forwarded'], '2024-03-04T08:15:00+00:00'],
    [key(4), ['\\Seen'], ['Citta_metropolitana', 'a_b_'], '2024-03-04T08:15:00+00:00'],
  ]);
  expect(items.map(item => [item.key, item.kind, item.folder])).toEqual([[key(5), 'contact', ['Contatti']]]);
});

test('roles and counts are known before anything is taken; a folder opens by its true path', async () => {
  const writer = createStoreWriter(unicodeFormat);
  const mail = writer.item(mailProperties('x'));
  const file = writer.finish([
    { name: 'Posta in arrivo', items: [mail, mail] },
    { name: 'Posta inviata', items: [] },
    { name: 'Doppia', items: [mail] },
    { name: 'Doppia', items: [] },
  ]);
  const { source } = await readThrough(readerOfBuffer(file));
  const { signal } = new AbortController();
  const { folders } = await source.listFolders(signal);
  expect(folders.map(folder => [folder.path, folder.role, folder.status?.messages])).toEqual([
    [['Posta in arrivo'], 'inbox', 2],
    [['Posta inviata'], 'sent', 0],
    [['Doppia'], null, 1],
    [['Doppia (2)'], null, 0],
  ]);
  const [first] = folders;
  if (first === undefined) throw new Error('no folder');
  expect(await source.openFolder(first, signal)).toMatchObject({ messages: 2, generation: testRecordKey });
  await expect(source.openFolder({ ...first, path: ['Gone'] }, signal)).rejects.toMatchObject({
    code: 'FOLDER_VANISHED',
  });
});

test('a message whose properties are gone is offered, fails by name, and costs no other', async () => {
  const writer = createStoreWriter(unicodeFormat);
  const file = writer.finish([
    {
      name: 'Inbox',
      items: [
        writer.item(mailProperties('good')),
        { dataBid: writer.nodes.block(Buffer.from('no heap')), subnodesBid: 0 },
        { dataBid: 0x7ffc, subnodesBid: 0 },
        writer.item(mailProperties('also good')),
      ],
    },
  ]);
  const { messages } = await readThrough(readerOfBuffer(file));
  expect(messages.map(({ entry, octets }) => [entry.key, octets === null])).toEqual([
    [key(0), false],
    [key(1), true],
    [key(2), true],
    [key(3), false],
  ]);
});

test('a contents list of thousands of rows and a large attachment, in every layout of pages', async () => {
  const large = Buffer.alloc(3_000_000, 'large ');
  for (const format of [unicodeFormat, unicode4kFormat]) {
    const writer = createStoreWriter(format, 2);
    const many = Array.from({ length: 2_500 }, (_, index) => writer.item(mailProperties(`number ${index}`)));
    const file = writer.finish([
      { name: 'Many', items: many },
      { name: 'Large', items: [writer.item(mailProperties('large'), [], [fileAttachment('large.bin', large)])] },
    ]);
    const { messages, problems } = await readThrough(readerOfBuffer(file));
    expect(problems).toEqual([]);
    expect(messages).toHaveLength(2_501);
    expect(messages[2_499]?.octets?.toString('latin1')).toContain('Subject: number 2499\r\n');
    const encoded =
      /base64\r\n[^]*?\r\n\r\n([^]*?)\r\n--/.exec(messages[2_500]?.octets?.toString('latin1') ?? '')?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').equals(large)).toBe(true);
  }
});

test('from a file: the same octets each time, and the file stays as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pst-source-'));
  try {
    const path = join(folder, 'Posta di Anna.pst');
    const writer = createStoreWriter(unicodeFormat, 1);
    const item = writer.item(
      mailProperties('x', property.text(tag.body, 'y')),
      [],
      [fileAttachment('a', Buffer.from('b'))],
    );
    await writeFile(path, writer.finish([{ name: 'Inbox', items: [item] }]), { mode: 0o400 });
    const source = await openPstSource(path);
    const first = await readSource(source);
    const second = await readSource(source);
    await source.close();
    expect(second.messages).toEqual(first.messages);
    expect(first.messages).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a file that is not there, a folder, and another kind of file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pst-source-'));
  try {
    const path = join(folder, 'posta.pst');
    await expect(openPstSource(path)).rejects.toMatchObject({
      problem: { code: 'INPUT_FILE_INVALID', details: { file: 'posta.pst', reason: 'not-found' } },
    });
    await writeFile(path, 'From - Mon Jan  1 10:00:00 2024\n');
    await expect(openPstSource(path)).rejects.toMatchObject({
      problem: { code: 'INPUT_FILE_WRONG_KIND', details: { file: 'posta.pst', reason: 'not-a-pst' } },
    });
    await expect(openPstSource(folder)).rejects.toMatchObject({ problem: { details: { reason: 'is-a-folder' } } });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an abort is heeded between messages', async () => {
  const writer = createStoreWriter(unicodeFormat);
  const mail = writer.item(mailProperties('x'));
  const { source } = await readThrough(readerOfBuffer(writer.finish([{ name: 'Inbox', items: [mail, mail] }])));
  const [folder] = (await source.listFolders(new AbortController().signal)).folders;
  if (folder === undefined) throw new Error('no folder');
  const controller = new AbortController();
  const open = await source.openFolder(folder, controller.signal);
  const fetching = open.fetch([key(0), key(1)], controller.signal)[Symbol.asyncIterator]();
  expect((await fetching.next()).done).toBe(false);
  controller.abort();
  await expect(fetching.next()).rejects.toMatchObject({ name: 'AbortError' });
});
