import type { Database } from 'better-sqlite3';
import type { SearchHint } from '../../../shared/model/message-list.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { fold } from '../search/fold.ts';
import { matchExpression } from '../search/query/match-expression.ts';
import type { ParsedQuery } from '../search/query/parse-query.ts';
import type { SearchedKind } from '../search/query/query-words.ts';
import type { Placements } from './placements.ts';

export interface Found {
  /** One octet for each id of the placements: 1 where it is found. */
  readonly ids: Uint8Array;
  readonly hint: SearchHint | null;
}

/** A folder of mail, or of items with its number below zero. */
export interface SearchedFolder extends Pick<ArchivedFolder, 'id' | 'path' | 'role'> {
  readonly kind: SearchedKind;
}

export interface FindOptions {
  readonly index: Database;
  readonly placements: Placements;
  readonly folders: readonly SearchedFolder[];
  /** Whether there is a later version of an item. */
  readonly isOutdated: (folderId: number, number: number) => boolean;
  /** Only in this folder. */
  readonly folder: number | null;
  readonly query: ParsedQuery;
}

/** All messages and other items that a query means. FTS5 finds the words; folders and dates are compared in memory. */
export function findMessages({ index, placements, folders, isOutdated, folder, query }: FindOptions): Found {
  const { count } = placements;
  const isChosen = folderChoice(folders, folder, query);
  const ids = new Uint8Array(count + 1);
  const mark = (expression: string, value: 0 | 1): void => {
    for (const id of matches(index, expression)) if (id <= count) ids[id] = value;
  };
  const { wanted, excluded } = matchExpression(query.terms);
  if (wanted === null) ids.fill(1, 1);
  else mark(wanted, 1);
  if (excluded !== null) mark(excluded, 0);
  if (query.hasAttachment !== null) keepAttachments(index, ids, query.hasAttachment);
  const since = query.since === null ? -Infinity : query.since.getTime() / 1000;
  const until = query.until === null ? Infinity : query.until.getTime() / 1000;
  const isDated = query.since !== null || query.until !== null;
  for (let id = 1; id <= count; id += 1) {
    if (ids[id] === 0) continue;
    const date = placements.dateOf(id);
    const isInTime = !isDated || (date !== null && date >= since && date < until);
    const inFolder = placements.folderOf(id);
    if (!isInTime || !isChosen.has(inFolder) || isOutdated(inFolder, placements.numberOf(id))) ids[id] = 0;
  }
  const missing = query.folders.find(({ text }) => !folders.some(each => isNamed(each, text)));
  const hint = missing === undefined ? null : ({ kind: 'folder-not-found', text: missing.text } as const);
  return { ids, hint: query.hint ?? hint };
}

function matches(index: Database, expression: string): number[] {
  return index.prepare('SELECT rowid FROM words WHERE words MATCH ?').pluck().all(expression) as number[];
}

function keepAttachments(index: Database, ids: Uint8Array, wanted: boolean): void {
  const having = new Uint8Array(ids.length);
  for (const id of index.prepare('SELECT id FROM places WHERE attachments > 0').pluck().all() as number[]) {
    if (id < having.length) having[id] = 1;
  }
  for (let id = 1; id < ids.length; id += 1) if ((having[id] === 1) !== wanted) ids[id] = 0;
}

function folderChoice(
  folders: readonly SearchedFolder[],
  folder: number | null,
  query: ParsedQuery,
): ReadonlySet<number> {
  const wanted = query.folders.filter(({ excluded }) => !excluded);
  const excluded = query.folders.filter(each => each.excluded);
  const kinds = query.kinds.filter(each => !each.excluded).map(({ kind }) => kind);
  const otherKinds = query.kinds.filter(each => each.excluded).map(({ kind }) => kind);
  return new Set(
    folders
      .filter(({ kind }) => (kinds.length === 0 || kinds.includes(kind)) && !otherKinds.includes(kind))
      .filter(each => folder === null || each.id === folder)
      .filter(each => wanted.length === 0 || wanted.some(({ text }) => isNamed(each, text)))
      .filter(each => !excluded.some(({ text }) => isNamed(each, text)))
      .map(({ id }) => id),
  );
}

/** What people call the folders whose names differ between programs. */
const roleNames = {
  inbox: 'inbox posta in arrivo ricevuta',
  drafts: 'drafts bozze',
  sent: 'sent posta inviata',
  junk: 'junk spam posta indesiderata',
  trash: 'trash cestino posta eliminata',
  archive: 'archive archivio',
} as const;

function isNamed({ path, role }: SearchedFolder, text: string): boolean {
  const folded = fold(text);
  return fold(path.join('/')).includes(folded) || (role !== null && roleNames[role].includes(folded));
}
