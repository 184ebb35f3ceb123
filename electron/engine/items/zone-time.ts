import ICAL from 'ical.js';

const dayMs = 24 * 60 * 60 * 1000;
/** No clock is put forward by more. */
const hoursAround = 3 * 60 * 60 * 1000;

/** Turns a time on the wall (milliseconds as if it were UTC) into the instant it stands for (milliseconds UTC). */
export type ZoneClock = (wallMs: number) => number;

/**
 * The clock of a `TZID`. A zone that every computer knows goes by its known rules, whatever a file's own VTIMEZONE says of
 * it: servers and programs do the same, and such definitions are often old or wrong. Any other name goes by the
 * definition in the file; null where there is none.
 */
export function clockOf(zoneId: string, definition: ICAL.Component | null): ZoneClock | null {
  const name = zoneId.replace(/^\//, '');
  const offsets = knownOffsets(name);
  if (offsets !== null) return wallMs => fromWall(wallMs, offsets);
  return definition === null ? null : definedClock(zoneId, definition);
}

/** By the text of the definition, which is the same in every file that one program wrote. */
const defined = new Map<string, ZoneClock>();
const mostDefined = 50;

/** ical.js expands a definition from its first year, 1601 with Outlook: once for a whole calendar, not for each appointment. */
function definedClock(zoneId: string, definition: ICAL.Component): ZoneClock {
  const text = JSON.stringify(definition);
  const remembered = defined.get(text);
  if (remembered !== undefined) return remembered;
  // A copy, which does not hold the whole appointment in memory.
  const component = new ICAL.Component(JSON.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
  const zone = new ICAL.Timezone({ component, tzid: zoneId });
  const offsetAt = askedByDay(wallMs => zone.utcOffset(wallTime(wallMs)) * 1000);
  const clock: ZoneClock = wallMs => {
    const offset = offsetAt(wallMs);
    const before = offsetAt(wallMs - hoursAround);
    // ical.js counts a time that the clock leaves out, or shows twice, by the offset behind the change.
    const within = offset !== before && offsetAt(wallMs - Math.abs(offset - before)) === before;
    return wallMs - (within ? before : offset);
  };
  if (defined.size >= mostDefined) defined.clear();
  defined.set(text, clock);
  return clock;
}

/** A floating time of ical.js from milliseconds on the wall. */
export function wallTime(wallMs: number): ICAL.Time {
  const date = new Date(wallMs);
  const time = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
  return new ICAL.Time(time, ICAL.Timezone.localTimezone);
}

/** Milliseconds on the wall, whatever zone the time names. */
export function wallMsOf(time: ICAL.Time): number {
  return Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
}

/** Milliseconds from UTC, at an instant or at a time on the wall. */
type Offsets = (ms: number) => number;

/**
 * RFC 5545 section 3.3.5: a time that the clock shows twice is the first of the two, one that it leaves out is counted
 * by the offset before the gap.
 */
function fromWall(wallMs: number, offsetAt: Offsets): number {
  const before = offsetAt(wallMs - dayMs);
  const after = offsetAt(wallMs + dayMs);
  if (before === after || offsetAt(wallMs - before) === before) return wallMs - before;
  return offsetAt(wallMs - after) === after ? wallMs - after : wallMs - before;
}

const known = new Map<string, Offsets | null>();

function knownOffsets(name: string): Offsets | null {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const made = offsetsOf(name);
  known.set(name, made);
  return made;
}

function offsetsOf(name: string): Offsets | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
  const ask = (instantMs: number): number => {
    const part = format.formatToParts(instantMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(part);
    if (match === null) return 0;
    const [, sign, hours, minutes, seconds = '0'] = match;
    const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return (sign === '-' ? -offset : offset) * 1000;
  };
  return askedByDay(ask);
}

/** Asking costs microseconds and series ask thousands of times: a day that begins and ends alike is asked once. */
function askedByDay(ask: Offsets): Offsets {
  const days = new Map<number, number | null>();
  return ms => {
    const day = Math.floor(ms / dayMs);
    let offset = days.get(day);
    if (offset === undefined) {
      const begin = ask(day * dayMs);
      offset = begin === ask((day + 1) * dayMs - 1000) ? begin : null;
      days.set(day, offset);
    }
    return offset ?? ask(ms);
  };
}
