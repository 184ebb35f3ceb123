import { expect, test } from 'vitest';
import { memoryTree } from '../files/testing/memory-tree.ts';
import { readSource } from '../files/testing/read-source.ts';
import { emlSource } from './eml-source.ts';

const message = 'From: anna@esempio.it\r\nDate: Mon, 4 Mar 2019 09:15:00 +0100\r\nSubject: prova\r\n\r\nciao\r\n';

const read = (files: Readonly<Record<string, string | Buffer>>) => readSource(emlSource(memoryTree(files), 'eml:test'));

function emlx(body: string, flags: number, received: number | null = null, length: number = body.length): string {
  const date = received === null ? '' : `<key>date-received</key>\n<integer>${received}</integer>\n`;
  return `${length}        \n${body}<?xml version="1.0"?><plist version="1.0"><dict>\n${date}<key>flags</key>\n<integer>${flags}</integer></dict></plist>\n`;
}

test('each file is a message, each folder a folder; the date is Received, then Date, then the file’s', async () => {
  const { messages, folders, problems } = await read({
    'Inbox/a.eml': message,
    'Inbox/b.EML': `Received: by x; Sun, 3 Mar 2019 10:00:00 +0000\r\n${message}`,
    'Progetti/2023/c.eml': 'Subject: senza data\r\n\r\n',
    'Progetti/allegato.pdf': '%PDF',
    'mh/17': message,
    'mh/.mh_sequences': 'cur: 17',
    'mh/18': '\0\0',
  });
  expect(folders).toEqual(['INBOX', 'Progetti', 'Progetti/2023', 'mh']);
  expect(messages.map(({ folder, internalDate }) => `${folder} ${internalDate ?? ''}`)).toEqual([
    'INBOX 2019-03-04T09:15:00+01:00',
    'INBOX 2019-03-03T10:00:00+00:00',
    'Progetti/2023 2020-02-02T02:02:02+00:00',
    'mh 2019-03-04T09:15:00+01:00',
  ]);
  expect(messages[0]?.text).toBe(message);
  expect(problems).toEqual([{ code: 'ITEMS_LEFT_OUT', details: { file: 'tree', items: 3, kind: 'other-files' } }]);
});

test('.emlx: only the message, the flags and the date of the property list; what is not whole is named', async () => {
  const { messages, folders, problems } = await read({
    'V10/4F2A/Lavoro.mbox/9C/Data/1/Messages/1.emlx': emlx(message, 0x101, 1_551_687_300),
    'V10/4F2A/Lavoro.mbox/9C/Data/1/Messages/2.emlx': emlx(message, 8_590_195_732),
    'V10/4F2A/Lavoro.mbox/2023.mbox/9D/Data/Messages/3.partial.emlx': emlx(message, 0),
    'V10/4F2A/Lavoro.mbox/2023.mbox/9D/Data/Messages/4.emlx': `9999\n${message}`,
  });
  expect(folders).toEqual(['Lavoro', 'Lavoro/2023']);
  expect(messages.map(({ text }) => text)).toEqual([message, message, message, message]);
  expect(messages.map(({ flags, keywords }) => [...flags, ...keywords])).toEqual([
    ['\\Seen', '$Forwarded'],
    ['\\Answered', '\\Flagged'],
    [],
    [],
  ]);
  expect(messages[0]?.internalDate).toBe('2019-03-04T08:15:00+00:00');
  expect(problems).toEqual([{ code: 'MESSAGE_INCOMPLETE', details: { folder: 'Lavoro/2023', messages: 2 } }]);
});

test('a renamed file is the same message, a changed one another; copies are counted', async () => {
  const keysOf = async (files: Record<string, string>) => (await read(files)).messages.map(({ key }) => key);
  const [key] = await keysOf({ '1.eml': message });
  expect(await keysOf({ 'altro nome.eml': message })).toEqual([key]);
  expect(await keysOf({ '1.eml': `${message}!` })).not.toEqual([key]);
  expect(new Set(await keysOf({ '1.eml': message, '2.eml': message })).size).toBe(2);
});

test('what is no mail is refused; empty files and Outlook’s .msg are named, not passed over', async () => {
  await expect(read({ 'a.pdf': '%PDF', 'b.eml': '' })).rejects.toMatchObject({
    problem: { code: 'INPUT_FILE_WRONG_KIND' },
  });
  const { problems } = await read({ 'a.eml': message, 'b.eml': '', 'c.msg': '\xd0\xcf\x11\xe0' });
  expect(problems).toEqual([
    { code: 'FILE_UNREADABLE', details: { file: 'b.eml', reason: 'empty' } },
    { code: 'FILE_UNREADABLE', details: { file: 'c.msg', reason: 'outlook-msg' } },
  ]);
});
