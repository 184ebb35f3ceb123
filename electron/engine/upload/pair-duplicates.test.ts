import { expect, test } from 'vitest';
import { pairDuplicates } from './pair-duplicates.ts';
import type { DuplicateCopy } from './pair-duplicates.ts';

const mailbox = 'imap://anna@old';
const pst = 'pst:1';
function copy(account: string, folderId: number, number: number, more: Partial<DuplicateCopy> = {}): DuplicateCopy {
  const path = [`cartella ${folderId}`];
  const fromFile = account === pst;
  return { folderId, number, account, path, role: null, done: false, synthesised: fromFile, fromFile, ...more };
}
const told = (copies: readonly DuplicateCopy[]): string[] =>
  pairDuplicates(copies).map(
    ({ leftOut, by, why }) => `${leftOut.folderId}/${leftOut.number} by ${by.folderId}/${by.number}: ${why}`,
  );

test('the original stands for the one that was put together, whichever was archived first', () => {
  expect(told([copy(pst, 1, 1), copy(mailbox, 2, 1)])).toEqual(['1/1 by 2/1: original']);
});

test('what is at the target already stands for the original', () => {
  expect(told([copy(pst, 1, 1, { done: true }), copy(mailbox, 2, 1)])).toEqual(['2/1 by 1/1: there']);
});

test('of two that are both there nothing is said', () => {
  expect(told([copy(pst, 1, 1, { done: true }), copy(mailbox, 2, 1, { done: true })])).toEqual([]);
});

test('two of one account are two, and of three and two three go', () => {
  expect(told([copy(mailbox, 1, 1), copy(mailbox, 1, 2)])).toEqual([]);
  const three = [copy(mailbox, 1, 1), copy(mailbox, 1, 2), copy(pst, 2, 1), copy(pst, 2, 2), copy(pst, 2, 3)];
  expect(told(three)).toEqual(['2/1 by 1/1: original', '2/2 by 1/2: original']);
});

test('one that was sent beside its double leaves no room for a third', () => {
  const done = { done: true };
  const copies = [copy(mailbox, 1, 1, done), copy(pst, 2, 1, done), copy(mailbox, 1, 2)];
  expect(told(copies)).toEqual([]);
});

test('the one in the same folder is taken before another', () => {
  const sent = { role: 'sent' } as const;
  const copies = [copy(mailbox, 1, 1), copy(mailbox, 3, 1, sent), copy(pst, 4, 1, sent), copy(pst, 5, 1)];
  expect(told(copies)).toEqual(['4/1 by 3/1: original', '5/1 by 1/1: original']);
});
