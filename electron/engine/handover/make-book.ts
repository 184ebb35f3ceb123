import { basename } from 'node:path';
import type { ItemKind } from '../../../shared/model/item.ts';
import { safeFileName } from '../../../shared/safe-file-name.ts';
import { contactItemFields } from '../items/contact-fields.ts';
import { mergeCalendars } from '../items/merge-calendars.ts';
import { asVersion3 } from '../items/vcard/vcard-three.ts';
import { readCalendar } from '../items/read-calendar.ts';
import { contactSheet } from './contact-sheet.ts';
import type { GatheredItem } from './gather-items.ts';

/** A folder of items as somebody takes it in hand. */
export interface Book {
  readonly items: number;
  readonly octets: number;
  /** The whole folder in one file, in as many forms as programs want it. */
  readonly wholes: readonly { readonly ending: string; readonly octets: Buffer; readonly items: number }[];
  /** A file each, where one for all makes no sense. */
  readonly singles: readonly NamedFile[];
  /** What no other program would read: as it is, each in a file of its own. */
  readonly flawed: readonly NamedFile[];
  readonly lists: readonly ContactList[];
  /** Descriptions for people. */
  readonly rules: readonly string[];
  readonly signatures: readonly Signature[];
}

export interface NamedFile {
  readonly name: string;
  readonly octets: Buffer;
}

export interface ContactList {
  readonly name: string;
  readonly members: readonly string[];
}

export interface Signature {
  readonly name: string;
  readonly html: string | null;
  readonly text: string | null;
}

export async function bookOf(kind: ItemKind, gathered: AsyncIterable<GatheredItem>): Promise<Book> {
  const items = await Array.fromAsync(gathered);
  const octets = items.reduce((sum, each) => sum + each.octets.length, 0);
  const nothing = { wholes: [], singles: [], flawed: [], lists: [], rules: [], signatures: [] };
  const book = { ...nothing, items: items.length, octets };
  switch (kind) {
    case 'contact':
      return { ...book, ...addressBook(items) };
    case 'event':
    case 'task':
      return { ...book, ...calendarBook(items) };
    case 'rule':
      return { ...book, singles: filesOf(items), rules: textsOf(items) };
    case 'signature':
      // As HTML they are on the page, where nothing in them can run.
      return { ...book, singles: filesOf(items.filter(isText)), signatures: signaturesOf(items) };
    case 'note':
    case 'file':
    case 'settings':
      return { ...book, singles: filesOf(items) };
  }
}

function addressBook(items: readonly GatheredItem[]): Pick<Book, 'wholes' | 'flawed' | 'lists'> {
  const sound: GatheredItem[] = [];
  const flawed: GatheredItem[] = [];
  const people: Buffer[] = [];
  const lists: ContactList[] = [];
  for (const gathered of items) {
    try {
      const fields = contactItemFields(gathered.octets);
      const members = fields.get('member') ?? [];
      if (members.length > 0) lists.push({ name: gathered.item.name, members });
      else people.push(gathered.octets);
      sound.push(gathered);
    } catch {
      flawed.push(gathered);
    }
  }
  const sheet = contactSheet(people);
  // Many phones and programs read version 3.0 only.
  const cards = Buffer.concat(sound.map(({ octets }) => asVersion3(octets)));
  const wholes = [
    { ending: 'csv', octets: sheet.octets, items: sheet.contacts },
    { ending: 'vcf', octets: cards, items: sound.length },
  ].filter(each => each.items > 0);
  return { wholes, flawed: filesOf(flawed), lists };
}

function calendarBook(items: readonly GatheredItem[]): Pick<Book, 'wholes' | 'flawed'> {
  const isFlawed = ({ octets }: GatheredItem): boolean => readCalendar(octets).flaw?.flaw === 'malformed';
  const flawed = items.filter(isFlawed);
  const sound = items.filter(each => !flawed.includes(each));
  const whole = mergeCalendars(sound.map(({ octets }) => octets.toString('utf8')));
  const wholes = whole === null ? [] : [{ ending: 'ics', octets: Buffer.from(whole), items: sound.length }];
  return { wholes, flawed: filesOf(flawed) };
}

/** Under the names they had, as far as file systems take them, and never two under one. */
function filesOf(items: readonly GatheredItem[]): readonly NamedFile[] {
  const taken = new Set<string>();
  return items.map(({ item, octets }) => {
    const ending = /\.[a-z0-9]{1,10}$/.exec(item.file)?.[0] ?? '';
    const bare = safeFileName(item.name, `item-${item.number}`).replace(new RegExp(`\\${ending}$`, 'i'), '');
    let name = `${bare}${ending}`;
    // The archive's own name for a file is one of its kind.
    if (taken.has(name.toLowerCase())) name = `${bare} ${basename(item.file)}`;
    taken.add(name.toLowerCase());
    return { name, octets };
  });
}

function textsOf(items: readonly GatheredItem[]): readonly string[] {
  return items.filter(isText).map(({ octets }) => octets.toString('utf8'));
}

function isText({ item }: GatheredItem): boolean {
  return item.mediaType.startsWith('text/plain');
}

/** A signature lies in the archive as it reads and as it looks, under keys that differ in their ending. */
function signaturesOf(items: readonly GatheredItem[]): readonly Signature[] {
  const byId = new Map<string, Signature>();
  for (const { item, octets } of items) {
    const id = item.key.replace(/\.(?:html|txt)$/, '');
    const known = byId.get(id) ?? { name: item.name.replace(/\.(?:html|txt)$/, ''), html: null, text: null };
    const text = octets.toString('utf8');
    byId.set(id, item.mediaType.startsWith('text/html') ? { ...known, html: text } : { ...known, text });
  }
  return [...byId.values()];
}
