import type { TextLine } from './text-file.ts';

/** One component of a calendar that stands for something. Series and their exceptions have the same UID. */
export interface ComponentPlace {
  /** `VEVENT`, `VTODO`, `VJOURNAL`. */
  readonly component: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly octets: Buffer;
  /** The line of the file where it ends without its `END`; null for a whole one. */
  readonly brokenLine: number | null;
  readonly calendar: CalendarFrame;
}

/** What the components of one VCALENDAR share. Complete once the calendar was read to its end. */
export interface CalendarFrame {
  /** Properties of the calendar itself, as they lie there. */
  readonly head: { readonly octets: Buffer; readonly line: number }[];
  /** Time zones by TZID; a zone may stand behind the events that name it. */
  readonly zones: Map<string, { readonly octets: Buffer; readonly line: number }>;
}

/** Components that are no item of anybody's: free and busy times, and what programs make up. */
export type OtherComponent = { readonly other: string };

const items: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);
const edge = /^(BEGIN|END):\s*([\w-]+)\s*$/i;

interface OpenComponent {
  readonly name: string;
  readonly lines: TextLine[];
  /** Names of the components begun within and not ended. */
  readonly inner: string[];
}

/**
 * Cuts a file of calendars into components. A component that never ends stops where the next one begins or the calendar
 * ends; text between calendars comes as an event that is none.
 */
export async function* splitCalendars(
  lines: AsyncIterable<TextLine>,
): AsyncGenerator<ComponentPlace | OtherComponent, void, void> {
  let frame: CalendarFrame = { head: [], zones: new Map() };
  let inCalendar = false;
  let open: OpenComponent | null = null as OpenComponent | null;
  let stray: TextLine[] = [];
  /** The last line that is a property of the calendar. Anything else there must not make all its events unreadable. */
  let ofHead = 0;

  function* endStray(): Generator<ComponentPlace> {
    const [first] = stray;
    if (first !== undefined) yield placeOf('VEVENT', stray, first.number, { head: [], zones: new Map() });
    stray = [];
  }
  function* close(brokenLine: number | null): Generator<ComponentPlace | OtherComponent> {
    if (open === null) return;
    const { name, lines: own } = open;
    open = null;
    if (items.has(name)) yield placeOf(name, own, brokenLine, frame);
    else if (name === 'VTIMEZONE') {
      const octets = Buffer.concat(own.map(line => line.octets));
      frame.zones.set(zoneId(octets), { octets, line: own[0]?.number ?? 1 });
    } else yield { other: name };
  }

  let last = 1;
  for await (const line of lines) {
    last = line.number;
    const match = edge.exec(line.text);
    const isBegin = match?.[1]?.toUpperCase() === 'BEGIN';
    const name = match?.[2]?.toUpperCase() ?? '';
    if (isBegin && name === 'VCALENDAR') {
      yield* close(line.number - 1);
      yield* endStray();
      frame = { head: [], zones: new Map() };
      inCalendar = true;
    } else if (match !== null && !isBegin && name === 'VCALENDAR') {
      yield* close(line.number - 1);
      inCalendar = false;
    } else if (isBegin && (open === null || items.has(name) || name === 'VTIMEZONE')) {
      yield* close(line.number - 1);
      yield* endStray();
      open = { name, lines: [line], inner: [] };
    } else if (open !== null) {
      open.lines.push(line);
      if (isBegin) open.inner.push(name);
      else if (match !== null && open.inner.at(-1) === name) open.inner.pop();
      else if (match !== null && open.name === name) yield* close(open.inner.length > 0 ? line.number : null);
    } else if (inCalendar && match === null && /^[\w.-]+[;:]/.test(line.text)) {
      frame.head.push({ octets: line.octets, line: line.number });
      ofHead = line.number;
    } else if (inCalendar && /^[ \t]/.test(line.text) && ofHead === line.number - 1) {
      const folded = frame.head.pop();
      if (folded !== undefined) frame.head.push({ ...folded, octets: Buffer.concat([folded.octets, line.octets]) });
      ofHead = line.number;
    } else if (line.text.trim() !== '') stray.push(line);
  }
  yield* close(last);
  yield* endStray();
}

function placeOf(
  component: string,
  lines: readonly TextLine[],
  brokenLine: number | null,
  calendar: CalendarFrame,
): ComponentPlace {
  const [first] = lines;
  const octets = Buffer.concat(lines.map(line => line.octets));
  const place = { start: first?.start ?? 0, end: lines.at(-1)?.end ?? 0, line: first?.number ?? 1 };
  return { component, ...place, octets, brokenLine, calendar };
}

function zoneId(octets: Buffer): string {
  return valueOfLine(octets, 'TZID') ?? '';
}

/** The value of the first property of that name, folds undone, as latin1 characters; null when there is none. */
export function valueOfLine(octets: Buffer, name: string): string | null {
  const text = octets.toString('latin1').replaceAll(/\r?\n[ \t]/g, '');
  const match = new RegExp(`^(?:[\\w-]+\\.)?${name}(?:;(?:[^":;\\r\\n]|"[^"\\r\\n]*")*)*:(.*)$`, 'im').exec(text);
  return match?.[1]?.trim() ?? null;
}
