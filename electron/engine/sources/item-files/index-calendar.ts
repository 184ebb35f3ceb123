import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Problem } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import { uuidOf } from '../../items/uuid-of.ts';
import { ContentKeys } from '../files/content-keys.ts';
import { charsetText } from '../../search/mime/charset-text.ts';
import type { FileContents, FoundFolder } from './indexed-item.ts';
import { readCalendarItem } from './read-calendar-item.ts';
import type { CalendarItemPlace } from './read-calendar-item.ts';
import { splitCalendars, valueOfLine } from './split-calendars.ts';
import type { CalendarFrame, ComponentPlace } from './split-calendars.ts';
import { textLines } from './text-file.ts';
import type { TextFile } from './text-file.ts';

const kinds: Readonly<Record<string, ItemKind>> = { VEVENT: 'event', VJOURNAL: 'event', VTODO: 'task' };

/** An item in the making: a series and its exceptions, wherever in the file they stand. */
interface Gathered {
  readonly kind: ItemKind;
  readonly place: CalendarItemPlace & { readonly parts: CalendarItemPlace['parts'][number][] };
  readonly seen: Set<string>;
}

/**
 * Finds the items of a file of calendars: whatever has the same UID is one, because an exception means nothing without
 * its series. Nothing is kept of them but their places, the calendars' own properties and their time zones.
 */
export async function indexCalendar(
  file: TextFile,
  { name, fileName }: { readonly name: string; readonly fileName: string },
  signal: AbortSignal,
): Promise<FileContents> {
  const gathered = new Map<string, Gathered>();
  const copies = new ContentKeys();
  const others = new Map<string, number>();
  let assumed = false;
  for await (const place of splitCalendars(textLines(file))) {
    signal.throwIfAborted();
    if ('other' in place) {
      others.set(place.other, (others.get(place.other) ?? 0) + 1);
      continue;
    }
    const { octets, ...where } = place;
    assumed ||= !isUtf8(octets) && !isUtf8(unfolded(octets));
    const kind = kinds[place.component] ?? 'event';
    const uid = place.brokenLine === null ? uidOf(octets) : null;
    // What is broken stays by itself: it must not make the rest of its series unreadable.
    const key = uid ?? copies.next(hashOf(place));
    const item = gathered.get(`${kind} ${key}`) ?? {
      kind,
      place: { key, calendar: where.calendar, parts: [], ownUid: uid === null ? uuidOf(key) : null },
      seen: new Set(),
    };
    gathered.set(`${kind} ${key}`, item);
    // The same component twice over is one that was exported twice.
    const hash = createHash('sha256').update(octets).digest('base64');
    if (!item.seen.has(hash)) item.place.parts.push({ ...where, zones: zonesOf(octets) });
    item.seen.add(hash);
  }
  const problems: Problem[] = [...others].map(([kind, items]) => ({
    code: 'ITEMS_LEFT_OUT',
    details: { file: fileName, items, kind },
  }));
  if (assumed) problems.push({ code: 'TEXT_ENCODING_ASSUMED', details: { file: fileName, encoding: 'Windows-1252' } });
  return { folders: foldersOf([...gathered.values()], name), problems };
}

/** By kind, and by the name that the calendar gives itself. */
function foldersOf(items: readonly Gathered[], fileName: string): readonly FoundFolder[] {
  const folders = new Map<string, FoundFolder>();
  for (const { kind, place } of items) {
    const name = calendarName(place.calendar) ?? fileName;
    const folder = folders.get(`${kind} ${name}`) ?? { kind, name, items: [] };
    folders.set(`${kind} ${name}`, folder);
    folder.items.push({ key: place.key, read: (file, details) => readCalendarItem(file, place, details) });
  }
  return [...folders.values()];
}

/** RFC 7986 section 5.1, and what everybody wrote before it. */
function calendarName({ head }: CalendarFrame): string | null {
  const octets = Buffer.concat(head.map(line => line.octets));
  const given = valueOfLine(octets, 'X-WR-CALNAME') ?? valueOfLine(octets, 'NAME');
  if (given === null) return null;
  const text = charsetText(Buffer.from(given, 'latin1'), null).replaceAll(/\\n/gi, ' ').replaceAll(/\\(.)/g, '$1');
  return text.trim() === '' ? null : text.trim();
}

/** An alarm may have a UID of its own (RFC 9074 section 4), which says nothing of the event. */
function uidOf(octets: Buffer): string | null {
  const alarm = octets.indexOf('\nBEGIN:', 1, 'latin1');
  const uid = valueOfLine(alarm < 0 ? octets : octets.subarray(0, alarm), 'UID');
  return uid === null || uid === '' ? null : Buffer.from(uid, 'latin1').toString('utf8');
}

/** Of what has no UID: all it says, but for when it was exported. */
function hashOf({ octets }: Pick<ComponentPlace, 'octets'>): string {
  const text = octets.toString('latin1').replaceAll(/^(?:DTSTAMP|LAST-MODIFIED)[;:].*\r?\n/gim, '');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The zones that its times name, as latin1 characters. */
function zonesOf(octets: Buffer): readonly string[] {
  const names = unfolded(octets)
    .toString('latin1')
    .matchAll(/^[\w-]+[^:\r\n]*?;TZID=("[^"\r\n]*"|[^:;,\r\n]*)/gim);
  return [...new Set([...names].map(([, name = '']) => name.replaceAll('"', '')))];
}

function unfolded(octets: Buffer): Buffer {
  return Buffer.from(octets.toString('latin1').replaceAll(/\r?\n[ \t]/g, ''), 'latin1');
}
