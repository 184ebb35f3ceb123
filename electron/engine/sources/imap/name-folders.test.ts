import { expect, test } from 'vitest';
import type { ListedMailbox } from './list-mailboxes.ts';
import { nameFolders } from './name-folders.ts';

function listed(name: string, separator: string | null = '.', ...attributes: readonly string[]): ListedMailbox {
  return { name, separator, attributes: new Set(attributes), status: null };
}

function pathsOf(
  mailboxes: readonly ListedMailbox[],
  personal: readonly string[] | null,
  foreign: readonly string[] = [],
) {
  return nameFolders(mailboxes, personal === null ? null : { personal, foreign }).folders.map(({ path }) => path);
}

test('a namespace prefix is no part of a name; a folder below the inbox stays there', () => {
  const mailboxes = [
    listed('INBOX'),
    listed('INBOX.Sent'),
    listed('INBOX.Sent.2019'),
    listed('INBOX.INBOX'),
    listed('Altro'),
  ];
  expect(pathsOf(mailboxes, ['INBOX.'])).toEqual([
    ['INBOX'],
    ['Sent'],
    ['Sent', '2019'],
    ['INBOX', 'INBOX'],
    ['Altro'],
  ]);
  expect(pathsOf([listed('INBOX', '/'), listed('inbox/Sotto', '/')], [''])).toEqual([['INBOX'], ['INBOX', 'Sotto']]);
});

test('without NAMESPACE the prefix shows when everything lies below the inbox', () => {
  expect(pathsOf([listed('INBOX'), listed('INBOX.Sent')], null)).toEqual([['INBOX'], ['Sent']]);
  expect(pathsOf([listed('INBOX'), listed('INBOX.Sent'), listed('Altro')], null)).toEqual([
    ['INBOX'],
    ['INBOX', 'Sent'],
    ['Altro'],
  ]);
});

test('other people’s mailboxes are named, not copied', () => {
  const mailboxes = [
    listed('INBOX', '/'),
    listed('/home/capo', '/'),
    listed('/home/capo/Inbox', '/'),
    listed('homework', '/'),
  ];
  const { folders, problems } = nameFolders(mailboxes, { personal: [''], foreign: ['/home/'] });
  expect(folders.map(({ path }) => path)).toEqual([['INBOX'], ['homework']]);
  expect(problems).toMatchObject([{ code: 'FOLDER_SKIPPED', details: { folder: '/home/', folders: 2 } }]);
});

test('what the server says of a role beats the name, and each role is given once', () => {
  const { folders } = nameFolders(
    [
      listed('INBOX'),
      listed('Sent'),
      listed('Posta inviata', '.', '\\sent'),
      listed('Cestino'),
      listed('Trash'),
      listed('Lavoro.Bozze'),
      listed('Spazzatura', '.', '\\spam'),
      listed('Vecchie', '.', '\\noselect'),
    ],
    { personal: [''], foreign: [] },
  );
  expect(folders.map(({ sourceName, role, selectable }) => [sourceName, role, selectable])).toEqual([
    ['INBOX', 'inbox', true],
    ['Sent', null, true],
    ['Posta inviata', 'sent', true],
    ['Cestino', 'trash', true],
    ['Trash', null, true],
    ['Lavoro.Bozze', null, true],
    ['Spazzatura', 'junk', true],
    ['Vecchie', null, false],
  ]);
});

test('two names that read alike stay two folders, each with its own octets', () => {
  const { folders, octetNames } = nameFolders([listed('R&-D'), listed('R&D'), listed('a..b'), listed('a.b')], null);
  expect(new Set(folders.map(({ path }) => path.join('\n'))).size).toBe(4);
  expect(folders.map(({ sourceName }) => octetNames.get(sourceName))).toEqual(['R&-D', 'R&D', 'a..b', 'a.b']);
});

test('without a separator a name is one level', () => {
  expect(pathsOf([listed('a/b.c', null)], [''])).toEqual([['a/b.c']]);
});
