import { expect, test } from 'vitest';
import { isEmpty, isSelected, nothingSelected, toggledMessage, withMessages } from './selection.ts';
import { restoredOf, wantedOf } from './wanted.ts';
import type { Listing } from './use-listing.ts';

const one = { folder: 1, number: 1 };
const eleven = { folder: 1, number: 11 };
const other = { folder: 11, number: 1 };
const listing: Listing = { folder: 4, question: null, sort: 'date', direction: 'descending' };

test('messages are told apart by folder and number', () => {
  const selection = withMessages(nothingSelected, [one, other]);
  expect([one, eleven, other].map(name => isSelected(selection, name))).toEqual([true, false, true]);
  expect(isEmpty(toggledMessage(toggledMessage(selection, one), other))).toBe(true);
});

test('out of a list that is chosen whole, a message is chosen alone', () => {
  const selection = toggledMessage({ kind: 'all' }, one);
  expect([isSelected(selection, one), isSelected(selection, other)]).toEqual([true, false]);
});

test('what is chosen is asked for by name, by folder, or by the search that found it', () => {
  const names = withMessages(nothingSelected, [one]);
  const everywhere = { ...listing, question: { query: 'verbale', here: false } };
  const here = { ...listing, question: { query: 'verbale', here: true } };
  expect(wantedOf(names, listing)).toEqual({ messages: [one] });
  expect(wantedOf({ kind: 'all' }, listing)).toEqual({ folder: 4 });
  expect(wantedOf({ kind: 'all' }, everywhere)).toEqual({ query: 'verbale', folder: null });
  expect(wantedOf({ kind: 'all' }, here)).toEqual({ query: 'verbale', folder: 4 });

  const folder = { path: ['Lavoro', 'Delibere'] };
  const all = { kind: 'all' } as const;
  expect(restoredOf(names, listing, folder)).toEqual({ folders: [], messages: [one], query: null });
  expect(restoredOf(all, listing, folder)).toEqual({ folders: ['Lavoro/Delibere'], messages: null, query: null });
  expect(restoredOf(all, everywhere, folder)).toEqual({ folders: [], messages: null, query: 'verbale' });
  expect(restoredOf(all, listing, null)).toEqual({ folders: [], messages: null, query: null });
});
