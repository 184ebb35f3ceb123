import { expect, test } from 'vitest';
import { assertEachMatches, folderFilter } from './folder-patterns.ts';

test.each<[string, string[], boolean]>([
  ['Progetti', ['Progetti'], true],
  ['Progetti', ['Progetti', '2020', 'Bandi'], true],
  ['Progetti', ['Progetti 2'], false],
  ['progetti', ['Progetti'], true],
  ['Posta*', ['Posta inviata'], true],
  ['Posta*', ['Archivio', 'Posta inviata'], false],
  ['*/2020', ['Progetti', '2020'], true],
  ['*/2020', ['Progetti', 'Bandi', '2020'], false],
  ['**/2020', ['Progetti', 'Bandi', '2020'], true],
  ['Anno ????', ['Anno 2020'], true],
  ['Anno ????', ['Anno 20/0'], false],
  ['C++ (a|b) [x].', ['C++ (a|b) [x].'], true],
  ['C++ (a|b) [x].', ['C++ a [x].'], false],
  ['Città', ['Citta\u0300'], true],
  ['Citta\u0300', ['Città'], true],
  ['**', ['due\nrighe'], true],
])('%j on %j: %s', (pattern, path, expected) => {
  expect(folderFilter([pattern])(path)).toBe(expected);
});

test('no pattern picks everything; of several, one is enough', () => {
  expect(folderFilter([])(['anything'])).toBe(true);
  expect(folderFilter(['a', 'b'])(['b'])).toBe(true);
});

test('a pattern that picks nothing is a typing error', () => {
  const paths = [['INBOX'], ['Posta inviata']];
  expect(() => assertEachMatches(['inbox', 'Posta*'], paths)).not.toThrow();
  expect(() => assertEachMatches(['inbox', 'Psota*'], paths)).toThrow('FOLDER_PATTERN_MATCHES_NOTHING');
});
