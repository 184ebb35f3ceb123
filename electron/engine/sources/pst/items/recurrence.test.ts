import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../../../shared/errors.ts';
import { parseAppointmentRecurrence, parseRecurrence } from './recurrence-blob.ts';
import { recurrenceRule } from './recurrence-rule.ts';

const minutesOf = (date: string): number => (Date.parse(date) - Date.UTC(1601, 0, 1)) / 60_000;

interface PatternDraft {
  readonly frequency: number;
  readonly pattern: number;
  readonly calendar?: number;
  readonly period: number;
  readonly specific?: readonly number[];
  readonly end?: readonly [type: number, count: number];
  readonly firstWeekday?: number;
  readonly deleted?: readonly string[];
  readonly modified?: readonly string[];
  readonly from?: string;
  readonly until?: string;
}

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value, 0);
  return octets;
};

/** RecurrencePattern of [MS-OXOCAL] 2.2.1.44.1. */
function pattern(draft: PatternDraft): Buffer {
  const [endType, count] = draft.end ?? [0x2023, 10];
  const dates = (list: readonly string[]): readonly Buffer[] => [
    u32(list.length),
    ...list.map(date => u32(minutesOf(date))),
  ];
  return Buffer.concat([
    u16(0x3004),
    u16(0x3004),
    u16(draft.frequency),
    u16(draft.pattern),
    u16(draft.calendar ?? 0),
    u32(0),
    u32(draft.period),
    u32(0),
    ...(draft.specific ?? []).map(u32),
    u32(endType),
    u32(count),
    u32(draft.firstWeekday ?? 1),
    ...dates(draft.deleted ?? []),
    ...dates(draft.modified ?? []),
    u32(minutesOf(draft.from ?? '2024-03-04T00:00Z')),
    u32(minutesOf(draft.until ?? '2024-12-30T00:00Z')),
  ]);
}

const rule = (draft: PatternDraft): string | null =>
  recurrenceRule(parseRecurrence(pattern(draft)), date =>
    new Date(date).toISOString().slice(0, 10).replaceAll('-', ''),
  );

test.each([
  ['every third day', { frequency: 0x200a, pattern: 0, period: 3 * 1440 }, 'FREQ=DAILY;INTERVAL=3'],
  [
    'every weekday',
    { frequency: 0x200a, pattern: 1, period: 1, specific: [0x3e] },
    'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR',
  ],
  [
    'every other Tuesday and Thursday, ten times, weeks from Sunday',
    { frequency: 0x200b, pattern: 1, period: 2, specific: [0x14], end: [0x2022, 10], firstWeekday: 0 } as const,
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=10;WKST=SU',
  ],
  [
    'the 15th of each month',
    { frequency: 0x200c, pattern: 2, period: 1, specific: [15] },
    'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15',
  ],
  [
    'the 31st, or the last',
    { frequency: 0x200c, pattern: 2, period: 1, specific: [31] },
    'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=-1',
  ],
  [
    'the 30th, or the last before',
    { frequency: 0x200c, pattern: 2, period: 1, specific: [30] },
    'FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1',
  ],
  [
    'the last Friday',
    { frequency: 0x200c, pattern: 3, period: 1, specific: [0x20, 5] },
    'FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR',
  ],
  [
    'the second weekday',
    { frequency: 0x200c, pattern: 3, period: 1, specific: [0x3e, 2] },
    'FREQ=MONTHLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2',
  ],
  [
    'each 4 March until a date',
    { frequency: 0x200d, pattern: 2, period: 12, specific: [4], end: [0x2021, 9] } as const,
    'FREQ=YEARLY;INTERVAL=1;BYMONTH=3;BYMONTHDAY=4;UNTIL=20241230',
  ],
])('%s', (_, draft, expected) => {
  expect(rule(draft)).toBe(expected);
});

test('a Hijri calendar has no rule, and no wrong one', () => {
  expect(rule({ frequency: 0x200c, pattern: 0xa, calendar: 6, period: 1, specific: [15] })).toBeNull();
});

const exception = Buffer.concat([
  u32(minutesOf('2024-03-12T11:00Z')),
  u32(minutesOf('2024-03-12T12:00Z')),
  u32(minutesOf('2024-03-11T09:00Z')),
  u16(0x11),
  u16(6),
  u16(5),
  Buffer.from('Citt?'),
  u16(5),
  u16(4),
  Buffer.from('Aula'),
]);
const extended = Buffer.concat([
  u32(0),
  u32(0),
  Buffer.alloc(12),
  u16(5),
  Buffer.from('Città', 'utf16le'),
  u16(4),
  Buffer.from('Aula', 'utf16le'),
  u32(0),
]);

function appointment(tail: Buffer): Buffer {
  const weekly = pattern({
    frequency: 0x200b,
    pattern: 1,
    period: 1,
    specific: [0x02],
    deleted: ['2024-03-11T00:00Z', '2024-03-18T00:00Z'],
    modified: ['2024-03-12T00:00Z'],
  });
  return Buffer.concat([weekly, u32(0x3006), u32(0x3009), u32(9 * 60), u32(10 * 60), tail]);
}

test('an appointment with a changed and a deleted occurrence; texts come from their Unicode copy', () => {
  let lost = 0;
  const blob = appointment(Buffer.concat([u16(1), exception, u32(0), extended, u32(0)]));
  const parsed = parseAppointmentRecurrence(blob, 1252, () => lost++);
  expect(parsed.startMinutes).toBe(540);
  expect(parsed.removed.map(day => new Date(day).toISOString().slice(0, 10))).toEqual(['2024-03-11', '2024-03-18']);
  expect(parsed.exceptions).toEqual([
    {
      start: Date.parse('2024-03-12T11:00Z'),
      end: Date.parse('2024-03-12T12:00Z'),
      originalStart: Date.parse('2024-03-11T09:00Z'),
      subject: 'Città',
      location: 'Aula',
      busyStatus: null,
      allDay: null,
    },
  ]);
  expect(lost).toBe(0);
});

test('broken exceptions do not cost the rule', () => {
  let lost = 0;
  const parsed = parseAppointmentRecurrence(appointment(u16(3)), 1252, () => lost++);
  expect(parsed.kind).toBe('week');
  expect(lost).toBe(1);
});

test('any octets either parse or are named as damage', () => {
  const whole = appointment(Buffer.concat([u16(1), exception, u32(0), extended, u32(0)]));
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(changes, fc.nat(whole.length), (edits, length) => {
      const blob = Buffer.from(whole.subarray(0, length));
      for (const [at, value] of edits) if (at < blob.length) blob[at] = value;
      try {
        recurrenceRule(
          parseAppointmentRecurrence(blob, 1252, () => undefined),
          date => String(date),
        );
      } catch (error) {
        expect(error).toBeInstanceOf(TravasoError);
      }
    }),
    { seed: 6, numRuns: 500 },
  );
});
