import { folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath, FolderRole } from '../../../../shared/model/folder.ts';
import { roleByName } from '../../imap/folder-role.ts';

export interface NamedFolder {
  readonly path: FolderPath;
  readonly role: FolderRole | null;
}

const inboxNames: ReadonlySet<string> = new Set(['inbox', 'posta in arrivo', 'in arrivo']);
/** `Inbox`, or `Local Folders/Inbox` in a profile with several accounts. */
const deepestRole = 2;

/**
 * Gives each folder a path of its own and its role, in the order given. `Inbox` becomes `INBOX` as on every server, so
 * that the same folder of an IMAP backup has the same name; files that would share a path are numbered.
 */
export function nameFolders(wished: readonly FolderPath[]): readonly NamedFolder[] {
  const taken = new Set<string>();
  const given = new Set<FolderRole>();
  return wished.map(segments => {
    const path = freePath(withInbox(segments), taken);
    taken.add(folderKey(path));
    const role = path.length <= deepestRole ? suggestedRole(segments.at(-1) ?? '') : null;
    if (role === null || given.has(role)) return { path, role: null };
    given.add(role);
    return { path, role };
  });
}

function withInbox([top = '', ...rest]: FolderPath): FolderPath {
  return [top.toUpperCase() === 'INBOX' ? 'INBOX' : top, ...rest];
}

function suggestedRole(name: string): FolderRole | null {
  return inboxNames.has(name.normalize('NFC').toLowerCase()) ? 'inbox' : roleByName(name);
}

function freePath(path: FolderPath, taken: ReadonlySet<string>): FolderPath {
  const parents = path.slice(0, -1);
  const name = path.at(-1) ?? '';
  let free = path;
  for (let copy = 2; taken.has(folderKey(free)); copy += 1) free = [...parents, `${name} (${copy})`];
  return free;
}
