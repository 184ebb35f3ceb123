import { expect, test } from 'vitest';
import { folderKey } from '../../../shared/model/folder.ts';
import { roomNeeded, selectionOf } from './selection.ts';

const folders = [
  { path: ['A'], role: null, selectable: true, messages: 3, octets: 3000 },
  { path: ['B'], role: null, selectable: true, messages: null, octets: null },
  { path: ['C'], role: null, selectable: false, messages: null, octets: null },
];

test('a total is only said once every chosen folder has been counted', () => {
  expect(selectionOf(folders, new Set())).toEqual({ folders: 2, messages: null, octets: null });
  expect(selectionOf(folders, new Set([folderKey(['B'])]))).toEqual({ folders: 1, messages: 3, octets: 3000 });
});

test('the archive takes more room than the messages alone', () => {
  expect(roomNeeded({ folders: 1, messages: 3, octets: 3000 })).toBeGreaterThan(3000 + 3 * 2048 - 1);
  expect(roomNeeded({ folders: 1, messages: null, octets: null })).toBeNull();
  expect(roomNeeded({ folders: 1, messages: 3, octets: null })).toBeNull();
});

test('a file that does not tell the size of its messages needs room for its attachments in base64', () => {
  const uncounted = { folders: 1, messages: 3, octets: null };
  expect(roomNeeded(uncounted, 1_000_000)).toBeGreaterThan(1_000_000 * (4 / 3));
  expect(roomNeeded({ ...uncounted, octets: 3000 }, 1_000_000)).toBeLessThan(20_000);
});
