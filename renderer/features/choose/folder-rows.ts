import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { SurveyedFolder } from '../../../shared/model/mailbox.ts';

interface Named {
  readonly path: FolderPath;
}

/** A folder as the tree shows it. Parents come before their children, in the order the mailbox gave them. */
export interface FolderRow<F extends Named = SurveyedFolder> {
  readonly key: string;
  /** For the page: a name may hold anything, an id no space. */
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly folder: F;
  readonly parent: FolderRow<F> | null;
  readonly children: FolderRow<F>[];
}

/** The list as a tree. A folder whose parent is not listed stands at the level of its nearest listed one. */
export function treeOf<F extends Named>(folders: readonly F[]): readonly FolderRow<F>[] {
  const byKey = new Map<string, FolderRow<F>>();
  const roots: FolderRow<F>[] = [];
  const outermostFirst = [...folders].sort((a, b) => a.path.length - b.path.length);
  for (const folder of outermostFirst) {
    const parent = nearest(folder.path, byKey);
    const known = parent === null ? 0 : parent.folder.path.length;
    const row: FolderRow<F> = {
      key: folderKey(folder.path),
      id: `folder-${byKey.size}`,
      name: folder.path.slice(known).join('/'),
      level: parent === null ? 1 : parent.level + 1,
      folder,
      parent,
      children: [],
    };
    byKey.set(row.key, row);
    (parent?.children ?? roots).push(row);
  }
  return roots;
}

function nearest<R>(path: FolderPath, byKey: ReadonlyMap<string, R>): R | null {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const row = byKey.get(folderKey(path.slice(0, length)));
    if (row !== undefined) return row;
  }
  return null;
}

/** What is to be seen: everything but what lies beneath a closed folder. */
export function visibleRows<F extends Named>(
  roots: readonly FolderRow<F>[],
  closed: ReadonlySet<string>,
): readonly FolderRow<F>[] {
  const rows: FolderRow<F>[] = [];
  const add = (row: FolderRow<F>): void => {
    rows.push(row);
    if (!closed.has(row.key)) row.children.forEach(add);
  };
  roots.forEach(add);
  return rows;
}

/** The folder and everything beneath it. */
export function branch(row: FolderRow): readonly FolderRow[] {
  return [row, ...row.children.flatMap(branch)];
}

export type Checked = 'true' | 'false' | 'mixed';

export function checkedState(row: FolderRow, leftOut: ReadonlySet<string>): Checked {
  const folders = branch(row).filter(({ folder }) => folder.selectable);
  const out = folders.filter(({ key }) => leftOut.has(key)).length;
  return out === 0 ? 'true' : out === folders.length ? 'false' : 'mixed';
}

/** A folder that is not wholly chosen becomes so; one that is, is left out with all beneath it. */
export function toggled(row: FolderRow, leftOut: ReadonlySet<string>): ReadonlySet<string> {
  const leavesOut = checkedState(row, leftOut) === 'true';
  const next = new Set(leftOut);
  for (const { key, folder } of branch(row)) {
    if (!folder.selectable) continue;
    if (leavesOut) next.add(key);
    else next.delete(key);
  }
  return next;
}
