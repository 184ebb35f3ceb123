import { contentLines } from '../../items/content-lines.ts';
import { readCalendar } from '../../items/read-calendar.ts';
import { problemOfFlaw } from '../../items/problem-of-flaw.ts';
import type { ItemContent } from '../item-source.ts';
import { once } from '../zimbra/items/once.ts';
import type { ItemDetails } from './indexed-item.ts';
import type { CalendarFrame, ComponentPlace } from './split-calendars.ts';
import type { TextFile } from './text-file.ts';
import { logicalLines } from './unfold.ts';
import type { LogicalLine } from './unfold.ts';

export interface CalendarItemPlace {
  readonly key: string;
  /** Of the first part: its properties go with the item. */
  readonly calendar: CalendarFrame;
  readonly parts: readonly (Omit<ComponentPlace, 'octets'> & { readonly zones: readonly string[] })[];
  /** For an item that has no UID, which RFC 5545 section 3.8.4.7 asks for. */
  readonly ownUid: string | null;
}

/** A piece of the file, with the line where it begins. */
interface Piece {
  readonly octets: Buffer;
  readonly line: number;
}

/**
 * One item of a calendar as a file of its own: the calendar's properties, the zones that the item names, the series and
 * its exceptions. Where that cannot be read it is put together from the octets as they came, and the line is that of
 * the file the person has.
 */
export async function readCalendarItem(
  file: TextFile,
  { calendar, parts, ownUid }: CalendarItemPlace,
  details: ItemDetails,
): Promise<ItemContent> {
  const components: Piece[] = [];
  for (const { start, end, line } of parts) components.push({ octets: await file.read(start, end - start), line });
  const zones = new Set<Piece>();
  for (const part of parts) {
    for (const name of part.zones) {
      const zone = part.calendar.zones.get(name);
      if (zone !== undefined) zones.add(zone);
    }
  }
  const head = calendar.head.flatMap(({ octets, line }) => logicalLines(octets, line));
  const lines = [
    ...frameLines(head),
    ...[...unique(zones)].flatMap(({ octets, line }) => logicalLines(octets, line)),
    ...components.flatMap(({ octets, line }) => withUid(logicalLines(octets, line), ownUid)),
    { text: 'END:VCALENDAR', number: 0 },
  ];
  const octets = contentLines(lines.map(({ text }) => text));
  const { title, flaw } = readCalendar(octets);
  const own = { name: title, extension: 'ics', mediaType: 'text/calendar' };
  const broken = parts.find(part => part.brokenLine !== null)?.brokenLine ?? null;
  const isOld = lines.find(({ text }) => /^VERSION:\s*1\.0\s*$/i.test(text))?.number ?? null;
  const line = broken ?? isOld ?? (flaw?.flaw === 'malformed' ? sourceLine(lines, flaw.line) : null);
  if (line !== null) {
    const raw = [...calendar.head, ...unique(zones), ...components].map(piece => piece.octets);
    const asItCame = Buffer.concat([Buffer.from('BEGIN:VCALENDAR\r\n'), ...raw, Buffer.from('END:VCALENDAR\r\n')]);
    const problem = problemOfFlaw({ flaw: 'malformed', line }, { ...details, name: title });
    return { ...own, octets: once(asItCame), problem };
  }
  const problem = flaw === null ? null : problemOfFlaw(flaw, { ...details, name: title });
  return { ...own, octets: once(octets), problem };
}

/** `METHOD` goes: a file that has one is an invitation to answer, not an entry of a calendar (RFC 5546 section 1.4). */
function frameLines(head: readonly LogicalLine[]): readonly LogicalLine[] {
  const kept = head.filter(({ text }) => !/^METHOD[;:]/i.test(text));
  const has = (name: string): boolean => kept.some(({ text }) => new RegExp(`^${name}[;:]`, 'i').test(text));
  return [
    { text: 'BEGIN:VCALENDAR', number: 0 },
    ...(has('VERSION') ? [] : [{ text: 'VERSION:2.0', number: 0 }]),
    ...(has('PRODID') ? [] : [{ text: 'PRODID:-//Travaso//iCalendar//EN', number: 0 }]),
    ...kept,
  ];
}

function withUid(lines: readonly LogicalLine[], uid: string | null): readonly LogicalLine[] {
  const [begin, ...rest] = lines;
  return uid === null || begin === undefined ? lines : [begin, { text: `UID:${uid}`, number: begin.number }, ...rest];
}

/** Each calendar of a file has its own zones, most often the same ones. */
function* unique(zones: Iterable<Piece>): Generator<Piece> {
  const seen = new Set<string>();
  for (const zone of zones) {
    const text = zone.octets.toString('latin1');
    if (!seen.has(text)) yield zone;
    seen.add(text);
  }
}

/** Where in the person's file the line is that has this number in the item. */
function sourceLine(lines: readonly LogicalLine[], wanted: number): number {
  let last = 0;
  for (const { text, number } of lines) {
    last += contentLines([text]).toString('latin1').split('\r\n').length - 1;
    if (last >= wanted) return number;
  }
  return lines.at(-2)?.number ?? 1;
}
