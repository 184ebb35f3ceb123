/** A few of Windows' names, which Graph takes as well. */
const windowsNames: Readonly<Record<string, string>> = {
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Tokyo Standard Time': 'Asia/Tokyo',
};
const known: ReadonlySet<string> = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);

/** Null: a zone Graph does not know. */
export function zoneNamed(name: string): string | null {
  return known.has(name) ? name : (windowsNames[name] ?? null);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();
const hourMs = 3_600_000;

/** What the wall shows, as milliseconds as if it were UTC. No zone changes its clock within a quarter of an hour. */
export function toWall(zone: string, instant: number): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, known);
  const quarter = Math.floor(instant / (hourMs / 4));
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = askWall(zone, quarter * (hourMs / 4)) - quarter * (hourMs / 4);
    known.set(quarter, offset);
  }
  return instant + offset;
}

function askWall(zone: string, instant: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** .NET takes a time that the wall shows twice for the second one, and moves one that it leaves out forward. */
export function fromWall(zone: string, wall: number): number {
  const near = [-26, 26].map(step => toWall(zone, wall + step * hourMs) - wall - step * hourMs);
  const instants = [...new Set(near)].map(offset => wall - offset).filter(instant => toWall(zone, instant) === wall);
  if (instants.length > 0) return Math.max(...instants);
  return wall - (toWall(zone, wall - 24 * hourMs) - (wall - 24 * hourMs));
}
