import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readItems } from './testing/read-items.ts';

const lines = (...all: readonly string[]): string => all.map(line => `${line}\r\n`).join('');
const calendar = (...inside: readonly string[]): string =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Prova//IT') + inside.join('') + lines('END:VCALENDAR');
const event = (...own: readonly string[]): string => lines('BEGIN:VEVENT', ...own, 'END:VEVENT');
const zone = (name: string): string =>
  lines(
    ...['BEGIN:VTIMEZONE', `TZID:${name}`, 'BEGIN:STANDARD', 'DTSTART:19701025T030000'],
    ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
  );
const start = 'DTSTART:20240202T090000Z';

/** As another parser reads it: what stands in the calendar. */
function components(octets: Buffer): readonly string[] {
  const read = new ICAL.Component(ICAL.parse(octets.toString('utf8')) as unknown[]);
  return read.getAllSubcomponents().map(({ name }) => name);
}

describe('a file of calendars', () => {
  test('a series is one item with its exceptions and the zones they name; tasks lie apart', async () => {
    const file = calendar(
      lines('X-WR-CALNAME:Lavoro\\, vario', 'METHOD:PUBLISH'),
      zone('Europe/Rome'),
      zone('Europe/Paris'),
      event('UID:a', 'DTSTART;TZID=Europe/Rome:20240101T090000', 'RRULE:FREQ=DAILY;COUNT=9', 'SUMMARY:Serie'),
      event('UID:b', start, 'SUMMARY:Altro'),
      event(
        'UID:a',
        'RECURRENCE-ID;TZID="Europe/Rome":20240102T090000',
        'DTSTART:20240102T100000Z',
        'SUMMARY:Spostato',
      ),
      lines('BEGIN:VTODO', 'UID:a', 'SUMMARY:Compito', 'END:VTODO'),
      lines('BEGIN:VJOURNAL', 'UID:j', 'SUMMARY:Diario', 'END:VJOURNAL'),
      lines('BEGIN:VFREEBUSY', 'UID:f', 'END:VFREEBUSY'),
    );
    const { items, told, problems } = await readItems({ 'export.ics': file });
    expect(told).toEqual([
      ['event', 'Lavoro, vario', 3],
      ['task', 'Lavoro, vario', 1],
    ]);
    expect(items.map(({ key, name, octets, problem }) => [key, name, components(octets), problem])).toEqual([
      ['a', 'Serie', ['vtimezone', 'vevent', 'vevent'], null],
      ['b', 'Altro', ['vevent'], null],
      ['j', 'Diario', ['vjournal'], null],
      ['a', 'Compito', ['vtodo'], null],
    ]);
    expect(items[0]?.lines).toContain('TZID:Europe/Rome');
    expect(items[0]?.lines.filter(line => line.startsWith('METHOD'))).toEqual([]);
    expect(problems).toEqual([
      { code: 'ITEMS_LEFT_OUT', details: { file: 'export.ics', items: 1, kind: 'VFREEBUSY' } },
    ]);
  });

  test('a zone that stands behind its events, and one that each calendar of the file has for itself', async () => {
    const meeting = (uid: string) => event(`UID:${uid}`, 'DTSTART;TZID=Sede:20240101T090000', 'SUMMARY:x');
    const behind = await readItems({ 'a.ics': calendar(meeting('1'), zone('Sede')) });
    expect(behind.items.map(({ octets, problem }) => [components(octets), problem])).toEqual([
      [['vtimezone', 'vevent'], null],
    ]);
    const several = calendar(zone('Sede'), meeting('1')) + calendar(zone('Sede'), meeting('2'), meeting('1'));
    const { items, told } = await readItems({ 'Agenda.ics': several });
    expect(told).toEqual([['event', 'Agenda', 2]]);
    expect(items.map(({ octets }) => components(octets))).toEqual([
      ['vtimezone', 'vevent'],
      ['vtimezone', 'vevent'],
    ]);
  });

  test('an event without UID gets one that is the same whenever it was exported', async () => {
    const file = (stamp: string) =>
      calendar(event(`DTSTAMP:${stamp}`, start, 'SUMMARY:x', 'BEGIN:VALARM', 'UID:allarme', 'END:VALARM'));
    const [first] = (await readItems({ 'a.ics': file('20240101T000000Z') })).items;
    const [second] = (await readItems({ 'a.ics': file('20250101T000000Z') })).items;
    const uid = first?.lines.find(line => line.startsWith('UID:'));
    expect(uid).toMatch(/^UID:[0-9a-f-]{36}$/);
    expect([second?.key, second?.lines.includes(uid ?? '')]).toEqual([first?.key, true]);
  });

  test('what is odd about one event is said of it alone, with the line of the file', async () => {
    const file = calendar(
      event('UID:1', start, 'SUMMARY:Buono'),
      event('UID:2', 'DTSTART:domani', 'SUMMARY:Data rotta'),
      event('UID:3', 'DTSTART;TZID=Marte/Olympus:20240202T090000', 'SUMMARY:Marte'),
      event('UID:4', start, 'RRULE:FREQ=YEARLY', 'SUMMARY:Sempre'),
      lines('BEGIN:VEVENT', 'UID:1', 'SUMMARY:Mai finito'),
      event('UID:5', start, 'BEGIN:VALARM', 'SUMMARY:Promemoria aperto'),
      lines('testo che non c’entra'),
      event('UID:6', start, 'SUMMARY:Ultimo'),
    );
    const { items } = await readItems({ 'a.ics': file });
    const told = items.map(({ name, problem }) => [name, problem?.code ?? null, problem?.details['line'] ?? null]);
    expect(told).toEqual([
      ['Buono', null, null],
      ['Data rotta', 'ITEM_MALFORMED', 11],
      ['Marte', 'ITEM_ZONE_UNKNOWN', null],
      ['Sempre', 'ITEM_ENDLESS', null],
      ['Mai finito', 'ITEM_MALFORMED', 27],
      ['Promemoria aperto', 'ITEM_MALFORMED', 33],
      ['', 'ITEM_MALFORMED', 34],
      ['Ultimo', null, null],
    ]);
    // As it came, in the frame of its calendar.
    expect(items[4]?.octets.toString()).toBe(
      lines(
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Prova//IT',
        'BEGIN:VEVENT',
        'UID:1',
        'SUMMARY:Mai finito',
        'END:VCALENDAR',
      ),
    );
  });

  test('vCalendar 1.0 of old telephones is kept as it came, and said', async () => {
    const file =
      lines('BEGIN:VCALENDAR', 'VERSION:1.0') + event('DTSTART:20050101T090000', 'SUMMARY:x') + lines('END:VCALENDAR');
    const { items } = await readItems({ 'agenda.vcs': file });
    expect(items).toMatchObject([{ problem: { code: 'ITEM_MALFORMED', details: { line: 2 } } }]);
    expect(items[0]?.octets.toString()).toBe(file);
  });

  test('folds within a character, Windows-1252, a calendar without its own properties', async () => {
    const text = Buffer.from(
      `BEGIN:VCALENDAR\n${event('UID:1', start, 'SUMMARY:Perù').replaceAll('\r', '')}END:VCALENDAR\n`,
    );
    const at = text.indexOf(0xc3) + 1;
    const folded = Buffer.concat([text.subarray(0, at), Buffer.from('\n '), text.subarray(at)]);
    const read = await readItems({ 'a.ics': folded });
    expect([read.items[0]?.name, read.problems]).toEqual(['Perù', []]);
    expect(read.items[0]?.lines).toEqual(expect.arrayContaining(['VERSION:2.0', 'SUMMARY:Perù']));
    const old = await readItems({ 'a.ics': Buffer.from(calendar(event('UID:1', start, 'SUMMARY:Per\xf9')), 'latin1') });
    expect([old.items[0]?.name, old.problems.map(({ code }) => code)]).toEqual(['Perù', ['TEXT_ENCODING_ASSUMED']]);
  });
});

test('every component of a file is in exactly one item, and items of one UID are one', async () => {
  const part = fc.record({
    uid: fc.constantFrom('1', '2', '3', null),
    kind: fc.constantFrom('VEVENT', 'VTODO'),
    title: fc.string({ unit: fc.constantFrom('a', 'è', '🌻', ' ', '='), minLength: 1, maxLength: 90 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 12 }), async parts => {
      const file = calendar(
        ...parts.map(({ uid, kind, title }, number) =>
          lines(
            ...[`BEGIN:${kind}`, ...(uid === null ? [] : [`UID:${uid}`])],
            ...[`SUMMARY:${title}`, `X-NUMBER:${number}`, `END:${kind}`],
          ),
        ),
      );
      const { items } = await readItems({ 'a.ics': file });
      const numbers = items.flatMap(item => item.lines.filter(line => line.startsWith('X-NUMBER:')));
      expect([...numbers].sort()).toEqual(parts.map((_, number) => `X-NUMBER:${number}`).sort());
      const wished = new Set(parts.map(({ uid, kind }, number) => `${kind} ${uid ?? `none ${number}`}`));
      expect(items).toHaveLength(wished.size);
      for (const { octets } of items) expect(components(octets).length).toBeGreaterThan(0);
    }),
  );
});
