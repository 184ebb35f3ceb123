import { decodeUtf16 } from '../ltp/property-values.ts';
import { escapeText, quoteParameter } from '../../../items/content-lines.ts';

/** A change to or from daylight saving: the n-th weekday of a month (5: the last), at minutes after midnight. */
interface Transition {
  readonly month: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly nth: number;
  readonly minutes: number;
}

/** A time zone by rule, as an appointment carries it. Minutes to add to UTC. */
export interface TimeZone {
  readonly name: string;
  readonly standardOffset: number;
  readonly daylightOffset: number;
  /** Null for a zone without daylight saving. */
  readonly toStandard: Transition | null;
  readonly toDaylight: Transition | null;
}

/** Offset in TZRULE of the first bias; [MS-OXOCAL] 2.2.1.41.1. */
const ruleBytes = 66;
const ruleBias = 20;
/** TZRULE_FLAG_RECUR_CURRENT_TZREG, TZRULE_FLAG_EFFECTIVE_TZREG. */
const ruleFlags = 0x03;

/**
 * PidLidAppointmentTimeZoneDefinition… ([MS-OXOCAL] 2.2.1.41). Null when malformed. Of several rules the one marked as
 * in force counts, else the last.
 */
export function parseZoneDefinition(blob: Buffer | null): TimeZone | null {
  if (blob === null || blob.length < 8 || blob[0] !== 2) return null;
  const nameLength = blob.readUInt16LE(6);
  const rulesAt = 8 + 2 * nameLength + 2;
  if (rulesAt > blob.length) return null;
  const name = decodeUtf16(blob.subarray(8, 8 + 2 * nameLength)).replace(/\0+$/, '');
  const count = blob.readUInt16LE(rulesAt - 2);
  let chosen: Buffer | null = null;
  for (let index = 0; index < count && rulesAt + (index + 1) * ruleBytes <= blob.length; index++) {
    const rule = blob.subarray(rulesAt + index * ruleBytes, rulesAt + (index + 1) * ruleBytes);
    if (chosen === null || (rule.readUInt16LE(4) & ruleFlags) !== 0) chosen = rule;
  }
  if (chosen === null) return null;
  return zoneOf(name, chosen, ruleBias, chosen.subarray(ruleBias + 12), chosen.subarray(ruleBias + 28));
}

/** PidLidTimeZoneStruct ([MS-OXOCAL] 2.2.1.39), which carries no name. */
export function parseZoneStruct(blob: Buffer | null, name: string): TimeZone | null {
  if (blob === null || blob.length < 48) return null;
  return zoneOf(name, blob, 0, blob.subarray(14), blob.subarray(32));
}

function zoneOf(name: string, biases: Buffer, at: number, standardDate: Buffer, daylightDate: Buffer): TimeZone | null {
  const bias = biases.readInt32LE(at);
  const standardOffset = -(bias + biases.readInt32LE(at + 4));
  const daylightOffset = -(bias + biases.readInt32LE(at + 8));
  if (Math.abs(standardOffset) > 18 * 60 || Math.abs(daylightOffset) > 18 * 60) return null;
  const toStandard = transition(standardDate);
  const toDaylight = transition(daylightDate);
  const changes = toStandard !== null && toDaylight !== null && standardOffset !== daylightOffset;
  return {
    name: name === '' ? `UTC${offsetText(standardOffset)}` : name,
    standardOffset,
    daylightOffset,
    toStandard: changes ? toStandard : null,
    toDaylight: changes ? toDaylight : null,
  };
}

/** SYSTEMTIME with a year of 0: month, weekday, ordinal, hour, minute. A month of 0 means "never". */
function transition(date: Buffer): Transition | null {
  if (date.length < 16) return null;
  const month = date.readUInt16LE(2);
  const weekday = date.readUInt16LE(4);
  const nth = date.readUInt16LE(6);
  if (month < 1 || month > 12 || weekday > 6 || nth < 1 || nth > 5) return null;
  return { month, weekday, nth, minutes: date.readUInt16LE(8) * 60 + date.readUInt16LE(10) };
}

const minuteMs = 60_000;

/** Local wall-clock time, in milliseconds as if it were UTC, as an instant. */
export function localToUtc(zone: TimeZone, local: number): number {
  const { toStandard, toDaylight } = zone;
  if (toStandard === null || toDaylight === null) return local - zone.standardOffset * minuteMs;
  const year = new Date(local).getUTCFullYear();
  const standard = occurrence(toStandard, year);
  const daylight = occurrence(toDaylight, year);
  // In the southern hemisphere daylight saving lasts over the new year.
  const inDaylight =
    daylight < standard ? local >= daylight && local < standard : local >= daylight || local < standard;
  return local - (inDaylight ? zone.daylightOffset : zone.standardOffset) * minuteMs;
}

/** An instant as local wall-clock time. */
export function utcToLocal(zone: TimeZone, utc: number): number {
  const daylight = utc + zone.daylightOffset * minuteMs;
  return localToUtc(zone, daylight) === utc ? daylight : utc + zone.standardOffset * minuteMs;
}

function occurrence({ month, weekday, nth, minutes }: Transition, year: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  let day = 1 + ((weekday - first + 7) % 7) + (nth - 1) * 7;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  while (day > days) day -= 7;
  return Date.UTC(year, month - 1, day) + minutes * minuteMs;
}

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** VTIMEZONE (RFC 5545 section 3.6.5), its rules counted from 1970. */
export function zoneComponent(zone: TimeZone): readonly string[] {
  const { standardOffset, daylightOffset, toStandard, toDaylight } = zone;
  const part = (kind: string, from: number, to: number, when: Transition | null): readonly string[] => [
    `BEGIN:${kind}`,
    `DTSTART:${when === null ? '19700101T000000' : localTime(occurrence(when, 1970))}`,
    ...(when === null
      ? []
      : [
          `RRULE:FREQ=YEARLY;BYMONTH=${when.month};BYDAY=${when.nth === 5 ? -1 : when.nth}${weekdays[when.weekday] ?? ''}`,
        ]),
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${kind}`,
  ];
  const fixed = toStandard === null || toDaylight === null;
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${escapeText(zone.name)}`,
    ...part('STANDARD', fixed ? standardOffset : daylightOffset, standardOffset, fixed ? null : toStandard),
    ...(fixed ? [] : part('DAYLIGHT', standardOffset, daylightOffset, toDaylight)),
    'END:VTIMEZONE',
  ];
}

/** `;TZID=…` for a property whose value is local time in the zone. */
export function zoneParameter(zone: TimeZone): string {
  return `;TZID=${/^[A-Za-z0-9 _/+-]+$/.test(zone.name) ? zone.name : quoteParameter(zone.name)}`;
}

/** `20190304T091500`, of wall-clock milliseconds. */
export function localTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
