import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import { fileProblem, fileReason } from '../files/file-problem.ts';
import { fileMark, headOf } from '../files/file-tree.ts';
import type { FileTree, TreeFile } from '../files/file-tree.ts';
import type { SourceItem, SourceItemFolder } from '../item-source.ts';
import type { MailSource } from '../mail-source.ts';
import { indexTable, unknownHeadings } from './csv/index-table.ts';
import { indexCalendar } from './index-calendar.ts';
import { indexVcards } from './index-vcards.ts';
import { folderNameOf } from './indexed-item.ts';
import type { FileContents, IndexedItem } from './indexed-item.ts';
import { kindOfText, textHeadOctets, unknownTable } from './kind-of-text.ts';
import { openTextFile } from './text-file.ts';

/** Items of one file, with the path they are archived under. */
interface ItemFolder extends SourceItemFolder {
  readonly file: TreeFile;
  readonly contents: readonly IndexedItem[];
}

interface ItemIndex {
  readonly folders: readonly ItemFolder[];
  readonly problems: readonly Problem[];
}

/**
 * Contacts, calendars and tasks in files: vCard, iCalendar, lists as CSV; one of them, a folder of them, or a ZIP. There
 * is no mail in them. One pass learns where in each file which item lies; each is read when it is asked for.
 */
export function itemFileSource(tree: FileTree, account: string): MailSource {
  let known: ItemIndex | null = null;
  return {
    account,
    async listFolders(signal) {
      known = await indexTree(tree, signal);
      return { folders: [], problems: known.problems };
    },
    openFolder: ({ path }) => Promise.reject(new TravasoError('FOLDER_VANISHED', { folder: displayPath(path) })),
    items: {
      async listFolders(signal) {
        known ??= await indexTree(tree, signal);
        // What there is to say was said with the folders of mail.
        return { folders: known.folders.map(sourceFolder), problems: [] };
      },
      async *open({ kind, path }, signal) {
        known ??= await indexTree(tree, signal);
        const folder = known.folders.find(each => each.kind === kind && folderKey(each.path) === folderKey(path));
        if (folder === undefined) throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(path) });
        yield* itemsOf(folder, signal);
      },
    },
    close: () => tree.close(),
  };
}

function sourceFolder({ kind, path, items, changeMark }: ItemFolder): SourceItemFolder {
  return { kind, path, items, changeMark };
}

async function* itemsOf({ file, kind, path, contents }: ItemFolder, signal: AbortSignal): AsyncGenerator<SourceItem> {
  const folder = displayPath(path);
  const opened = await openTextFile(file).catch((error: unknown) => {
    throw new TravasoError(
      'FOLDER_UNREADABLE',
      { folder, reason: fileReason(error) ?? 'not-readable' },
      { cause: error },
    );
  });
  try {
    for (const { key, read } of contents) {
      signal.throwIfAborted();
      yield {
        key,
        // Read each time, and compared by their octets: whatever there is to say of an item is said by every report.
        mark: null,
        read: async () => {
          const content = await read(opened, { folder, kind, item: key });
          // Where somebody wrote to the file meanwhile, the places in it are void.
          if (await opened.changed()) throw new TravasoError('FOLDER_UNREADABLE', { folder, reason: 'file-changed' });
          return content;
        },
      };
    }
  } finally {
    await opened.close();
  }
}

async function indexTree(tree: FileTree, signal: AbortSignal): Promise<ItemIndex> {
  const listing = await tree.list(signal);
  const folders: ItemFolder[] = [];
  const problems: Problem[] = [...listing.problems];
  const taken = new Set<string>();
  let others = 0;
  const unknown: TravasoError[] = [];
  for (const file of listing.files) {
    signal.throwIfAborted();
    const contents = await indexFile(file, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof TravasoError) {
        problems.push(error.problem);
        if (error.code === 'CSV_HEADINGS_UNKNOWN') unknown.push(error);
      } else problems.push(fileProblem('FILE_UNREADABLE', file.path.join('/'), error));
      return undefined;
    });
    if (contents === null) others += 1;
    if (contents === null || contents === undefined) continue;
    problems.push(...contents.problems);
    for (const { kind, name, items } of contents.folders) {
      if (items.length === 0) continue;
      const path = freePath(kind, [...file.path.slice(0, -1), name], taken);
      folders.push({ kind, path, items: items.length, changeMark: fileMark(file), file, contents: items });
    }
  }
  if (folders.length === 0) {
    throw unknown[0] ?? new TravasoError('INPUT_FILE_WRONG_KIND', { file: tree.name, expected: 'items' });
  }
  if (others > 0) {
    problems.push({ code: 'ITEMS_LEFT_OUT', details: { file: tree.name, items: others, kind: 'other-files' } });
  }
  return { folders, problems };
}

/** Null for what is no file of items. */
async function indexFile(file: TreeFile, signal: AbortSignal): Promise<FileContents | null> {
  const fileName = file.path.join('/');
  if (file.size === 0) throw new TravasoError('FILE_UNREADABLE', { file: fileName, reason: 'empty' });
  const head = await headOf(file, textHeadOctets);
  const kind = kindOfText(head);
  if (kind === null) {
    const headings = /\.(?:csv|tsv)$/i.test(fileName) ? unknownTable(head) : null;
    if (headings !== null) throw unknownHeadings(fileName, headings);
    return null;
  }
  const named = { name: folderNameOf(file.path.at(-1) ?? ''), fileName };
  const opened = await openTextFile(file);
  try {
    switch (kind.format) {
      case 'vcf':
        return await indexVcards(opened, named, signal);
      case 'ics':
        return await indexCalendar(opened, named, signal);
      case 'csv':
        return await indexTable(opened, named);
    }
  } finally {
    await opened.close();
  }
}

/** Two exports of one calendar have the same name: they stay two. */
function freePath(kind: string, path: FolderPath, taken: Set<string>): FolderPath {
  const parents = path.slice(0, -1);
  const name = path.at(-1) ?? '';
  let free = path;
  for (let copy = 2; taken.has(`${kind} ${folderKey(free)}`); copy += 1) free = [...parents, `${name} (${copy})`];
  taken.add(`${kind} ${folderKey(free)}`);
  return free;
}
