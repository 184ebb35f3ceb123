import { expect, test } from 'vitest';
import { exportNames } from './export-names.ts';

const namesOf = (...paths: string[][]): string[] =>
  [...exportNames(paths.map((path, id) => ({ id, account: 'imap://anna@old', path }))).values()].map(names =>
    names.join('/'),
  );

test.each([
  ['CON', 'CON-'],
  ['lpt1.txt', 'lpt1.txt-'],
  ['a/b\\c:d', 'a-b-c-d'],
  ['..', 'folder'],
  ['  nome.  ', 'nome'],
  ['Citta\u0300', 'Città'],
  ['\u202Etxt.exe', '-txt.exe'],
  ['a.mbox', 'a.mbox-'],
  ['00000001.eml', '00000001.eml-'],
  [`${'x'.repeat(79)}. y`, 'x'.repeat(79)],
  [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
])('%j is written as %j', (segment, name) => {
  expect(namesOf([segment])).toEqual([name]);
});

test('no two folders share a name on a system that ignores case, and children stay below their parent', () => {
  expect(namesOf(['Posta'], ['posta'], ['posta', 'a'], ['a:b'], ['a?b'])).toEqual([
    'Posta',
    'posta (2)',
    'a-b',
    'a-b (2)',
    'posta (2)/a',
  ]);
});

test('two accounts with folders of the same name have a folder each', () => {
  const named = exportNames([
    { id: 1, account: 'imap://anna@old', path: ['INBOX'] },
    { id: 2, account: 'imap://anna@new', path: ['INBOX'] },
  ]);
  expect([...named.values()].map(names => names.join('/'))).toEqual(['imap---anna@old/INBOX', 'imap---anna@new/INBOX']);
});
