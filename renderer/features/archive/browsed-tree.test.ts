import { expect, test } from 'vitest';
import { browsedTree } from './browsed-tree.ts';

const words = { all: 'Tutti i messaggi', inbox: 'Posta in arrivo' };
const folder = (number: number, path: string[], account = 'imap://anna@ente.it') => ({
  folder: number,
  account,
  path,
  role: null,
  selectable: true,
  messages: 2,
  unread: 1,
  octets: 10,
});
const rowsOf = (...folders: ReturnType<typeof folder>[]) =>
  browsedTree({ folders, messages: 2 * folders.length }, words, 'it');

test('all messages come first, then the inbox by the name people know', () => {
  const rows = rowsOf(folder(1, ['Archivio']), folder(2, ['INBOX']), folder(3, ['INBOX', 'Vecchi']));
  expect(rows.map(({ name, folder: { folder: number } }) => [name, number])).toEqual([
    ['Tutti i messaggi', null],
    ['Posta in arrivo', 2],
    ['Archivio', 1],
  ]);
  expect(rows[0]?.folder).toMatchObject({ messages: 6, unread: 3 });
  expect(rows[1]?.children.map(({ name }) => name)).toEqual(['Vecchi']);
});

test('a folder of the inbox’s Italian name keeps it for itself, and one called as all messages stays a folder', () => {
  const rows = rowsOf(folder(1, ['INBOX']), folder(2, ['Posta in arrivo']), folder(3, ['Tutti i messaggi']));
  expect(rows.map(({ name }) => name).sort()).toEqual([
    'INBOX',
    'Posta in arrivo',
    'Tutti i messaggi',
    'Tutti i messaggi',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
});

test('mail of several accounts stands beneath each account', () => {
  const rows = rowsOf(folder(1, ['INBOX']), folder(2, ['INBOX'], 'imap://luca@ente.it'));
  expect(rows.slice(1).map(({ name, children }) => [name, children[0]?.folder.folder])).toEqual([
    ['anna su ente.it', 1],
    ['luca su ente.it', 2],
  ]);
});
