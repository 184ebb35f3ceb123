import { expect, test } from 'vitest';
import { memoryTree } from '../files/testing/memory-tree.ts';
import { readSource } from '../files/testing/read-source.ts';
import { maildirSource } from '../maildir/maildir-source.ts';
import { mboxSource } from './mbox-source.ts';

const message = 'From: anna@esempio.it\r\nSubject: prova\r\nMessage-ID: <1@esempio.it>\r\n\r\nciao\r\n';
const noted = `X-Mozilla-Status: 0005\r\nX-Mozilla-Status2: 00000000\r\nX-Mozilla-Keys: $label1 citt&aoa- ignota\r\n${message}`;
const mbox = (text = message): string => `From - Mon Mar 04 09:15:00 2019\r\n${text}\r\n`;
const prefs =
  'user_pref("mailnews.tags.citt&aoa-.tag", "Citt\\u00e0");\nuser_pref("mailnews.tags.$label1.tag", "Importante");\n';
const read = (files: Readonly<Record<string, string>>) => readSource(mboxSource(memoryTree(files), 'mbox:test'));

/** As Thunderbird writes an index, with the parts that matter here. */
const mork = (cell: string, texts = ''): string =>
  `// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> // (f=iso-8859-1)\n  (B8=folderName)(B9=flags)>\n\n<${texts}>\n{1:^80 {(k^96:c)(s=9)}\n  [1(^B9=4)${cell}]}\n`;

test('a folder whose name no file can bear has the one its index tells', async () => {
  const { folders } = await read({
    'Fatture 2019a1b2c3d4': mbox(),
    'Fatture 2019a1b2c3d4.msf': mork('(^B8=Fatture 2019/2020 $C3$A0 \\)x)'),
    'Fatture 2019a1b2c3d4.sbd/Altre0badf00d': mbox(),
    'Fatture 2019a1b2c3d4.sbd/Altre0badf00d.msf': mork('(^B8^A5)', '(A5=Altre: vecchie)'),
    deadbeef: mbox(),
    'deadbeef.msf': mork(''),
  });
  expect(folders.toSorted()).toEqual(['Fatture 2019/2020 à )x', 'Fatture 2019/2020 à )x/Altre: vecchie', 'deadbeef']);
});

test('or the one in the profile’s cache, whatever computer it was written on', async () => {
  const cache = {
    'C:\\Users\\anna\\p.default\\Mail\\Local Folders\\Fatture0badf00d.msf': { folderName: 'Fatture: 2019' },
  };
  const { folders } = await read({
    'prefs.js': '',
    'folderCache.json': JSON.stringify(cache),
    'Mail/Local Folders/Fatture0badf00d': mbox(),
    'Mail/Local Folders/Fatture0badf00d.msf': mork(''),
  });
  expect(folders).toEqual(['Local Folders/Fatture: 2019']);
});

test('what is left of a folder that was being written anew is named, and is no folder', async () => {
  const { folders, problems } = await read({ Inbox: mbox(), 'Inbox.msf': mork(''), nstmp: mbox(), 'nstmp-1': mbox() });
  expect(folders).toEqual(['INBOX']);
  expect(problems).toContainEqual({
    code: 'ITEMS_LEFT_OUT',
    details: { file: 'nstmp, nstmp-1', items: 2, kind: 'nstmp' },
  });
  expect((await read({ nstmp: mbox() })).folders).toEqual(['nstmp']);
});

test('tags have the names of the profile; the standard ones and those it does not know stay', async () => {
  const { messages } = await read({ 'prefs.js': prefs, 'Mail/Local Folders/Inbox': mbox(noted) });
  expect(messages[0]).toMatchObject({ flags: ['\\Seen', '\\Flagged'], keywords: ['$label1', 'Citta', 'ignota'] });
});

test('in its Maildir Thunderbird notes flags and tags within the files', async () => {
  const files = { 'prefs.js': prefs, 'Mail/Local Folders/Inbox/cur/1551687300000.eml': noted };
  const { messages } = await readSource(maildirSource(memoryTree(files), 'maildir:test'));
  expect(messages[0]).toMatchObject({ flags: ['\\Seen', '\\Flagged'], keywords: ['$label1', 'Citta', 'ignota'] });
});

test('and a folder of its Maildir whose name no file can bear has its true one', async () => {
  const cache = { '/home/anna/p/Mail/Local Folders/Bozze0badf00d.msf': { folderName: '.Bozze: 2019' } };
  const { folders, messages } = await readSource(
    maildirSource(
      memoryTree({
        'prefs.js': '',
        'folderCache.json': JSON.stringify(cache),
        'Mail/Local Folders/Fatture 2019a1b2c3d4/cur/1.eml': message,
        'Mail/Local Folders/Fatture 2019a1b2c3d4.msf': mork('(^B8=Fatture 2019/2020 R&D)'),
        'Mail/Local Folders/Fatture 2019a1b2c3d4.sbd/Vecchie/cur/2.eml': message,
        'Mail/Local Folders/Bozze0badf00d/cur/3.eml': message,
        'Mail/Local Folders/Protocollo20190304/cur/4.eml': message,
        'Mail/Local Folders/Protocollo20190304.msf': mork(''),
      }),
      'maildir:test',
    ),
  );
  expect(folders.map(folder => folder.replace('Mail/Local Folders/', '')).toSorted()).toEqual([
    '.Bozze: 2019',
    'Fatture 2019/2020 R&D',
    'Fatture 2019/2020 R&D/Vecchie',
    'Protocollo20190304',
  ]);
  expect(messages).toHaveLength(4);
});
