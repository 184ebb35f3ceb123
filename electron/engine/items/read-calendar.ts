import ICAL from 'ical.js';
import { parseCalendars } from './parse-calendar.ts';

/** What is odd about an iCalendar object, the gravest first found. Lines count from 1 as they lie in the file. */
export type CalendarFlaw =
  | { readonly flaw: 'malformed'; readonly line: number }
  | { readonly flaw: 'zone-unknown'; readonly zone: string }
  | { readonly flaw: 'endless' };

export interface CalendarReading {
  /** Of the series, or of the first component; empty when there is none. */
  readonly title: string;
  /** Components that stand for something. */
  readonly components: number;
  readonly flaw: CalendarFlaw | null;
}

/** Without these, nobody knows when. */
const timeProperties = new Set(['dtstart', 'dtend', 'due', 'duration', 'recurrence-id', 'rrule', 'rdate', 'exdate']);
const meaningful = new Set(['vevent', 'vtodo', 'vjournal']);

/** Reads an iCalendar file as a stranger would, and says what a stranger may stumble over. Never throws. */
export function readCalendar(octets: Buffer): CalendarReading {
  const text = octets.toString('utf8');
  const malformedLine = findMalformedLine(text);
  const title = titleOf(text);
  const begun = [...text.matchAll(/^BEGIN:(VEVENT|VTODO|VJOURNAL)\s*$/gim)].length;
  if (malformedLine !== null) return { title, components: begun, flaw: { flaw: 'malformed', line: malformedLine } };
  let components: readonly ICAL.Component[];
  let zones: ReadonlySet<string>;
  try {
    const calendars = parseCalendars(text);
    components = calendars.flatMap(each => each.getAllSubcomponents().filter(({ name }) => meaningful.has(name)));
    zones = new Set(calendars.flatMap(each => each.getAllSubcomponents('vtimezone').map(zoneId)));
    // Values are read only when somebody asks for them.
    for (const property of components.flatMap(each => each.getAllProperties())) {
      if (timeProperties.has(property.name)) property.getValues();
    }
  } catch {
    return { title, components: begun, flaw: { flaw: 'malformed', line: findUnreadableLine(text) } };
  }
  const zone = components.flatMap(namedZones).find(each => !zones.has(each) && !isKnownZone(each));
  const isEndless = components.some(component => component.getAllProperties('rrule').some(hasNoEnd));
  const flaw: CalendarFlaw | null =
    zone !== undefined ? { flaw: 'zone-unknown', zone } : isEndless ? { flaw: 'endless' } : null;
  return { title, components: components.length, flaw };
}

/**
 * The first line that is neither a content line nor the continuation of one (RFC 5545 section 3.1), that ends what never
 * began, or the last one where something never ends. The parser tells that a file is broken, but not where.
 */
function findMalformedLine(text: string): number | null {
  const open: string[] = [];
  const lines = text.split('\n');
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, '');
    if (line === '' || (/^[ \t]/.test(line) && index > 0)) continue;
    if (!/^[A-Za-z0-9.-]+[;:]/.test(line)) return index + 1;
    const edge = /^(BEGIN|END):(.*?)\s*$/i.exec(line);
    if (edge?.[1]?.toUpperCase() === 'BEGIN') open.push(edge[2]?.toUpperCase() ?? '');
    else if (edge !== null && open.pop() !== edge[2]?.toUpperCase()) return index + 1;
  }
  if (open.length === 0 && lines.some(line => line !== '')) return null;
  return Math.max(1, lines.at(-1) === '' ? lines.length - 1 : lines.length);
}

/** The first content line that the parser refuses by itself, for it does not say which; the first of all where none is. */
function findUnreadableLine(text: string): number {
  let number = 1;
  for (const line of text.split(/\r?\n(?![ \t])/)) {
    if (line !== '' && !/^(?:BEGIN|END):/i.test(line) && !isReadable(line.replaceAll(/\r?\n[ \t]/g, ''))) return number;
    number += line.split('\n').length;
  }
  return 1;
}

function isReadable(line: string): boolean {
  try {
    ICAL.Property.fromString(line).getValues();
    return true;
  } catch {
    return false;
  }
}

function titleOf(text: string): string {
  const line = /^SUMMARY(?:;[^:\r\n]*)?:(.*)$/im.exec(text.replaceAll(/\r?\n[ \t]/g, ''))?.[1] ?? '';
  return line.replaceAll(/\\n/gi, ' ').replaceAll(/\\(.)/g, '$1').trim();
}

function zoneId(zone: ICAL.Component): string {
  return String(zone.getFirstPropertyValue('tzid') ?? '');
}

function namedZones(component: ICAL.Component): readonly string[] {
  return component.getAllProperties().flatMap(property => {
    const given: unknown = property.getParameter('tzid');
    return typeof given === 'string' ? [given] : [];
  });
}

function hasNoEnd(property: ICAL.Property): boolean {
  const rule = property.getFirstValue();
  return rule instanceof ICAL.Recur && rule.until === null && rule.count === null;
}

/** In the list of zones that every computer has; RFC 7808 allows a slash before the name. */
function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone.replace(/^\//, '') });
    return true;
  } catch {
    return false;
  }
}
