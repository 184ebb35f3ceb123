import ICAL from 'ical.js';
import type { TimeReader } from '../../../items/occurrences.ts';
import { clockOf, wallMsOf } from '../../../items/zone-time.ts';
import type { ZoneClock } from '../../../items/zone-time.ts';

const hourMs = 60 * 60 * 1000;
/** Zones that go alike are alike to a series; one of a few is tried. */
const mostZones = 3;

/** Names that Graph certainly knows: the IANA database's own, without the aliases that some computers take besides. */
const zoneNames: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** A time on the wall in the words of a file, with the zone it is written in. */
export interface WrittenTime {
  readonly time: ICAL.Time;
  readonly zoneId: string | null;
}

/**
 * Zones in which Graph can be told a time, the likeliest first. A name that only the file defines ("Rome, (GMT+01.00)")
 * stands for whichever known zone goes the same way over the year.
 *
 * @param home where whole days and floating times are lived through
 */
export function zonesFor({ time, zoneId }: WrittenTime, times: TimeReader, home: string): readonly string[] {
  if (time.isDate) return [home];
  if (time.zone === ICAL.Timezone.utcTimezone) return ['UTC'];
  const name = zoneId?.replace(/^\//, '') ?? '';
  if (zoneNames.has(name)) return [name];
  const probes = [0, 13, 26, 39].map(weeks => {
    const probe = time.clone();
    probe.adjust(weeks * 7, 0, 0, 0);
    return { wall: wallMsOf(probe), point: times.read(probe, zoneId).point };
  });
  const goesAlike = (zone: string): boolean => {
    const clock = zoneClock(zone);
    return probes.every(({ wall, point }) => clock(wall) === point);
  };
  const found: string[] = [];
  for (const zone of [home, ...zoneNames]) {
    if (found.length < mostZones && !found.includes(zone) && goesAlike(zone)) found.push(zone);
  }
  return found;
}

/** Of a zone that every computer knows. */
export function zoneClock(zone: string): ZoneClock {
  return clockOf(zone, null) ?? (wallMs => wallMs);
}

/** What the clock on the wall shows at an instant; both in milliseconds, the wall as if it were UTC. */
export function wallIn(zone: string, instantMs: number): number {
  const clock = zoneClock(zone);
  // No offset is larger than this, and the clock is put on at most once within it.
  let wall = instantMs;
  for (let step = 0; step < 3; step += 1) wall += instantMs - clock(wall);
  return wall;
}

/** Whether the wall shows this time once and no other offset is near: Exchange takes the other one of two. */
function isUnambiguous(zone: string, wallMs: number): boolean {
  const clock = zoneClock(zone);
  const point = clock(wallMs);
  return clock(wallMs + hourMs) - point === hourMs && point - clock(wallMs - hourMs) === hourMs;
}

/** Whether a beginning and a length on the wall say what happens: in the hours around a change of the clock they do not. */
export function isPlainSpan(zone: string, wallMs: number, lengthMs: number): boolean {
  const clock = zoneClock(zone);
  const end = wallMs + lengthMs;
  return isUnambiguous(zone, wallMs) && isUnambiguous(zone, end) && clock(end) - clock(wallMs) === lengthMs;
}

export interface GraphTime {
  readonly dateTime: string;
  readonly timeZone: string;
}

export function graphTime(wallMs: number, zone: string): GraphTime {
  return { dateTime: new Date(wallMs).toISOString().slice(0, 19), timeZone: zone };
}
