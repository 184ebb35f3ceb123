import { expect, test } from 'vitest';
import { memoryTree } from '../files/testing/memory-tree.ts';
import { readSource } from '../files/testing/read-source.ts';
import { maildirSource } from './maildir-source.ts';
import { parseMaildirName } from './maildir-name.ts';

const message = 'From: anna@esempio.it\nDate: Mon, 4 Mar 2019 09:15:00 +0100\n\nciao\n';
/** The memory tree's files are of 2020: saved later, as on a server that keeps INTERNALDATE as the file's time. */
const saved = 1_700_000_000;

const read = (files: Readonly<Record<string, string>>) => readSource(maildirSource(memoryTree(files), 'maildir:test'));

test('Maildir++ as Dovecot keeps it: folders, names in modified UTF-7, flags, keywords of each folder', async () => {
  const { messages, folders } = await read({
    [`cur/${saved}.M1.host,S=66:2,FRSab`]: message,
    [`new/${saved}.M2.host`]: message,
    [`tmp/${saved}.M3.host`]: message,
    'dovecot-keywords': '0 $Forwarded\n1 Da-fare\n',
    'dovecot-uidlist': '3 V1 N3',
    [`.Attivit&AOA-.2023/cur/${saved}.M4.host:2,DPTa`]: message,
    '.Attivit&AOA-.2023/dovecot-keywords': '0 Urgente\n',
    '.Vuota/cur/.keep': '',
  });
  expect(folders).toEqual(
    ['Attività/2023', 'Vuota', 'INBOX'].toSorted((a, b) => folders.indexOf(a) - folders.indexOf(b)),
  );
  expect(messages.map(({ folder, key, flags, keywords }) => [folder, key, ...flags, ...keywords])).toEqual([
    ['INBOX', `${saved}.M1.host,S=66 ${message.length}`, '\\Seen', '\\Answered', '\\Flagged', '$Forwarded', 'Da-fare'],
    ['INBOX', `${saved}.M2.host ${message.length}`],
    ['Attività/2023', `${saved}.M4.host ${message.length}`, '\\Deleted', '\\Draft', '$Forwarded', 'Urgente'],
  ]);
});

test('Courier keywords, and the home folder chosen instead of Maildir in it', async () => {
  const { messages, folders } = await read({
    'Maildir/cur/1.a:2,S': message,
    'Maildir/courierimapkeywords/:list': 'Urgente\nDa-fare\n\n1.a:0 1\n2.b:0\n',
    'Maildir/.Inviata/cur/2.b:2,': message,
    '.bashrc': 'x',
  });
  expect(folders).toEqual(['INBOX', 'Inviata']);
  expect(messages[0]?.keywords).toEqual(['Da-fare', 'Urgente']);
});

test('the file’s time is the date, unless every file is younger than its name: then the copy lost the times', async () => {
  const kept = await read({ [`cur/${saved}.a:2,`]: message, 'cur/1500000000.b:2,': message });
  expect(kept.messages.map(({ internalDate }) => internalDate)).toEqual([
    '2020-02-02T02:02:02+00:00',
    '2020-02-02T02:02:02+00:00',
  ]);
  const lost = await read({ 'cur/1500000000.b:2,': message, 'cur/1500000001.c:2,': 'Subject: x\n\n' });
  expect(lost.messages.map(({ internalDate }) => internalDate)).toEqual([
    '2019-03-04T09:15:00+01:00',
    '2020-02-02T02:02:02+00:00',
  ]);
});

test.each([':', ';', '!', '\uf03a', '\uf022'])('flags behind %j, which Windows and macOS make of the colon', colon => {
  expect(parseMaildirName(`1552000000.M1.host${colon}2,FS`)).toEqual({
    unique: '1552000000.M1.host',
    letters: 'FS',
    savedAt: 1_552_000_000,
  });
});

test('a message in new and in cur is kept twice; one copied anew in full is another; a tree without cur is refused', async () => {
  const keysOf = async (files: Record<string, string>) => (await read(files)).messages.map(({ key }) => key);
  const [key = ''] = await keysOf({ 'cur/1.a:2,S': message });
  expect(await keysOf({ 'cur/1.a:2,SF': message, 'new/1.a': message })).toEqual([key, `${key}.2`]);
  expect(await keysOf({ 'cur/1.a:2,S': message.slice(0, 20) })).not.toEqual([key]);
  await expect(read({ 'a.eml': message })).rejects.toMatchObject({ problem: { code: 'INPUT_FILE_WRONG_KIND' } });
});

test('Thunderbird’s Maildir: folders below folders lie in .sbd, and the names of its files end in .eml', async () => {
  const { messages, folders } = await read({
    'Mail/Progetti/cur/1551687300.eml': message,
    'Mail/Progetti.sbd/2023/cur/1551687301.eml': message,
    'Mail/Progetti.sbd/2023/tmp/1551687302.eml': message,
    'Mail/Progetti.msf': '// mork',
  });
  expect(folders.toSorted()).toEqual(['Mail/Progetti', 'Mail/Progetti/2023']);
  expect(messages).toHaveLength(2);
});
