import { expect, test } from 'vitest';
import { calendarSummary } from './calendar-summary.ts';

const rome = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
`;
const calendar = (event: string, more = ''): string =>
  `BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:request\n${more}BEGIN:VEVENT\n${event}\nEND:VEVENT\nEND:VCALENDAR\n`;

test('tells what, when, where and who', () => {
  const event =
    'SUMMARY:Riunione\\, sala 2\nDTSTART;TZID="W. Europe Standard Time":20260704T091500\n' +
    'DTEND;TZID="W. Europe Standard Time":20260704T101500\nLOCATION:Municipio\nRRULE:FREQ=SECONDLY\n' +
    'ORGANIZER;CN="Rossi, Anna":MAILTO:anna@ente.it';
  expect(calendarSummary(calendar(event, rome))).toEqual({
    ...{ method: 'REQUEST', summary: 'Riunione, sala 2', location: 'Municipio', repeats: true },
    ...{ start: '2026-07-04T07:15:00Z', end: '2026-07-04T08:15:00Z' },
    organizer: { name: 'Rossi, Anna', address: 'anna@ente.it' },
  });
});

test.each([
  ['DTSTART:20260304T081500Z', '2026-03-04T08:15:00Z'],
  ['DTSTART:20260304T081500', '2026-03-04T08:15:00'],
  ['DTSTART;VALUE=DATE:20260304', '2026-03-04'],
  ['SUMMARY:senza data', null],
  ['DTSTART:domani', null],
])('of %s the start is %s', (event, start) => {
  expect(calendarSummary(calendar(event))?.start).toBe(start);
});

test.each([
  ['no calendar', 'Ciao'],
  ['nothing', ''],
  ['a calendar without events', 'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR'],
  ['one that breaks off', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x'],
  ['components without end', 'BEGIN:VEVENT\n'.repeat(20_000)],
])('says nothing of %s', (_what, text) => {
  expect(calendarSummary(text)).toBeNull();
});
