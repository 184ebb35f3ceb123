import { TravasoError } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { mergeCalendars } from '../../items/merge-calendars.ts';
import { zimbraVcard } from '../../items/zimbra-vcard.ts';
import { isoFromMs } from '../files/mail-date.ts';
import type { ItemContent, ItemSource, SourceItem, SourceItemFolder } from '../item-source.ts';
import { readContactMetadata } from './contact-metadata.ts';
import type { Place } from './export-reader.ts';
import { leafParts } from './leaf-parts.ts';
import { tagNames } from './zimbra-meta.ts';
import type { ZimbraMeta } from './zimbra-meta.ts';

/** Something in an export that is no mail. */
export interface ExportedItem {
  readonly kind: ItemKind;
  readonly folder: FolderPath;
  readonly key: string;
  /** Changes with whatever the export says of the item; null when it says nothing. */
  readonly mark: string | null;
  /** Its name in the export, without directories. */
  readonly fileName: string;
  readonly meta: ZimbraMeta | null;
  /** Where its octets are, and how many the container announces; null when there is nothing but the `.meta`. */
  readonly body: (Place & { readonly announcedSize: number }) | null;
  /** The server says that the octets it gave are not all there were. */
  incomplete: boolean;
}

export interface ExportedItems {
  /** Looks at the export if nobody has yet. */
  items(signal: AbortSignal): Promise<readonly ExportedItem[]>;
  /** Null when the export ends before it. */
  body(place: Place, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null>;
  /** Equal as long as nobody wrote to the export. */
  changeMark(): string;
}

/** An appointment or a contact with its picture; more than this is no such thing. */
const heldOctets = 64 * 1024 * 1024;
const largestPhoto = 8 * 1024 * 1024;

/** Contacts, appointments, tasks and files of a Zimbra export. */
export function exportItems(exported: ExportedItems): ItemSource {
  const folderOf = ({ kind, folder }: ExportedItem): string => `${kind} ${folderKey(folder)}`;
  return {
    async listFolders(signal) {
      const folders = new Map<string, SourceItemFolder & { items: number }>();
      for (const item of await exported.items(signal)) {
        const { kind, folder: path } = item;
        const known = folders.get(folderOf(item)) ?? { kind, path, items: 0, changeMark: exported.changeMark() };
        folders.set(folderOf(item), { ...known, items: known.items + 1 });
      }
      return { folders: [...folders.values()], problems: [] };
    },
    async *open({ kind, path }, signal): AsyncGenerator<SourceItem> {
      const name = `${kind} ${folderKey(path)}`;
      for (const item of await exported.items(signal)) {
        signal.throwIfAborted();
        if (folderOf(item) !== name) continue;
        yield { key: item.key, mark: item.mark, read: inner => readItem(item, exported, inner) };
      }
    },
  };
}

async function readItem(item: ExportedItem, exported: ExportedItems, signal: AbortSignal): Promise<ItemContent> {
  const { kind, meta } = item;
  const octets = wholeBody(item, exported, signal);
  const rendered =
    meta === null || kind === 'file' || kind === 'note'
      ? { ...splitName(item.fileName), mediaType: mediaTypeOf(item.fileName), octets }
      : kind === 'contact'
        ? await renderContact(item, meta, octets)
        : await renderCalendar(item, octets);
  const details = { ...detailsOf(item), name: rendered.name, reason: 'export-error' };
  return { ...rendered, problem: item.incomplete ? { code: 'ITEM_INCOMPLETE', details } : null };
}

type Rendered = Omit<ItemContent, 'problem'>;

async function renderContact(item: ExportedItem, meta: ZimbraMeta, octets: AsyncIterable<Buffer>): Promise<Rendered> {
  const read = readContactMetadata(meta.metadata ?? '');
  if (read === null) throw unreadable(item, 'metadata-malformed');
  const blob = item.body === null ? null : await gather(item, octets);
  const photo =
    blob === null
      ? null
      : (leafParts(blob).find(part => part.mediaType.startsWith('image/') && part.octets.length <= largestPhoto) ??
        null);
  const vcard = zimbraVcard({
    ...read,
    id: meta.uuid ?? `zimbra-${item.key}`,
    tags: tagNames(meta.TagNames ?? ''),
    photo,
    changed: meta.date === undefined ? null : isoFromMs(meta.date * 1000),
  });
  return { name: vcard.name, extension: 'vcf', mediaType: 'text/vcard', octets: once(vcard.octets) };
}

/** The octets are a message for the series and for each exception, every one with its iCalendar part. */
async function renderCalendar(item: ExportedItem, octets: AsyncIterable<Buffer>): Promise<Rendered> {
  if (item.body === null) throw unreadable(item, 'metadata-only');
  const parts = leafParts(await gather(item, octets));
  const calendar = mergeCalendars(parts.filter(part => part.mediaType === 'text/calendar').map(part => part.text()));
  if (calendar === null) throw unreadable(item, 'no-calendar-part');
  const name = /^SUMMARY(?:;[^:\r\n]*)?:(.*)$/im.exec(calendar.replaceAll(/\r\n[ \t]/g, ''))?.[1]?.trim() ?? '';
  const title = name.replaceAll(/\\([\\;,])/g, '$1').replaceAll(/\\n/gi, ' ');
  return {
    ...{ name: title === '' ? splitName(item.fileName).name : title, extension: 'ics' },
    ...{ mediaType: 'text/calendar', octets: once(Buffer.from(calendar, 'utf8')) },
  };
}

/** The item's octets to the last one announced; fewer are an item that was cut off. */
async function* wholeBody(item: ExportedItem, exported: ExportedItems, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (item.body === null) return;
  let octets = 0;
  for await (const piece of (await exported.body(item.body, signal)) ?? []) {
    signal.throwIfAborted();
    octets += piece.length;
    yield piece;
  }
  if (octets < item.body.announcedSize) throw unreadable(item, 'cut-off');
}

async function gather(item: ExportedItem, octets: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of octets) {
    length += piece.length;
    if (length > heldOctets) throw unreadable(item, 'too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function unreadable(item: ExportedItem, reason: string): TravasoError {
  return new TravasoError('ITEM_UNREADABLE', { ...detailsOf(item), reason });
}

function detailsOf({ kind, folder, key }: ExportedItem): { folder: string; kind: string; item: string } {
  return { folder: displayPath(folder), kind, item: key };
}

function splitName(fileName: string): { readonly name: string; readonly extension: string } {
  const match = /^(.+)\.([^.]{1,10})$/.exec(fileName);
  return { name: match?.[1] ?? fileName, extension: match?.[2] ?? '' };
}

const mediaTypes: Readonly<Record<string, string>> = {
  vcf: 'text/vcard',
  csv: 'text/csv',
  ics: 'text/calendar',
  note: 'text/plain',
  eml: 'message/rfc822',
};

function mediaTypeOf(fileName: string): string {
  return mediaTypes[splitName(fileName).extension.toLowerCase()] ?? 'application/octet-stream';
}

// eslint-disable-next-line @typescript-eslint/require-await -- the item was rendered; only the consumer wants a stream
async function* once(octets: Buffer): AsyncGenerator<Buffer> {
  yield octets;
}
