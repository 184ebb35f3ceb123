import { FakeFault } from '../fake-account.ts';
import type { SoapBody } from '../fake-account.ts';

/** A folder of the mailbox; `link`: somebody else's, mounted here. */
export interface FakeItemFolder {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly view: 'contact' | 'appointment' | 'task' | 'document' | 'message';
  readonly link?: {
    readonly owner: string;
    readonly account: string;
    readonly folder: string;
    readonly broken?: boolean;
  };
}

interface Common {
  readonly id: string;
  readonly folder: string;
  /** Number of the last change. */
  modified: number;
  /** Number of the last change of the content. */
  revision: number;
  tags: readonly string[];
}

export interface FakeContact extends Common {
  readonly kind: 'cn';
  fields: Readonly<Record<string, string>>;
  readonly members: readonly { readonly type: 'C' | 'G' | 'I'; readonly value: string }[];
  readonly photo: { readonly mediaType: string; readonly octets: Buffer } | null;
}

export interface FakeCalendarItem extends Common {
  readonly kind: 'appt' | 'task';
  octets: Buffer;
}

export interface FakeDocument extends Common {
  readonly kind: 'doc';
  readonly name: string;
  readonly mediaType: string;
  octets: Buffer;
}

export type FakeItem = FakeContact | FakeCalendarItem | FakeDocument;
type New<T> = T extends FakeItem
  ? Omit<T, 'id' | 'modified' | 'revision' | 'tags'> & { readonly tags?: readonly string[] }
  : never;

/** What a test may switch while the server runs. */
export interface ItemManners {
  /** Listed for programs that synchronise, and given by nothing else: nobody says that they are missing. */
  readonly skipped: Set<string>;
  /** Appointments that no search shows, because they have no occurrence to show. */
  readonly unsearched: Set<string>;
  /** Downloads that break off in the middle, by how often they still will. */
  readonly cuts: Map<string, number>;
  /** Answered with 204 and nothing. */
  readonly empty: Set<string>;
  /** Answered with 500, as where the blob is gone from the disk. */
  readonly failing: Set<string>;
  /** Requests that are refused, with the fault they get. */
  readonly refused: Map<string, string>;
}

/** What lies beside the mail in one mailbox. Ids rise through the whole mailbox and are never given twice. */
export class ItemsStore {
  readonly folders = new Map<string, FakeItemFolder>();
  readonly items = new Map<string, FakeItem>();
  /** Of another person, by account: what a link leads to. */
  readonly others = new Map<string, ItemsStore>();
  readonly manners: ItemManners = {
    ...{ skipped: new Set(), unsearched: new Set(), cuts: new Map(), empty: new Set(), failing: new Set() },
    refused: new Map(),
  };
  readonly tags: SoapBody[] = [];
  rules: { readonly incoming: readonly SoapBody[]; readonly outgoing: readonly SoapBody[] } = {
    incoming: [],
    outgoing: [],
  };
  signatures: readonly SoapBody[] = [];
  identities: readonly SoapBody[] = [];
  preferences: Readonly<Record<string, string>> = {};
  /** By path below the home, for images that signatures show. */
  readonly byPath = new Map<string, Buffer>();
  change = 100;
  #nextId = 257;

  constructor() {
    const special = [
      ['2', 'Inbox', 'message'],
      ['3', 'Trash', 'message'],
      ['7', 'Contacts', 'contact'],
      ['10', 'Calendar', 'appointment'],
      ['13', 'Emailed Contacts', 'contact'],
      ['15', 'Tasks', 'task'],
      ['16', 'Briefcase', 'document'],
    ] as const;
    for (const [id, name, view] of special) this.folders.set(id, { id, name, parent: '1', view });
  }

  addFolder(folder: Omit<FakeItemFolder, 'id'>): string {
    const id = this.#takeId();
    this.folders.set(id, { ...folder, id });
    return id;
  }

  add(item: New<FakeItem>): string {
    const id = this.#takeId();
    this.change += 1;
    this.items.set(id, { tags: [], ...item, id, modified: this.change, revision: this.change });
    return id;
  }

  /** What a person did to an item: its content changed. */
  touch(id: string, change: (item: FakeItem) => void): void {
    const item = this.items.get(id);
    if (item === undefined) throw new Error(`no item ${id}`);
    change(item);
    this.change += 1;
    item.modified = this.change;
    item.revision = this.change;
  }

  remove(id: string): void {
    this.change += 1;
    this.items.delete(id);
  }

  itemsIn(folder: string): readonly FakeItem[] {
    return [...this.items.values()].filter(item => item.folder === folder);
  }

  #takeId(): string {
    return String(this.#nextId++);
  }
}

/** An id and, before a colon, whose it is. */
export function split(id: string): readonly [id: string, account: string | null] {
  const at = id.indexOf(':');
  return at < 0 ? [id, null] : [id.slice(at + 1), id.slice(0, at)];
}

export function other(store: ItemsStore, account: string): ItemsStore {
  const found = store.others.get(account);
  if (found === undefined) throw new FakeFault('service.PERM_DENIED');
  return found;
}
