import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentLines } from './content-lines.ts';
import { readCalendar } from './read-calendar.ts';

const calendar = (...lines: readonly string[]): Buffer =>
  contentLines(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR']);
const event = (...lines: readonly string[]): Buffer =>
  calendar('BEGIN:VEVENT', 'UID:1', 'SUMMARY:Riunione\\, sala 2', ...lines, 'END:VEVENT');

describe('what is odd about an iCalendar file', () => {
  test('nothing, where all is well', () => {
    const octets = event('DTSTART;TZID=Europe/Rome:20250101T100000', 'RRULE:FREQ=DAILY;COUNT=3');
    expect(readCalendar(octets)).toEqual({ title: 'Riunione, sala 2', components: 1, flaw: null });
  });

  test.each([
    ['a line that is none', event('DTSTART:20250101T100000Z', 'questa riga non vale'), 7],
    ['an end that nothing began', event('END:VALARM'), 6],
    ['an end that never comes', Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n'), 3],
    ['a rule that is none', event('DESCRIPTION:lunga '.repeat(9), 'RRULE:FREQ=OGNITANTO'), 9],
    ['a date that is none', event('DTSTART:domani'), 6],
    ['a page of a server in trouble', Buffer.from('<html><body>sorry</body></html>'), 1],
  ])('%s', (_, octets, line) => {
    expect(readCalendar(octets).flaw).toEqual({ flaw: 'malformed', line });
  });

  test('a zone that neither the file nor the world knows, and one that only the file knows', () => {
    const unknown = event('DTSTART;TZID=Marte/Olympus:20250101T100000');
    expect(readCalendar(unknown).flaw).toEqual({ flaw: 'zone-unknown', zone: 'Marte/Olympus' });
    const zone = [
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
    ];
    const own = calendar(
      ...['BEGIN:VTIMEZONE', 'TZID:Marte/Olympus', ...zone, 'END:VTIMEZONE'],
      ...['BEGIN:VEVENT', 'UID:1', 'DTSTART;TZID=Marte/Olympus:20250101T100000', 'END:VEVENT'],
    );
    expect(readCalendar(own).flaw).toBeNull();
  });

  test('a rule without an end', () => {
    expect(readCalendar(event('DTSTART:20250101T100000Z', 'RRULE:FREQ=YEARLY')).flaw).toEqual({ flaw: 'endless' });
  });

  test('octets of any kind are judged, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), octets => {
        expect(readCalendar(Buffer.from(octets)).components).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('content lines', () => {
  test('fold to 75 octets, never within a character, and unfold to what they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'è', '🌻', ';', 'z'), maxLength: 400 }), text => {
        const written = contentLines([`NOTE:${text}`]);
        const lines = written.toString('utf8').split('\r\n').slice(0, -1);
        expect(lines.every(line => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(written.toString('utf8').replaceAll('\r\n ', '')).toBe(`NOTE:${text}\r\n`);
      }),
    );
  });
});
