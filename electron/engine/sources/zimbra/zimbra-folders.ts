import { folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath, FolderRole } from '../../../../shared/model/folder.ts';
import { numberOf, recordsOf, textOf } from '../../zimbra/json-values.ts';
import type { JsonRecord } from '../../zimbra/json-values.ts';

/** A folder as Zimbra itself knows it; IMAP shows it under the same path. */
export interface ZimbraFolder {
  readonly id: string;
  /** As IMAP names it: the folder with id 2 and what lies below it begin with `INBOX`. */
  readonly path: FolderPath;
  readonly kind: 'folder' | 'share' | 'search';
  /** By id, whatever the name or the language. */
  readonly role: FolderRole | null;
  /** False for calendars, address books, tasks, the briefcase and chats: IMAP does not show those. */
  readonly holdsMail: boolean;
  readonly messages: number;
  /** Octets of its messages, without those below it; null when the server does not say. */
  readonly bytes: number | null;
  /** Whose folder it is, where it is shared with the person. */
  readonly owner: string | null;
}

/** Ids are the same in every mailbox. */
const roleById: Readonly<Record<string, FolderRole>> = { 2: 'inbox', 3: 'trash', 4: 'junk', 5: 'sent', 6: 'drafts' };
const inboxId = '2';
/** IMAP hides them unless an administrator said otherwise, and what is in them is no mail. */
const chatsId = '14';
const mailViews: ReadonlySet<string | null> = new Set([null, 'message', 'conversation', 'unknown']);

/** Every folder of a GetFolderResponse but the root, outer ones first. */
export function readZimbraFolders(answer: JsonRecord): readonly ZimbraFolder[] {
  const [root] = recordsOf(answer['folder']);
  return root === undefined ? [] : [...below(root, [])];
}

/** Equal for the path that IMAP tells and the one that SOAP tells: Unicode has two ways of writing `è`. */
export function pathKey(path: FolderPath): string {
  return folderKey(path.map(segment => segment.normalize('NFC')));
}

function* below(parent: JsonRecord, path: FolderPath): Generator<ZimbraFolder> {
  for (const kind of ['folder', 'share', 'search'] as const) {
    for (const element of recordsOf(parent[kind === 'share' ? 'link' : kind])) {
      const folder = read(element, kind, path);
      yield folder;
      yield* below(element, folder.path);
    }
  }
}

function read(element: JsonRecord, kind: ZimbraFolder['kind'], parent: FolderPath): ZimbraFolder {
  const id = textOf(element['id']) ?? '';
  const name = textOf(element['name']) ?? '';
  return {
    id,
    path: [...parent, id === inboxId ? 'INBOX' : name],
    kind,
    role: kind === 'folder' ? (roleById[id] ?? null) : null,
    holdsMail: mailViews.has(textOf(element['view'])) && id !== chatsId,
    messages: numberOf(element['n']) ?? 0,
    bytes: numberOf(element['s']),
    owner: kind === 'share' ? textOf(element['owner']) : null,
  };
}
