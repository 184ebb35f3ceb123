import { expect, test } from 'vitest';
import { eventToGraph } from './event-to-graph.ts';
import { taskToGraph } from './task-to-graph.ts';

function calendar(kind: 'VEVENT' | 'VTODO', ...lines: readonly string[]): Buffer {
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `BEGIN:${kind}`,
    'UID:u',
    ...lines,
    `END:${kind}`,
    'END:VCALENDAR',
    '',
  ];
  return Buffer.from(all.join('\r\n'));
}
const start = (day: string): string => `DTSTART;TZID=Europe/Rome:${day}T090000`;
const patternsOf = (...lines: readonly string[]): unknown[] =>
  eventToGraph(calendar('VEVENT', ...lines), 'Europe/Rome').events.map(
    ({ resource }) => (resource['recurrence'] as { pattern?: unknown } | undefined)?.pattern ?? 'single',
  );

test.each<[string, string, unknown[]]>([
  ['FREQ=DAILY;INTERVAL=2', '20260302', [{ type: 'daily', interval: 2 }]],
  [
    'FREQ=WEEKLY;BYDAY=MO,WE',
    '20260302',
    [{ type: 'weekly', interval: 1, daysOfWeek: ['monday', 'wednesday'], firstDayOfWeek: 'monday' }],
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '20260331', [{ type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }]],
  [
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    '20260301',
    [1, 15].map(dayOfMonth => ({ type: 'absoluteMonthly', interval: 1, dayOfMonth })),
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=31',
    '20260331',
    [1, 3, 5, 7, 8, 10, 12].map(month => ({ type: 'absoluteYearly', interval: 1, month, dayOfMonth: 31 })),
  ],
  ['FREQ=YEARLY', '20240229', [{ type: 'absoluteYearly', interval: 4, month: 2, dayOfMonth: 29 }]],
  [
    'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    '20260329',
    [{ type: 'relativeYearly', interval: 1, month: 3, daysOfWeek: ['sunday'], index: 'last' }],
  ],
  ['FREQ=HOURLY;COUNT=3', '20260302', ['single', 'single', 'single']],
])('%s becomes patterns of Exchange, or single events', (rule, day, patterns) => {
  expect(patternsOf(start(day), `RRULE:${rule}`)).toEqual(patterns);
});

test('a first day that the rule does not name, and RDATE, are single events beside the series', () => {
  const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' };
  const lines = [start('20260304'), 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'RDATE;TZID=Europe/Rome:20260312T090000'];
  expect(patternsOf(...lines)).toEqual([pattern, 'single', 'single']);
});

test('a series through the night in which the clock is put forward ends, though two of its times are one', () => {
  expect(patternsOf('DTSTART;TZID=Europe/Rome:20260329T003000', 'RRULE:FREQ=HOURLY;COUNT=5')).toHaveLength(4);
});

test.each([
  ['recurrence', start('20260302'), 'RRULE:FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO'],
  ['recurrence', start('20260302'), 'RRULE:FREQ=HOURLY'],
  ['no-start', 'SUMMARY:mai'],
  ['ends-before-it-starts', start('20260302'), 'DTEND;TZID=Europe/Rome:20260301T090000'],
])('what cannot be said is refused with its reason: %s', (reason, ...lines) => {
  expect(() => eventToGraph(calendar('VEVENT', ...lines), 'Europe/Rome')).toThrow(reason);
});

test('zones: a name only the file defines, a floating time, a whole day, the hour that comes twice', () => {
  const startOf = (...lines: readonly string[]): unknown =>
    eventToGraph(calendar('VEVENT', ...lines), 'Europe/Rome').events[0]?.resource['start'];
  expect(startOf('DTSTART:20260302T090000')).toEqual({ dateTime: '2026-03-02T09:00:00', timeZone: 'Europe/Rome' });
  expect(startOf('DTSTART;VALUE=DATE:20260302')).toEqual({ dateTime: '2026-03-02T00:00:00', timeZone: 'Europe/Rome' });
  expect(startOf('DTSTART;TZID=Europe/Rome:20261025T023000')).toEqual({
    dateTime: '2026-10-25T00:30:00',
    timeZone: 'UTC',
  });
});

test('a task keeps its days, what loses its hour stands in the text', () => {
  const lines = ['SUMMARY:Relazione', 'DUE;TZID=Europe/Rome:20260302T003000', 'STATUS:IN-PROCESS', 'PRIORITY:2'];
  const { resource, changed } = taskToGraph(calendar('VTODO', ...lines), 'Europe/Rome');
  expect(resource).toMatchObject({
    dueDateTime: { dateTime: '2026-03-02T00:00:00', timeZone: 'UTC' },
    status: 'inProgress',
    importance: 'high',
  });
  expect(JSON.stringify(resource['body'])).toContain('2026-03-01T23:30:00Z');
  expect(changed.map(({ field }) => field).sort()).toEqual(['due', 'priority']);
});
