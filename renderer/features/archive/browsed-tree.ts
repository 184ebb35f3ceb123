import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { accountLabel } from '../../../shared/words/account-label.ts';
import type { Language } from '../../../shared/words/language.ts';
import { treeOf } from '../choose/folder-rows.ts';
import type { FolderRow } from '../choose/folder-rows.ts';

/** A folder of an archive as the tree shows it. */
export interface BrowsedFolder {
  /** As in `ArchiveView.folders`; null stands for all messages, and for the name of an account. */
  readonly folder: number | null;
  readonly path: FolderPath;
  readonly selectable: boolean;
  readonly messages: number;
  readonly unread: number;
}

/** All messages, then the folders; beneath their accounts where the archive holds mail of several. */
export function browsedTree(
  { folders, messages }: Pick<ArchiveView, 'folders' | 'messages'>,
  words: { readonly all: string; readonly inbox: string },
  language: Language,
): readonly FolderRow<BrowsedFolder>[] {
  const accounts = [...new Set(folders.map(({ account }) => account))];
  const several = accounts.length > 1;
  const heads = several ? accounts.map(account => headOf(accountLabel(account, language))) : [];
  const unread = folders.reduce((sum, each) => sum + each.unread, 0);
  const all: BrowsedFolder = { folder: null, path: [words.all], selectable: true, messages, unread };
  const taken = folders.some(({ path }) => path[0] === words.inbox);
  const named = folders.map((folder): BrowsedFolder => {
    // RFC 3501 calls every inbox INBOX; no person does.
    const isInbox = folder.path[0] === 'INBOX' && !taken;
    const path = isInbox ? [words.inbox, ...folder.path.slice(1)] : folder.path;
    return { ...folder, path: several ? [accountLabel(folder.account, language), ...path] : path };
  });
  const [first] = treeOf([all]);
  // By themselves: a folder may be called as the entry for all of them is.
  const others = treeOf([...heads, ...named]).toSorted((a, b) => Number(isInbox(b)) - Number(isInbox(a)));
  return first === undefined ? others : [{ ...first, key: 'all' }, ...others];

  function isInbox(row: FolderRow<BrowsedFolder>): boolean {
    return row.folder.folder !== null && row.name === words.inbox;
  }
}

function headOf(name: string): BrowsedFolder {
  return { folder: null, path: [name], selectable: false, messages: 0, unread: 0 };
}
