import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { ItemsStore } from './items-store.ts';

const words = fc.constantFrom(
  'Riunione',
  'Scadenza',
  'Città',
  'Ferie 🏖️',
  'Consiglio, giunta; comitato',
  'Già “fatto”',
  '日程',
);
const zones = ['Europe/Rome', 'America/New_York', 'UTC'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

/** How an appointment repeats: each kind of rule, or not at all. */
const rules = fc.oneof(
  fc.constant(null),
  fc
    .tuple(
      fc.constantFrom(
        'FREQ=DAILY;COUNT=9',
        'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20',
        'FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20301231T230000Z',
        'FREQ=MONTHLY;BYDAY=2TU;COUNT=12',
        'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=10',
        'FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU;BYSETPOS=1;COUNT=3',
        'FREQ=YEARLY;BYWEEKNO=20;WKST=SU;COUNT=4',
        'FREQ=HOURLY;COUNT=8',
        'FREQ=MINUTELY;COUNT=5',
      ),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([rule, interval]) => `${rule};INTERVAL=${interval}`),
);

const event = fc.record({
  title: words,
  when: fc.constantFrom('zoned', 'all-day', 'floating', 'utc'),
  zone: fc.constantFrom(...zones),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  hour: fc.integer({ min: 0, max: 22 }),
  rule: rules,
  exceptions: fc.boolean(),
  lies: fc.boolean(),
  attachment: fc.option(fc.uint8Array({ minLength: 10, maxLength: 3000 })),
  alarm: fc.boolean(),
});
type Generated = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** An appointment as the server writes it: the series, its exceptions, and the zones they name, one of which may lie. */
function calendarOf(given: Generated, number: number): Buffer {
  const { title, when, zone, month, day, hour, rule, exceptions, lies, attachment, alarm } = given;
  const uid = `evento-${number}@ente.it`;
  const date = `2025${two(month)}${two(day)}`;
  const value = (hours: number): string =>
    when === 'all-day'
      ? `;VALUE=DATE:${date}`
      : when === 'zoned'
        ? `;TZID=${zone}:${date}T${two(hours)}3000`
        : when === 'utc'
          ? `:${date}T${two(hours)}3000Z`
          : `:${date}T${two(hours)}3000`;
  const escaped = title.replaceAll(/[\\;,]/g, '\\$&');
  const common = [`UID:${uid}`, 'DTSTAMP:20250101T000000Z', `DTSTART${value(hour)}`, `SUMMARY:${escaped}`];
  const repeats =
    rule === null ? [] : [`RRULE:${rule}`, ...(exceptions ? [`EXDATE${value(hour)}`, `RDATE${value(hour + 1)}`] : [])];
  const attached =
    attachment === null
      ? []
      : [`ATTACH;FMTTYPE=application/pdf;ENCODING=BASE64;VALUE=BINARY:${Buffer.from(attachment).toString('base64')}`];
  const reminder = alarm
    ? ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER;RELATED=START:-PT15M', 'DESCRIPTION:Promemoria', 'END:VALARM']
    : [];
  const changed =
    rule !== null && exceptions
      ? ['BEGIN:VEVENT', ...common, `RECURRENCE-ID${value(hour)}`, 'SEQUENCE:1', 'LOCATION:Sala 2', 'END:VEVENT']
      : [];
  const lines = [
    ...['BEGIN:VCALENDAR', 'PRODID:Zimbra-Calendar-Provider', 'VERSION:2.0', 'METHOD:PUBLISH'],
    ...(when === 'zoned' ? zoneLines(zone, lies) : []),
    ...['BEGIN:VEVENT', ...common, ...repeats, ...attached],
    ...['ORGANIZER;CN=Anna:mailto:anna@ente.it', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:bruno@ente.it'],
    ...[...reminder, 'END:VEVENT', ...changed, 'END:VCALENDAR'],
  ];
  return Buffer.from(lines.map(line => `${folded(line)}\r\n`).join(''));
}

function zoneLines(zone: string, lies: boolean): readonly string[] {
  const offset = lies ? '+0730' : '+0100';
  return [
    ...['BEGIN:VTIMEZONE', `TZID:${zone}`, 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
    ...[`TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`, 'END:STANDARD', 'END:VTIMEZONE'],
  ];
}

function folded(line: string): string {
  return line.replaceAll(/(.{60})(?=.)/gu, '$1\r\n ');
}

/** Fills a mailbox: the same things for the same seed, but for the photos and the files, which are noise. */
export function generateItems(store: ItemsStore, counts: { readonly contacts: number; readonly events: number }): void {
  const seed = 4711;
  const contact = fc.record({
    firstName: fc.constantFrom('Anna', 'Niccolò', 'Zoë', '李', 'Anna 🌻'),
    lastName: fc.constantFrom('Verdi', 'D’Angelo', 'Müller', 'Rossi; Bianchi'),
    email: fc.emailAddress(),
    email2: fc.option(fc.emailAddress()),
    mobilePhone: fc.option(fc.constantFrom('+39 333 1234567', '06,123')),
    notes: fc.option(fc.string({ unit: 'grapheme', maxLength: 200 })),
    photo: fc.boolean(),
  });
  for (const [number, { photo, ...fields }] of fc.sample(contact, { numRuns: counts.contacts, seed }).entries()) {
    store.add({
      ...{ kind: 'cn', folder: number % 7 === 0 ? '13' : '7', members: [] },
      fields: Object.fromEntries(Object.entries(fields).filter((each): each is [string, string] => each[1] !== null)),
      photo: photo && number % 5 === 0 ? { mediaType: 'image/jpeg', octets: jpeg(20_000) } : null,
      tags: number % 11 === 0 ? ['Da fare, subito'] : [],
    });
  }
  for (const [number, given] of fc.sample(event, { numRuns: counts.events, seed }).entries()) {
    store.add({ kind: 'appt', folder: '10', octets: calendarOf(given, number) });
  }
}

/** Noise that begins like a photo. */
export function jpeg(octets: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(octets)]);
}
