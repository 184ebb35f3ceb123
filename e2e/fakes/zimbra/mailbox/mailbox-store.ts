import { randomUUID } from 'node:crypto';
import { FakeFault } from '../fake-account.ts';

export interface StoredFolder {
  readonly id: string;
  readonly uuid: string;
  name: string;
  /** Id of the folder above. */
  parent: string;
  /** Null: takes anything. */
  readonly view: string | null;
  readonly kind: 'folder' | 'link' | 'search';
  /** One above the highest id of the mailbox when something last came in. */
  uidNext: number;
}

export interface StoredTag {
  readonly id: string;
  readonly name: string;
  readonly color: number | null;
  readonly rgb: string | null;
  /** False for one that came into being with a message only: the person does not see it in the list. */
  readonly listed: boolean;
}

export interface StoredMessage {
  readonly id: string;
  folder: string;
  readonly octets: Buffer;
  /** Letters; `u` is unread. */
  flags: string;
  /** Names. */
  tags: string[];
  /** Milliseconds since 1970; whole seconds, as the database keeps them. */
  readonly date: number;
  /** Number of the last change. */
  modified: number;
}

export interface StoredUpload {
  readonly octets: Buffer;
  readonly at: number;
}

export interface MailboxLimits {
  /** Octets; 0 for none. */
  quota: number;
  /** Octets of the largest message; -1 for none. */
  message: number;
}

/** Names of the special folders, whose ids are fixed; other languages give them others. */
export const englishNames: Readonly<Record<string, string>> = {
  2: 'Inbox',
  3: 'Trash',
  4: 'Junk',
  5: 'Sent',
  6: 'Drafts',
  7: 'Contacts',
  10: 'Calendar',
  13: 'Emailed Contacts',
  14: 'Chats',
  15: 'Tasks',
};
const views: Readonly<Record<string, string>> = { 2: 'message', 4: 'message', 5: 'message', 6: 'message' };
const otherViews: Readonly<Record<string, string>> = { 7: 'contact', 10: 'appointment', 13: 'contact', 15: 'task' };

/** The database behind a mailbox. Ids rise through the whole mailbox and are never given twice. */
export class MailboxStore {
  readonly folders = new Map<string, StoredFolder>();
  readonly tags = new Map<string, StoredTag>();
  readonly messages = new Map<string, StoredMessage>();
  readonly uploads = new Map<string, StoredUpload>();
  /** Ids of what was deleted, by the number of the change. */
  readonly tombstones: { readonly id: string; readonly modified: number }[] = [];
  readonly limits: MailboxLimits;
  /** Invitations that came into the calendar, because nobody said `noICal`. */
  invitations = 0;
  change = 100;
  /** Octets of what is no message. */
  otherOctets = 0;
  #nextId = 257;

  constructor(limits: MailboxLimits, names: Readonly<Record<string, string>> = {}) {
    this.limits = limits;
    this.#addFolder('1', 'USER_ROOT', '0', null);
    for (const [id, name] of Object.entries({ ...englishNames, ...names })) {
      this.#addFolder(id, name, '1', views[id] ?? otherViews[id] ?? (id === '14' ? 'message' : null));
    }
  }

  /** @throws FakeFault mail.ALREADY_EXISTS, mail.INVALID_NAME, mail.NO_SUCH_FOLDER */
  createFolder(name: string, parent: string, view: string | null, kind: StoredFolder['kind'] = 'folder'): StoredFolder {
    this.folder(parent);
    const legal = legalName(name);
    if (this.childNamed(parent, legal) !== null) throw new FakeFault('mail.ALREADY_EXISTS', { name: legal });
    this.change += 1;
    return this.#addFolder(this.takeId(), legal, parent, view, kind);
  }

  /** @throws FakeFault mail.NO_SUCH_FOLDER */
  folder(id: string): StoredFolder {
    const found = this.folders.get(id);
    if (found === undefined) throw new FakeFault('mail.NO_SUCH_FOLDER', { itemId: id });
    return found;
  }

  childNamed(parent: string, name: string): StoredFolder | null {
    const wanted = name.toLowerCase();
    return this.childrenOf(parent).find(each => each.name.toLowerCase() === wanted) ?? null;
  }

  childrenOf(parent: string): StoredFolder[] {
    return [...this.folders.values()].filter(each => each.parent === parent);
  }

  pathOf(id: string): string[] {
    if (id === '1') return [];
    const { name, parent } = this.folder(id);
    return [...this.pathOf(parent), name];
  }

  deleteFolder(id: string): void {
    for (const child of this.childrenOf(id)) this.deleteFolder(child.id);
    for (const message of this.messagesIn(id)) this.deleteMessage(message.id);
    this.folders.delete(id);
  }

  /** @throws FakeFault mail.ALREADY_EXISTS, mail.INVALID_NAME */
  createTag(name: string, more: Partial<Pick<StoredTag, 'color' | 'rgb' | 'listed'>> = {}): StoredTag {
    const legal = name.trim();
    // eslint-disable-next-line no-control-regex -- what the server looks for
    if (legal === '' || legal.length > 128 || /[:\\\x00-\x1f\x7f]/.test(name)) {
      throw new FakeFault('mail.INVALID_NAME', { name });
    }
    if (this.tagNamed(legal) !== null) throw new FakeFault('mail.ALREADY_EXISTS', { name: legal });
    const tag = { id: this.takeId(), name: legal, color: null, rgb: null, listed: true, ...more };
    this.tags.set(tag.id, tag);
    return tag;
  }

  tagNamed(name: string): StoredTag | null {
    return [...this.tags.values()].find(each => each.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  /** As often as it is asked: the server does not look for equals. @throws FakeFault mail.QUOTA_EXCEEDED and the like */
  addMessage(message: Pick<StoredMessage, 'folder' | 'octets' | 'flags' | 'tags' | 'date'>): StoredMessage {
    const folder = this.folder(message.folder);
    const { quota, message: most } = this.limits;
    if (most >= 0 && message.octets.length > most) throw new FakeFault('mail.MESSAGE_TOO_BIG');
    if (quota > 0 && this.used() + message.octets.length > quota) throw new FakeFault('mail.QUOTA_EXCEEDED');
    const tags = message.tags.map(name => (this.tagNamed(name) ?? this.createTag(name, { listed: false })).name);
    this.change += 1;
    const date = Math.floor(message.date / 1000) * 1000;
    const stored = { ...message, id: this.takeId(), tags, date, modified: this.change };
    this.messages.set(stored.id, stored);
    folder.uidNext = this.#nextId;
    return stored;
  }

  deleteMessage(id: string): void {
    this.change += 1;
    if (this.messages.delete(id)) this.tombstones.push({ id, modified: this.change });
  }

  /** @throws FakeFault mail.NO_SUCH_MSG */
  message(id: string): StoredMessage {
    const found = this.messages.get(id);
    if (found === undefined) throw new FakeFault('mail.NO_SUCH_MSG', { itemId: id });
    return found;
  }

  messagesIn(folder: string): StoredMessage[] {
    return [...this.messages.values()].filter(each => each.folder === folder);
  }

  /** Octets of all that is there. */
  used(): number {
    return [...this.messages.values()].reduce((total, { octets }) => total + octets.length, this.otherOctets);
  }

  takeUpload(octets: Buffer): string {
    const aid = `${randomUUID()}:${randomUUID()}`;
    this.uploads.set(aid, { octets, at: Date.now() });
    return aid;
  }

  takeId(): string {
    return String(this.#nextId++);
  }

  #addFolder(
    id: string,
    name: string,
    parent: string,
    view: string | null,
    kind: StoredFolder['kind'] = 'folder',
  ): StoredFolder {
    const folder = { id, uuid: randomUUID(), name, parent, view, kind, uidNext: 1 };
    this.folders.set(id, folder);
    return folder;
  }
}

function legalName(name: string): string {
  const trimmed = name.trimEnd();
  // eslint-disable-next-line no-control-regex -- what the server looks for
  const illegal = trimmed === '' || trimmed === '.' || trimmed === '..' || /[:/"\x00-\x1f\x7f]/.test(name);
  if (illegal || trimmed.length > 255) throw new FakeFault('mail.INVALID_NAME', { name });
  return trimmed;
}
