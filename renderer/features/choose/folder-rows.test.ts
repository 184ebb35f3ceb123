import { expect, test } from 'vitest';
import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import { branch, checkedState, toggled, treeOf, visibleRows } from './folder-rows.ts';
import type { FolderRow } from './folder-rows.ts';

const folder = (path: FolderPath, selectable = true) => ({
  path: [...path],
  role: null,
  selectable,
  messages: 1,
  octets: 10,
});
const keys = (...paths: FolderPath[]) => new Set(paths.map(folderKey));
function only(rows: readonly FolderRow[], name: string): FolderRow {
  const row = rows.flatMap(branch).find(candidate => candidate.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

test('children stand under their parent whatever the order, and one without a listed parent keeps its whole name', () => {
  const roots = treeOf([folder(['A', 'B']), folder(['A']), folder(['X', 'Y'])]);
  expect(roots.map(row => row.name)).toEqual(['A', 'X/Y']);
  expect(only(roots, 'B')).toMatchObject({ level: 2, name: 'B' });
});

test('a segment with a slash is one level, not two', () => {
  const roots = treeOf([folder(['A']), folder(['A', 'B / C'])]);
  expect(only(roots, 'B / C').level).toBe(2);
});

test('leaving out a folder leaves out what is below; taking back a part makes the parent mixed', () => {
  const roots = treeOf([folder(['A']), folder(['A', 'B']), folder(['A', 'C'])]);
  const none = toggled(only(roots, 'A'), new Set());
  expect(none).toEqual(keys(['A'], ['A', 'B'], ['A', 'C']));
  const some = toggled(only(roots, 'B'), none);
  expect(some).toEqual(keys(['A'], ['A', 'C']));
  expect(checkedState(only(roots, 'A'), some)).toBe('mixed');
  expect(toggled(only(roots, 'A'), some)).toEqual(keys());
});

test('a name that only holds folders is never left out by itself', () => {
  const roots = treeOf([folder(['A'], false), folder(['A', 'B'])]);
  expect(toggled(only(roots, 'A'), new Set())).toEqual(keys(['A', 'B']));
});

test('a closed folder hides what is below it and nothing else', () => {
  const roots = treeOf([folder(['A']), folder(['A', 'B']), folder(['C'])]);
  expect(visibleRows(roots, keys(['A'])).map(row => row.name)).toEqual(['A', 'C']);
});
