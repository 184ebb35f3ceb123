import { createHash } from 'node:crypto';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import type { MessageAttributes } from '../../../../shared/model/message.ts';
import { isoFromDate } from '../files/read-message-file.ts';
import type { InventoryEntry } from '../mail-source.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ExportEntry, ExportStream } from './export-entry.ts';
import type { ExportedItem } from './export-items.ts';
import type { Place } from './export-reader.ts';
import { attributesOf, itemTypes, parseMeta } from './zimbra-meta.ts';
import type { ZimbraMeta } from './zimbra-meta.ts';

export type ExportedMessage = InventoryEntry & Place;

/** What an item is by the name `itemTypes` gives it; what is not here is no item, or nobody knows what it is. */
const kinds: Readonly<Record<string, ItemKind>> = {
  contact: 'contact',
  appointment: 'event',
  task: 'task',
  note: 'note',
  document: 'file',
  chat: 'file',
};

/** What an export holds, gathered from all its parts. */
export class ExportIndex {
  /** In the order in which their messages come in the export, so that reading them goes forward. */
  readonly folders = new Map<string, { readonly path: FolderPath; readonly messages: ExportedMessage[] }>();
  /** What is no mail, in the order of the export. */
  readonly items: ExportedItem[] = [];
  readonly problems: Problem[] = [];
  readonly #keys = new Map<string, { readonly part: number }>();
  /** Things of a kind that nobody knows, by kind. */
  readonly #others = new Map<string, number>();
  readonly #otherFolders = new Set<string>();
  readonly #emptyFolders: FolderPath[] = [];
  #incomplete = new Map<string, number>();
  #entries = 0;

  get entries(): number {
    return this.#entries;
  }

  /** Reads one part through. `.meta` files come right before what they describe. */
  async add(stream: ExportStream, part: number, file: string, signal: AbortSignal): Promise<void> {
    let meta: { readonly of: string; readonly value: ZimbraMeta } | null = null;
    let last: { readonly path: string; readonly folder: FolderPath; readonly item: ExportedItem | null } | null = null;
    for (let ordinal = 0; ; ordinal += 1) {
      signal.throwIfAborted();
      const entry = await stream.next();
      if (entry === null) break;
      this.#entries += 1;
      const path = entry.path.replace(/^(?:\.\/)+/, '');
      const refused = refusalOf(entry, path);
      if (refused !== null) {
        this.problems.push({ code: 'FILE_UNREADABLE', details: { file: path, reason: refused } });
      } else if (entry.isFolder) {
        this.#emptyFolders.push(segmentsOf(path));
      } else if (path.endsWith('.meta')) {
        if (meta !== null) this.#addAlone(meta.value, meta.of, part);
        const value = parseMeta(await textOf(entry));
        meta = value === null ? null : { of: path.slice(0, -'.meta'.length), value };
      } else if (path.endsWith('.err') && last !== null && path === `${last.path}.err`) {
        if (last.item === null) this.#count(this.#incomplete, folderKey(last.folder));
        else last.item.incomplete = true;
      } else {
        const own: ZimbraMeta | null = meta?.of === path ? meta.value : null;
        if (meta !== null && own === null) this.#addAlone(meta.value, meta.of, part);
        meta = null;
        const folder: FolderPath = own === null ? segmentsOf(parentOf(path)) : folderOf(own, path);
        last = { path, folder, item: this.#add(entry, path, folder, own, { part, ordinal }) };
      }
    }
    if (meta !== null) this.#addAlone(meta.value, meta.of, part);
    if (stream.damage !== null) {
      this.#markLastAsCut(part);
      this.problems.push({ code: 'SOURCE_FILE_DAMAGED', details: { file, reason: stream.damage } });
    }
  }

  /** What the report says of everything that is no mail, and folders of mail that hold none. */
  finish(file: string): void {
    for (const path of this.#emptyFolders) {
      if (path.length > 0 && !this.#otherFolders.has(folderKey(path)) && !isItemFolder(path)) this.#folder(path);
    }
    for (const [kind, items] of this.#others) {
      this.problems.push({ code: 'ITEMS_LEFT_OUT', details: { file, items, kind } });
    }
    for (const [key, messages] of this.#incomplete) {
      const folder = displayPath(JSON.parse(key) as FolderPath);
      this.problems.push({ code: 'MESSAGE_INCOMPLETE', details: { folder, messages, reason: 'export-error' } });
    }
  }

  #add(
    entry: ExportEntry,
    path: string,
    folder: FolderPath,
    meta: ZimbraMeta | null,
    place: Place,
  ): ExportedItem | null {
    const kind = meta === null ? kindByName(path) : (itemTypes[meta.type] ?? 'other');
    if (kind !== 'message') return this.#addItem(kind, path, folder, meta, place.part, { ...place, size: entry.size });
    const key = this.#keyOf(meta, path, folder, place.part);
    if (key === null) return null;
    const attributes = meta === null ? attributesOfEntry(entry) : attributesOf(meta);
    const internalDate = attributes.internalDate ?? isoFromDate(entry.modified);
    this.#folder(folder).messages.push({ key, announcedSize: entry.size, ...attributes, internalDate, ...place });
    return null;
  }

  /** A `.meta` with nothing behind it: a folder, a tag, a contact without photo. */
  #addAlone(meta: ZimbraMeta, path: string, part: number): void {
    const kind = itemTypes[meta.type] ?? 'other';
    if (kind === 'folder') {
      if (mayHoldMail(meta)) this.#emptyFolders.push(segmentsOf(meta.Path ?? path));
    } else if (kind === 'message') {
      this.problems.push({ code: 'FILE_UNREADABLE', details: { file: path, reason: 'not-in-export' } });
    } else if (kind !== 'tag' && kind !== 'search' && kind !== 'shared-folder') {
      this.#addItem(kind, path, folderOf(meta, path), meta, part, null);
    }
  }

  #addItem(
    name: string,
    path: string,
    folder: FolderPath,
    meta: ZimbraMeta | null,
    part: number,
    body: (Place & { readonly size: number }) | null,
  ): ExportedItem | null {
    this.#otherFolders.add(folderKey(folder));
    const kind = kinds[name];
    if (kind === undefined) {
      this.#count(this.#others, name);
      return null;
    }
    const fileName = path.slice(path.lastIndexOf('/') + 1);
    const own = meta?.id === undefined ? fileName : String(meta.id);
    const key = this.#freeKey(own, `${kind} ${folderKey(folder)}`, part, meta?.id !== undefined);
    if (key === null) return null;
    const item: ExportedItem = {
      ...{ kind, key, fileName, meta, incomplete: false },
      folder: folder.length === 0 ? [kind] : folder,
      mark: meta === null ? null : hashOf(JSON.stringify(meta)),
      body: body === null ? null : { part: body.part, ordinal: body.ordinal, announcedSize: body.size },
    };
    this.items.push(item);
    return item;
  }

  /** Null when another part has this very message: exports by date may overlap. */
  #keyOf(meta: ZimbraMeta | null, path: string, folder: FolderPath, part: number): string | null {
    const name = path.slice(path.lastIndexOf('/') + 1);
    // A draft keeps its number when it is written anew; the digest of its octets tells.
    const key = meta?.id === undefined ? name : `${meta.id}-${(meta.blob_digest ?? '').slice(0, 16)}`;
    return this.#freeKey(key, folderKey(folder), part, meta?.id !== undefined);
  }

  #freeKey(key: string, scope: string, part: number, isNumbered: boolean): string | null {
    for (let copy = 1; ; copy += 1) {
      const free = copy === 1 ? key : `${key}.${copy}`;
      const known = this.#keys.get(`${scope}\n${free}`);
      if (known === undefined) {
        this.#keys.set(`${scope}\n${free}`, { part });
        return free;
      }
      if (isNumbered && known.part !== part) return null;
    }
  }

  /** A message that was cut off gets a key of its own: the whole one, when it comes, must not pass for known. */
  #markLastAsCut(part: number): void {
    const messages = [...this.folders.values()].map(folder => folder.messages);
    const own = messages.filter(each => each.at(-1)?.part === part);
    const last = own.reduce<ExportedMessage[] | null>(
      (latest, each) => ((latest?.at(-1)?.ordinal ?? -1) > (each.at(-1)?.ordinal ?? -1) ? latest : each),
      null,
    );
    const message = last?.pop();
    if (message !== undefined) last?.push({ ...message, key: `${message.key}-cut` });
  }

  #folder(path: FolderPath): { readonly messages: ExportedMessage[] } {
    const key = folderKey(path);
    const known = this.folders.get(key) ?? { path, messages: [] };
    this.folders.set(key, known);
    return known;
  }

  #count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const metaLimit = 4 * 1024 * 1024;

async function textOf(entry: ExportEntry): Promise<string> {
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of entry.body()) {
    octets += piece.length;
    if (octets <= metaLimit) pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Nothing is ever unpacked to such a name; an export that holds one was not made by a mail server. */
function refusalOf(entry: ExportEntry, path: string): string | null {
  if (!entry.isFile && !entry.isFolder) return 'link';
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\\') || path.includes('\0')) return 'unsafe-name';
  return path.split('/').includes('..') ? 'unsafe-name' : null;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function segmentsOf(path: string): FolderPath {
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
  const last = segments.pop();
  // `Inbox!1`: the exporter begins another directory after 500 items.
  return last === undefined ? [] : [...segments, last.replace(/(.)!\d+$/, '$1')];
}

/** The true name, where the exporter had to replace characters; the tree of the export decides how deep. */
function folderOf(meta: ZimbraMeta, path: string): FolderPath {
  const parent = segmentsOf(parentOf(path));
  const told = (meta.Path ?? '').split('/').filter(segment => segment !== '');
  return told.length === parent.length ? told : parent;
}

function kindByName(path: string): string {
  const ending = /\.([a-z]{2,4})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const kinds: Readonly<Record<string, string>> = {
    eml: 'message',
    appt: 'appointment',
    ics: 'appointment',
    task: 'task',
    vcf: 'contact',
    csv: 'contact',
    note: 'note',
    chat: 'chat',
    wiki: 'document',
  };
  return kinds[ending] ?? 'document';
}

function attributesOfEntry(entry: ExportEntry): MessageAttributes {
  return { internalDate: isoFromDate(entry.modified), flags: entry.unread ? [] : ['\\Seen'], keywords: [] };
}

/** Numbers below 256 are the mailbox's own folders; of these only inbox, trash, junk, sent and drafts are for mail. */
function mayHoldMail({ id }: ZimbraMeta): boolean {
  return id === undefined || id >= 256 || (id >= 2 && id <= 6);
}

/** Folders every mailbox has for other things than mail. */
function isItemFolder([top = '']: FolderPath): boolean {
  return /^(?:contacts|emailed contacts|calendar|tasks|briefcase|notebook|chats)$/i.test(top);
}
