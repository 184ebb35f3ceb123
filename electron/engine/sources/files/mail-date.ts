const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 section 4.3: the names a zone may have besides its offset. Any other is of unknown offset, `-0000`. */
const namedZones: Readonly<Record<string, string>> = {
  UT: '+0000',
  UTC: '+0000',
  GMT: '+0000',
  Z: '+0000',
  CET: '+0100',
  CEST: '+0200',
  MET: '+0100',
  MEST: '+0200',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
};

/** The date-time of RFC 5322 within `text` (behind the last `;` in a Received field) as ISO 8601 with its offset. */
export function isoFromMailDate(text: string): string | null {
  const match =
    /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[a-z]{1,4})?/i.exec(
      text.slice(text.lastIndexOf(';') + 1),
    );
  if (match === null) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '00', zone = ''] = match;
  return isoOf({ year: fullYear(year), month, day, time: `${hour.padStart(2, '0')}:${minute}:${second}`, zone });
}

/** The date of a separator line, `Mon Mar  4 09:15:00 2019`, with a zone before or behind the year where it has one. */
export interface SeparatorDate {
  /** ISO 8601. Read as UTC (RFC 4155) when `zoned` is false. */
  readonly iso: string;
  readonly zoned: boolean;
}

export function separatorDate(text: string): SeparatorDate | null {
  const asctime =
    /\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+([a-z]{3})[a-z]*\s+(\d{1,2})\s+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s+([+-]\d{4}|[a-z]{1,4}))?\s+(\d{4})(?:\s+([+-]\d{4}))?/i.exec(
      text,
    );
  if (asctime !== null) {
    const [, month = '', day = '', hour = '', minute = '', second = '00', before = '', year = '', behind = ''] =
      asctime;
    const zone = behind === '' ? before : behind;
    const iso = isoOf({ year, month, day, time: `${hour.padStart(2, '0')}:${minute}:${second}`, zone });
    return iso === null ? null : { iso, zoned: zone !== '' };
  }
  if (!/\b(?:mon|tue|wed|thu|fri|sat|sun),?\s/i.test(text)) return null;
  const iso = isoFromMailDate(text);
  return iso === null ? null : { iso, zoned: true };
}

/** ISO 8601, UTC, whole seconds; null for a time no calendar has. */
export function isoFromMs(ms: number): string | null {
  return Number.isNaN(ms) || Math.abs(ms) > 8.64e15 ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

function isoOf(date: { year: string; month: string; day: string; time: string; zone: string }): string | null {
  const month = months.indexOf(date.month.toLowerCase()) + 1;
  if (month === 0) return null;
  const zone = /^[+-]/.test(date.zone) ? date.zone : (namedZones[date.zone.toUpperCase()] ?? '+0000');
  const day = `${date.year}-${String(month).padStart(2, '0')}-${date.day.padStart(2, '0')}`;
  const iso = `${day}T${date.time}${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(iso);
  // The engine's parser takes the 31st of February for the 3rd of March.
  const isReal = !Number.isNaN(ms) && new Date(`${day}T00:00:00Z`).getUTCDate() === Number(date.day);
  return isReal ? iso : null;
}

/** RFC 5322 section 4.3: two digits are 2000 to 2049 or 1950 to 1999, three are counted from 1900. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  const value = Number(year);
  return String(year.length === 2 && value < 50 ? value + 2000 : value + 1900);
}
