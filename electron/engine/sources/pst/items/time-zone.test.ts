import { expect, test } from 'vitest';
import {
  localToUtc,
  parseZoneDefinition,
  parseZoneStruct,
  utcToLocal,
  zoneComponent,
  zoneParameter,
} from './time-zone.ts';

/** PidLidTimeZoneStruct of Rome: an hour east, summer time from the last Sunday of March to that of October. */
const rome = Buffer.alloc(48);
rome.writeInt32LE(-60, 0);
rome.writeInt32LE(-60, 8);
rome.writeUInt16LE(10, 16);
rome.writeUInt16LE(5, 20);
rome.writeUInt16LE(3, 22);
rome.writeUInt16LE(3, 34);
rome.writeUInt16LE(5, 38);
rome.writeUInt16LE(2, 40);

test('local times of Rome, winter and summer, there and back', () => {
  const zone = parseZoneStruct(rome, 'Europa occidentale');
  if (zone === null) throw new Error('not parsed');
  for (const [local, utc] of [
    ['2024-01-15T09:00Z', '2024-01-15T08:00Z'],
    ['2024-07-15T09:00Z', '2024-07-15T07:00Z'],
    ['2024-03-31T03:30Z', '2024-03-31T01:30Z'],
    ['2024-10-27T03:30Z', '2024-10-27T02:30Z'],
  ] as const) {
    expect(new Date(localToUtc(zone, Date.parse(local))).toISOString()).toContain(utc.slice(0, 16));
    expect(new Date(utcToLocal(zone, Date.parse(utc))).toISOString()).toContain(local.slice(0, 16));
  }
});

test('the component says the same', () => {
  const zone = parseZoneStruct(rome, '(UTC+01:00) Amsterdam, Roma');
  if (zone === null) throw new Error('not parsed');
  expect(zoneComponent(zone)).toEqual([
    'BEGIN:VTIMEZONE',
    'TZID:(UTC+01:00) Amsterdam\\, Roma',
    'BEGIN:STANDARD',
    'DTSTART:19701025T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19700329T020000',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ]);
  expect(zoneParameter(zone)).toBe(';TZID="(UTC+01:00) Amsterdam, Roma"');
});

test('a definition with several rules: the one in force counts; nonsense is no zone', () => {
  const head = Buffer.from('02010600020004005200 6f006d0065000200'.replaceAll(' ', ''), 'hex');
  const rule = (bias: number, flags: number): Buffer => {
    const octets = Buffer.alloc(66);
    octets.writeUInt16LE(flags, 4);
    octets.writeInt32LE(bias, 20);
    return octets;
  };
  const zone = parseZoneDefinition(Buffer.concat([head, rule(-60, 2), rule(-120, 0)]));
  expect(zone).toMatchObject({ name: 'Rome', standardOffset: 60, toDaylight: null });
  expect(parseZoneDefinition(Buffer.from('0201'))).toBeNull();
  expect(parseZoneDefinition(Buffer.concat([head, rule(99_999, 2)]))).toBeNull();
});
