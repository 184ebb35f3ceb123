import type { FolderPath, FolderRole } from '../../../../shared/model/folder.ts';
import { nameKey } from '../imap/target-name.ts';
import { carbonioNameRules } from './name-rules.ts';
import type { FolderElement } from './soap-answers.ts';

export interface ServerFolder {
  readonly id: string;
  /** Its path, with `/` between the levels. */
  readonly name: string;
  readonly path: FolderPath;
  readonly role: FolderRole | null;
  /** False for calendars, address books, shares and saved searches. */
  readonly holdsMail: boolean;
  /** Octets of its own items. */
  readonly octets: number;
}

export const rootId = '1';
const inboxId = '2';

/** The special folders have the same ids in every mailbox, whatever language gave them their names. */
const roles: ReadonlyMap<string, FolderRole> = new Map([
  [inboxId, 'inbox'],
  ['3', 'trash'],
  ['4', 'junk'],
  ['5', 'sent'],
  ['6', 'drafts'],
]);

/** `conversation` is what folders made by some old clients say; without a view anything goes in. */
const mailViews: ReadonlySet<string | undefined> = new Set([undefined, 'message', 'conversation', 'unknown']);

/** The folders of the mailbox by name. Its root is not among them: it holds no mail. */
export class FolderTree {
  private readonly byKey = new Map<string, ServerFolder>();

  constructor(root: FolderElement) {
    this.addBelow(root, []);
  }

  all(): readonly ServerFolder[] {
    return [...this.byKey.values()];
  }

  find(name: string): ServerFolder | null {
    const found = this.byKey.get(nameKey(name, carbonioNameRules));
    if (found !== undefined) return found;
    // `INBOX` is what everybody else calls folder 2, and a server in another language may not.
    const [first = '', ...below] = name.split('/');
    if (first.toUpperCase() !== 'INBOX') return null;
    const inbox = this.all().find(({ id }) => id === inboxId);
    if (inbox === undefined || below.length === 0) return inbox ?? null;
    return this.byKey.get(nameKey([inbox.name, ...below].join('/'), carbonioNameRules)) ?? null;
  }

  add(element: FolderElement, parent: FolderPath): ServerFolder {
    const path = [...parent, element.name];
    const { id, s: octets, view } = element;
    const folder = { ...placeOf(path), id, role: roles.get(id) ?? null, holdsMail: mailViews.has(view), octets };
    this.byKey.set(nameKey(folder.name, carbonioNameRules), folder);
    return folder;
  }

  private addBelow(element: FolderElement, path: FolderPath): void {
    for (const { id, name } of [...element.link, ...element.search]) {
      const place = placeOf([...path, name]);
      const key = nameKey(place.name, carbonioNameRules);
      this.byKey.set(key, { ...place, id, role: null, holdsMail: false, octets: 0 });
    }
    for (const child of element.folder) this.addBelow(child, this.add(child, path).path);
  }
}

function placeOf(path: FolderPath): Pick<ServerFolder, 'name' | 'path'> {
  return { name: path.join('/'), path };
}
