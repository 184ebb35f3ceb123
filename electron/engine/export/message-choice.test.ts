import { expect, test } from 'vitest';
import { messageChoice } from './message-choice.ts';

const found = new Map([
  [1, new Set([4, 5])],
  [2, new Set([6])],
]);

test('nothing asked for is everything, a search what it found', () => {
  expect(messageChoice({ found: null, folder: null, messages: null })).toBeNull();
  expect(messageChoice({ found, folder: null, messages: null })).toEqual(found);
});

test('a folder is all of it, or what was found in it, which may be nothing', () => {
  expect(messageChoice({ found: null, folder: 2, messages: null })).toEqual(new Map([[2, null]]));
  expect(messageChoice({ found, folder: 2, messages: null })).toEqual(new Map([[2, new Set([6])]]));
  expect(messageChoice({ found, folder: 3, messages: null })).toEqual(new Map([[3, new Set()]]));
});

test('messages by name are those and no others', () => {
  const messages = [
    { folder: 1, number: 4 },
    { folder: 1, number: 9 },
    { folder: 3, number: 1 },
  ];
  expect(messageChoice({ found: null, folder: null, messages })).toEqual(
    new Map([
      [1, new Set([4, 9])],
      [3, new Set([1])],
    ]),
  );
});
