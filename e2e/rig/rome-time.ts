/** Wall-clock time as an Italian mail server writes it, without depending on the machine's time zone. */

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Minutes east of UTC in Rome: summer time runs between the last Sundays of March and October, 01:00 UTC. */
export function romeOffset(date: Date): number {
  const year = date.getUTCFullYear();
  return date >= summerStart(year) && date < summerEnd(year) ? 120 : 60;
}

/** The instant clocks go forward (02:00 → 03:00 local). */
export function summerStart(year: number): Date {
  return lastSunday(year, 2);
}

/** The instant clocks go back: the local hour from 02:00 to 03:00 happens twice around it. */
export function summerEnd(year: number): Date {
  return lastSunday(year, 9);
}

function lastSunday(year: number, month: number): Date {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  last.setUTCDate(last.getUTCDate() - last.getUTCDay());
  return last;
}

/** RFC 5322 section 3.3, e.g. `Mon, 04 Mar 2019 09:15:00 +0100`. */
export function mailDate(date: Date, offsetMinutes: number): string {
  const local = new Date(date.getTime() + offsetMinutes * 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const size = Math.abs(offsetMinutes);
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  return (
    `${days[local.getUTCDay()] ?? ''}, ${two(local.getUTCDate())} ${months[local.getUTCMonth()] ?? ''} ` +
    `${local.getUTCFullYear()} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:` +
    `${two(local.getUTCSeconds())} ${zone}`
  );
}
