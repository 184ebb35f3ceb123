import fc from 'fast-check';
import type { ItemKind } from '../../shared/model/item.ts';
import { cardLines, generatedContacts } from './generate-contacts.ts';
import { contentOctets, escaped, two } from './item-lines.ts';
import { seriesRules, zoneDefinitions } from './series-rules.ts';

/** One item as a source would hand it over. */
export interface GeneratedItem {
  readonly kind: Extract<ItemKind, 'contact' | 'event' | 'task'>;
  readonly path: readonly string[];
  readonly key: string;
  readonly name: string;
  readonly extension: 'vcf' | 'ics';
  readonly mediaType: string;
  readonly octets: Buffer;
}

export interface GeneratedCounts {
  readonly contacts: number;
  readonly events: number;
  readonly tasks?: number;
  /** Octets of one contact's photo, decoded. Default: no large one. */
  readonly largePhoto?: number;
}

/**
 * Address books, calendars and task lists with everything that goes wrong on the way: every kind of rule, exceptions,
 * whole days, floating times, zones that lie, emoji. Equal for equal counts, on every machine.
 */
export function generateItems(counts: GeneratedCounts): readonly GeneratedItem[] {
  const { contacts, events, tasks = 0, largePhoto = 0 } = counts;
  return [
    ...sample(generatedContacts, contacts).map((card, index): GeneratedItem => {
      const name = card.name === '' ? 'senza nome' : card.name;
      const lines = cardLines(card, index, index === 3 ? largePhoto : 0);
      const path = index % 5 === 0 ? ['Rubrica', 'Fornitori'] : ['Contatti'];
      return { ...{ kind: 'contact', path, key: `c${index}`, name }, ...vcard, octets: contentOctets(lines) };
    }),
    ...sample(event, events).map((given, index): GeneratedItem => {
      const path = index % 4 === 0 ? ['Progetti 🏗️'] : ['Calendario'];
      const octets = contentOctets(eventLines(given, index));
      return { ...{ kind: 'event', path, key: `e${index}`, name: given.title }, ...icalendar, octets };
    }),
    ...sample(task, tasks).map((given, index): GeneratedItem => {
      const octets = contentOctets(taskLines(given, index));
      return { ...{ kind: 'task', path: ['Attività'], key: `t${index}`, name: given.title }, ...icalendar, octets };
    }),
  ];
}

const vcard = { extension: 'vcf', mediaType: 'text/vcard' } as const;
const icalendar = { extension: 'ics', mediaType: 'text/calendar' } as const;

function sample<T>(arbitrary: fc.Arbitrary<T>, count: number): readonly T[] {
  return count === 0 ? [] : fc.sample(arbitrary, { numRuns: count, seed: 4711 });
}

const titles = fc.constantFrom(
  'Riunione di giunta',
  'Ferie 🏖️ al mare',
  'Città, provincia; regione',
  'Già “fatto”\\davvero',
  '日程 会议',
  `Molto lungo: ${'àèìòù '.repeat(40)}`.trim(),
);

const event = fc.record({
  title: titles,
  when: fc.constantFrom('rome', 'rome', 'new-york', 'windows', 'all-day', 'floating', 'utc'),
  series: fc.option(fc.constantFrom(...seriesRules), { freq: 4 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  hour: fc.integer({ min: 0, max: 22 }),
  minutes: fc.constantFrom(30, 60, 90, 1440),
  place: fc.option(fc.constantFrom('Sala 2', 'Aula, primo piano; scala B')),
  note: fc.option(fc.string({ unit: 'grapheme', maxLength: 120 })),
  exceptions: fc.subarray(['exdate', 'rdate', 'moved', 'renamed'] as const),
  until: fc.boolean(),
  lies: fc.boolean(),
  alarm: fc.option(fc.constantFrom(0, 15, 1440)),
  busy: fc.boolean(),
  privacy: fc.option(fc.constantFrom('PRIVATE', 'CONFIDENTIAL')),
  people: fc.integer({ min: 0, max: 3 }),
  categories: fc.subarray(['Lavoro', 'Casa, famiglia', 'Urgente ⏰']),
  attachment: fc.option(fc.uint8Array({ minLength: 10, maxLength: 600 }), { freq: 5 }),
});
type GeneratedEvent = typeof event extends fc.Arbitrary<infer T> ? T : never;

const zones = { rome: 'Europe/Rome', 'new-york': 'America/New_York', windows: 'W. Europe Standard Time' } as const;

/** The series, its exceptions, and the zones they name, one of which may lie. */
function eventLines(given: GeneratedEvent, index: number): readonly string[] {
  const { series, when, hour, minutes, lies } = given;
  const date = series === null ? `2025${two(given.month)}${two(given.day)}` : series.date;
  const zone = when in zones ? zones[when as keyof typeof zones] : null;
  const at = (days: number, minute: number): string => {
    const ms = Date.UTC(
      Number(date.slice(0, 4)),
      Number(date.slice(4, 6)) - 1,
      Number(date.slice(6)) + days,
      0,
      minute,
    );
    const text = new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    if (when === 'all-day') return `;VALUE=DATE:${text.slice(0, 8)}`;
    const wall = text.slice(0, 15);
    return zone === null ? `:${wall}${when === 'utc' ? 'Z' : ''}` : `;TZID=${zone}:${wall}`;
  };
  const start = hour * 60 + 30;
  // A whole day ends with the next one.
  const length = when === 'all-day' ? 1440 : minutes;
  const repeats = series !== null && (when !== 'all-day' || !series.withinDays);
  const has = (kind: GeneratedEvent['exceptions'][number]): boolean => repeats && given.exceptions.includes(kind);
  const common = (days: number, minute: number): string[] => [
    `UID:evento-${index}@ente.it`,
    'DTSTAMP:20250101T000000Z',
    `DTSTART${at(days, minute)}`,
    `DTEND${at(days, minute + length)}`,
  ];
  const told = (title: string): string[] => [
    `SUMMARY:${escaped(title)}`,
    ...(given.place === null ? [] : [`LOCATION:${escaped(given.place)}`]),
    ...(given.note === null ? [] : [`DESCRIPTION:${escaped(given.note)}`]),
    ...(given.privacy === null ? [] : [`CLASS:${given.privacy}`]),
    `TRANSP:${given.busy ? 'OPAQUE' : 'TRANSPARENT'}`,
    ...(given.categories.length === 0 ? [] : [`CATEGORIES:${given.categories.map(escaped).join(',')}`]),
  ];
  const people = [
    ...(given.people === 0 ? [] : ['ORGANIZER;CN=Anna:mailto:anna@ente.it']),
    ...['ACCEPTED', 'TENTATIVE', 'NEEDS-ACTION']
      .slice(0, given.people)
      .map((answer, nth) => `ATTENDEE;CN=Ospite ${nth};PARTSTAT=${answer};RSVP=TRUE:mailto:ospite${nth}@ente.it`),
  ];
  const attached =
    given.attachment === null
      ? []
      : [
          `ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=verbale.pdf:${Buffer.from(given.attachment).toString('base64')}`,
        ];
  const changed = (title: string, day: number, lines: readonly string[]): string[] => [
    ...['BEGIN:VEVENT', ...common(day, start), `RECURRENCE-ID${at(0, start)}`, 'SEQUENCE:1'],
    ...[...told(title), ...lines, 'END:VEVENT'],
  ];
  return [
    ...['BEGIN:VCALENDAR', 'PRODID:-//Travaso//Generated//IT', 'VERSION:2.0'],
    ...(zone === null ? [] : zoneDefinitions(zone, lies)),
    ...['BEGIN:VEVENT', ...common(0, start), ...told(given.title), ...people, ...attached],
    ...(repeats ? [`RRULE:${series.rule}${given.until ? untilPart(series.rule, when) : ''}`] : []),
    ...(has('exdate') && series?.second !== undefined ? [`EXDATE${at(series.second, start)}`] : []),
    ...(has('rdate') ? [`RDATE${at(3, start + 7)}`] : []),
    ...alarmLines(given.alarm),
    'END:VEVENT',
    ...(has('moved') ? changed(given.title, 1, []) : has('renamed') ? changed('Spostata: ✔', 0, []) : []),
    'END:VCALENDAR',
  ];
}

/** An instant where there is a zone, else a day or a time on the wall (RFC 5545 section 3.3.10). */
function untilPart(rule: string, when: GeneratedEvent['when']): string {
  if (rule.includes('COUNT')) return '';
  if (when === 'all-day') return ';UNTIL=20281231';
  return `;UNTIL=20281231T225959${when === 'floating' ? '' : 'Z'}`;
}

function alarmLines(minutes: number | null): readonly string[] {
  if (minutes === null) return [];
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:-PT${minutes}M`, 'DESCRIPTION:Promemoria', 'END:VALARM'];
}

const task = fc.record({
  title: titles,
  due: fc.option(fc.integer({ min: 1, max: 28 })),
  status: fc.constantFrom('NEEDS-ACTION', 'IN-PROCESS', 'COMPLETED', 'CANCELLED'),
  percent: fc.constantFrom(0, 40, 100),
  priority: fc.constantFrom(0, 1, 5, 9),
  alarm: fc.option(fc.constantFrom(15, 60)),
});
type GeneratedTask = typeof task extends fc.Arbitrary<infer T> ? T : never;

function taskLines({ title, due, status, percent, priority, alarm }: GeneratedTask, index: number): readonly string[] {
  const day = due === null ? null : `202506${two(due)}`;
  return [
    ...['BEGIN:VCALENDAR', 'PRODID:-//Travaso//Generated//IT', 'VERSION:2.0'],
    ...['BEGIN:VTODO', `UID:compito-${index}@ente.it`, 'DTSTAMP:20250101T000000Z', `SUMMARY:${escaped(title)}`],
    ...(day === null ? [] : [`DTSTART;VALUE=DATE:20250601`, `DUE;VALUE=DATE:${day === '20250601' ? '20250602' : day}`]),
    ...[`STATUS:${status}`, `PERCENT-COMPLETE:${percent}`, `PRIORITY:${priority}`],
    ...(status === 'COMPLETED' ? ['COMPLETED:20250603T101500Z'] : []),
    ...(day === null ? [] : alarmLines(alarm)),
    ...['END:VTODO', 'END:VCALENDAR'],
  ];
}
