import { damaged } from '../damage.ts';
import { decodeText } from '../ltp/code-page.ts';
import { decodeUtf16 } from '../ltp/property-values.ts';

/** RecurrencePattern ([MS-OXOCAL] 2.2.1.44.1). Dates are local wall-clock milliseconds, as if they were UTC. */
export interface RecurrencePattern {
  readonly frequency: 'daily' | 'weekly' | 'monthly' | 'yearly';
  readonly kind: 'day' | 'week' | 'month-day' | 'month-nth' | 'month-end';
  /** False for lunar and Hijri calendars, which RFC 5545 rules cannot say. */
  readonly gregorian: boolean;
  /** In days, weeks or months, by `kind`. */
  readonly period: number;
  /** Bit 0 is Sunday. */
  readonly weekdayMask: number;
  /** Day of the month, or which of the weekdays in the month (5: the last). */
  readonly ordinal: number;
  readonly end:
    | { readonly kind: 'never' }
    | { readonly kind: 'count'; readonly count: number }
    | { readonly kind: 'date'; readonly date: number };
  /** 0 is Sunday. */
  readonly firstWeekday: number;
  /** Midnights of the instances that were deleted or changed, and of those that were changed. */
  readonly removed: readonly number[];
  readonly startDate: number;
}

/** AppointmentRecurrencePattern ([MS-OXOCAL] 2.2.1.44.5). */
export interface AppointmentRecurrence extends RecurrencePattern {
  /** Minutes from midnight. */
  readonly startMinutes: number;
  readonly endMinutes: number;
  readonly exceptions: readonly RecurrenceException[];
}

export interface RecurrenceException {
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
  /** Null where the series' own holds. */
  readonly subject: string | null;
  readonly location: string | null;
  readonly busyStatus: number | null;
  readonly allDay: boolean | null;
}

const minuteMs = 60_000;
const epoch1601 = Date.UTC(1601, 0, 1);
const frequencies: Readonly<Record<number, RecurrencePattern['frequency']>> = {
  0x200a: 'daily',
  0x200b: 'weekly',
  0x200c: 'monthly',
  0x200d: 'yearly',
};
/** 1: Gregorian; 2: US English; 9 to 12: other languages of the same calendar; 0: the default, which is Gregorian. */
const gregorianCalendars = new Set([0, 1, 2, 9, 10, 11, 12]);

/** Reads past the end are damage, found by Buffer's own bounds. */
function reader(blob: Buffer): { at: number; u16(): number; u32(): number; octets(count: number): Buffer } {
  return {
    at: 0,
    u16() {
      this.at += 2;
      return blob.readUInt16LE(this.at - 2);
    },
    u32() {
      this.at += 4;
      return blob.readUInt32LE(this.at - 4);
    },
    octets(count) {
      if (this.at + count > blob.length) throw damaged('recurrence-malformed');
      this.at += count;
      return blob.subarray(this.at - count, this.at);
    },
  };
}
type BlobReader = ReturnType<typeof reader>;

const toMs = (minutes: number): number => epoch1601 + minutes * minuteMs;

/** Throws damage. */
export function parseRecurrence(blob: Buffer): RecurrencePattern {
  return guarded(() => readPattern(reader(blob), blob.length));
}

/** Throws damage. Exceptions that cannot be read are handed to `onLost`, once; the rule itself holds without them. */
export function parseAppointmentRecurrence(blob: Buffer, codePage: number, onLost: () => void): AppointmentRecurrence {
  return guarded(() => {
    const input = reader(blob);
    const pattern = readPattern(input, blob.length);
    input.u32();
    const writerVersion = input.u32();
    const startMinutes = input.u32();
    const endMinutes = input.u32();
    const exceptions: RecurrenceException[] = [];
    try {
      readExceptions(input, writerVersion, codePage, exceptions);
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof Error && 'problem' in error)) throw error;
      onLost();
    }
    return { ...pattern, startMinutes, endMinutes, exceptions };
  });
}

function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw damaged('recurrence-malformed', error);
    throw error;
  }
}

function readPattern(input: BlobReader, blobBytes: number): RecurrencePattern {
  input.octets(4);
  const frequency = frequencies[input.u16()];
  const patternType = input.u16();
  const calendar = input.u16();
  input.u32();
  const rawPeriod = input.u32();
  input.u32();
  if (frequency === undefined) throw damaged('recurrence-malformed');
  let weekdayMask = 0;
  let ordinal = 0;
  const kind = kindOf(patternType);
  if (kind === 'week' || kind === 'month-nth') weekdayMask = input.u32() & 0x7f;
  if (kind === 'month-day' || kind === 'month-end' || kind === 'month-nth') ordinal = input.u32();
  const endType = input.u32();
  const count = input.u32();
  const firstWeekday = input.u32() % 7;
  const removed = dates(input, blobBytes);
  dates(input, blobBytes);
  const startDate = toMs(input.u32());
  const endDate = toMs(input.u32());
  return {
    frequency,
    kind,
    gregorian: patternType < 0x0a && gregorianCalendars.has(calendar),
    period: Math.max(1, kind === 'day' ? Math.round(rawPeriod / 1440) : rawPeriod),
    weekdayMask,
    ordinal,
    end:
      endType === 0x2021
        ? { kind: 'date', date: endDate }
        : endType === 0x2022
          ? { kind: 'count', count }
          : { kind: 'never' },
    firstWeekday,
    removed,
    startDate,
  };
}

function kindOf(patternType: number): RecurrencePattern['kind'] {
  switch (patternType) {
    case 0x0:
      return 'day';
    case 0x1:
      return 'week';
    case 0x2:
    case 0xa:
      return 'month-day';
    case 0x3:
    case 0xb:
      return 'month-nth';
    case 0x4:
    case 0xc:
      return 'month-end';
    default:
      throw damaged('recurrence-malformed');
  }
}

function dates(input: BlobReader, blobBytes: number): readonly number[] {
  const count = input.u32();
  if (count * 4 > blobBytes) throw damaged('recurrence-malformed');
  return Array.from({ length: count }, () => toMs(input.u32()));
}

const overrides = {
  subject: 0x1,
  meetingType: 0x2,
  reminderDelta: 0x4,
  reminder: 0x8,
  location: 0x10,
  busyStatus: 0x20,
  attachment: 0x40,
  subType: 0x80,
  color: 0x100,
};

function readExceptions(
  input: BlobReader,
  writerVersion: number,
  codePage: number,
  found: RecurrenceException[],
): void {
  const count = input.u16();
  const flagsOf: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = toMs(input.u32());
    const end = toMs(input.u32());
    const originalStart = toMs(input.u32());
    const flags = input.u16();
    const has = (bit: number): boolean => (flags & bit) !== 0;
    const text = (): string => {
      input.u16();
      return decodeText(input.octets(input.u16()), codePage);
    };
    const subject = has(overrides.subject) ? text() : null;
    if (has(overrides.meetingType)) input.u32();
    if (has(overrides.reminderDelta)) input.u32();
    if (has(overrides.reminder)) input.u32();
    const location = has(overrides.location) ? text() : null;
    const busyStatus = has(overrides.busyStatus) ? input.u32() : null;
    if (has(overrides.attachment)) input.u32();
    const allDay = has(overrides.subType) ? input.u32() === 1 : null;
    if (has(overrides.color)) input.u32();
    flagsOf.push(flags);
    found.push({ start, end, originalStart, subject, location, busyStatus, allDay });
  }
  input.octets(input.u32());
  // ExtendedException ([MS-OXOCAL] 2.2.1.44.4) repeats the texts in Unicode.
  for (const [index, flags] of flagsOf.entries()) {
    if (writerVersion >= 0x3009) input.octets(input.u32());
    input.octets(input.u32());
    const known = found[index];
    if ((flags & (overrides.subject | overrides.location)) === 0 || known === undefined) continue;
    input.octets(12);
    const subject = (flags & overrides.subject) === 0 ? null : decodeUtf16(input.octets(2 * input.u16()));
    const location = (flags & overrides.location) === 0 ? null : decodeUtf16(input.octets(2 * input.u16()));
    input.octets(input.u32());
    found[index] = { ...known, subject: subject ?? known.subject, location: location ?? known.location };
  }
}
