import { expect, test } from 'vitest';
import { calendarItemFields } from './calendar-fields.ts';
import { differingFields } from './item-fields.ts';

/** A zone of the name of Rome that says it has no summer. */
const lyingRome = `BEGIN:VTIMEZONE
TZID:Europe/Rome
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE`;

const windowsRome = `BEGIN:VTIMEZONE
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
END:VTIMEZONE`;

function fields(components: string, zones = '') {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', zones, components, 'END:VCALENDAR'].filter(part => part !== '');
  return calendarItemFields(Buffer.from(lines.join('\n').replaceAll('\n', '\r\n')));
}

function event(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Riunione', ...lines, 'END:VEVENT'].join('\n');
}

function occurrences(components: string, zones = ''): readonly string[] {
  return fields(components, zones).get('occurrence') ?? [];
}

test('a weekly meeting in Rome keeps its hour on the wall when summer begins', () => {
  const weekly = event('DTSTART;TZID=Europe/Rome:20260323T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=2');
  const expected = ['2026-03-23T08:00:00Z/2026-03-23T09:00:00Z', '2026-03-30T07:00:00Z/2026-03-30T08:00:00Z'];
  expect(occurrences(weekly)).toEqual(expected);
  expect(occurrences(weekly, lyingRome)).toEqual(expected);
  expect(occurrences(weekly.replace('Europe/Rome', 'W. Europe Standard Time'), windowsRome)).toEqual(expected);
});

test('a time that the clock shows twice is the first, one that it leaves out is counted from before the gap', () => {
  expect(occurrences(event('DTSTART;TZID=Europe/Rome:20261025T023000'))).toEqual([
    '2026-10-25T00:30:00Z/2026-10-25T00:30:00Z',
  ]);
  expect(occurrences(event('DTSTART;TZID=Europe/Rome:20260329T023000'))).toEqual([
    '2026-03-29T01:30:00Z/2026-03-29T01:30:00Z',
  ]);
});

test('the same holds for a zone that only the file knows', () => {
  const at = (wall: string): readonly string[] =>
    occurrences(event(`DTSTART;TZID=W. Europe Standard Time:${wall}`), windowsRome).map(each => each.slice(0, 20));
  expect(at('20261025T023000')).toEqual(['2026-10-25T00:30:00Z']);
  expect(at('20261025T030000')).toEqual(['2026-10-25T02:00:00Z']);
  expect(at('20260329T023000')).toEqual(['2026-03-29T01:30:00Z']);
  expect(at('20260329T030000')).toEqual(['2026-03-29T01:00:00Z']);
});

test('two files may mean different clocks by one name', () => {
  const wall = event('DTSTART;TZID=W. Europe Standard Time:20260701T090000');
  const noSummer = windowsRome.replace('TZOFFSETTO:+0200', 'TZOFFSETTO:+0100');
  expect(occurrences(wall, windowsRome)).toEqual(['2026-07-01T07:00:00Z/2026-07-01T07:00:00Z']);
  expect(occurrences(wall, noSummer)).toEqual(['2026-07-01T08:00:00Z/2026-07-01T08:00:00Z']);
  expect(occurrences(wall)).toEqual(['2026-07-01T09:00:00/2026-07-01T09:00:00']);
});

test('series of one rule end each at its own UNTIL, in its own zone', () => {
  const ending = (start: string, until: string): number =>
    occurrences(event(`DTSTART${start}`, `RRULE:FREQ=DAILY;UNTIL=${until}`)).length;
  expect(ending(';TZID=Europe/Rome:20260601T010000', '20260604T230000Z')).toBe(5);
  expect(ending(';TZID=America/New_York:20260601T010000', '20260604T230000Z')).toBe(4);
  expect(ending(':20260601T010000Z', '20260604T230000Z')).toBe(4);
  expect(ending(':20260601T010000', '20260605T010000')).toBe(5);
  expect(ending(';VALUE=DATE:20260601', '20260604')).toBe(4);
});

test('what is left out and what is moved counts, in whatever zone it is written', () => {
  const series = event(
    'DTSTART;TZID=Europe/Rome:20260601T090000',
    'DTEND;TZID=Europe/Rome:20260601T100000',
    'RRULE:FREQ=DAILY;UNTIL=20260604T070000Z',
    'EXDATE:20260602T070000Z',
    'RDATE;TZID=Europe/Rome:20260610T150000',
  );
  const moved = event(
    'RECURRENCE-ID:20260603T070000Z',
    'DTSTART:20260603T140000Z',
    'DTEND:20260603T143000Z',
    'LOCATION:Sala B',
  );
  const found = fields(`${series}\n${moved}`);
  expect(found.get('occurrence')).toEqual([
    '2026-06-01T07:00:00Z/2026-06-01T08:00:00Z',
    '2026-06-03T14:00:00Z/2026-06-03T14:30:00Z',
    '2026-06-04T07:00:00Z/2026-06-04T08:00:00Z',
    '2026-06-10T13:00:00Z/2026-06-10T14:00:00Z',
  ]);
  expect(found.get('exception')).toEqual(['2026-06-03T14:00:00Z|place=Sala B']);
});

test('whole days and floating times stay what they are', () => {
  expect(occurrences(event('DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'))).toEqual([
    '2026-12-24/2026-12-27',
  ]);
  expect(occurrences(event('DTSTART:20260101T080000', 'DURATION:PT30M'))).toEqual([
    '2026-01-01T08:00:00/2026-01-01T08:30:00',
  ]);
});

test('what repeats for ever is looked at for ten years, and what can never happen ends', () => {
  const yearly = occurrences(event('DTSTART;VALUE=DATE:20200229', 'RRULE:FREQ=YEARLY'));
  expect(yearly[0]).toBe('2020-02-29/2020-03-01');
  expect(yearly.length).toBeGreaterThanOrEqual(3);
  expect(yearly.length).toBeLessThanOrEqual(11);
  const impossible = event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31');
  expect(occurrences(impossible)).toEqual(['2020-01-01/2020-01-02']);
});

test('fields are told apart by name', () => {
  const one = fields(
    event('DTSTART:20260101T080000Z', 'LOCATION:Sala A', 'BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nEND:VALARM'),
  );
  const other = fields(event('DTSTART:20260101T080000Z', 'LOCATION:Sala B', 'TRANSP:TRANSPARENT'));
  expect(one.get('reminder')).toEqual(['15']);
  expect(differingFields(one, other)).toEqual(['place', 'reminder', 'show-as']);
  expect(differingFields(one, one)).toEqual([]);
});

test('Zimbra has its own words for what an appointment takes up and for the name of a file', () => {
  const attached = 'ATTACH;VALUE=BINARY;ENCODING=BASE64;X-APPLE-FILENAME=verbale.pdf:QUJD';
  const away = fields(
    event('DTSTART:20260101T080000Z', 'X-MICROSOFT-CDO-INTENDEDSTATUS:OOF', 'TRANSP:OPAQUE', attached),
  );
  expect(away.get('show-as')).toEqual(['away']);
  expect(away.get('attachment')?.[0]).toMatch(/^verbale\.pdf\|[\da-f]{64}$/);
});
