import type { Language } from './language.ts';

const locales: Readonly<Record<Language, string>> = { it: 'it-IT', en: 'en-GB' };

/** Making a formatter takes a hundred times as long as using it, and a list of folders uses two for each row. */
const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locales[language], options);
  numberFormats.set(key, made);
  return made;
}

/**
 * `25.000` and `4.321` in Italian. The locale data of Italian leaves four-digit numbers ungrouped; in a column of
 * counts that reads as a mistake beside `25.000`, so grouping is always on.
 */
export function formatNumber(value: number, language: Language): string {
  return numberFormat(language, { useGrouping: 'always', maximumFractionDigits: 1 }).format(value);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as disks and providers count them: `1,5 GB` is 1,500,000,000 octets. The space does not break. */
export function formatBytes(bytes: number, language: Language): string {
  let value = bytes;
  let step = 0;
  // 999.95 rather than 1000: what would be rounded to "1.000 kB" is said as "1 MB".
  while (value >= (step === 0 ? 1000 : 999.95) && step < byteUnits.length - 1) {
    value /= 1000;
    step += 1;
  }
  const text = numberFormat(language, {
    style: 'unit',
    unit: byteUnits[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    useGrouping: 'always',
    maximumFractionDigits: 1,
  }).format(value);
  return unbroken(text);
}

const dateTimeFormats = new Map<string, Intl.DateTimeFormat>();
function dateTimeFormat(language: Language, timeZone: string | undefined): Intl.DateTimeFormat {
  const key = `${language} ${timeZone ?? ''}`;
  const known = dateTimeFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locales[language], {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  dateTimeFormats.set(key, made);
  return made;
}

/**
 * `22/11/2026 07:15` from an ISO 8601 instant, in the reader's time zone or the one given (`Europe/Rome`). Text that
 * is no date is given back as it is: it came from a mail and may be anything.
 */
export function formatDateTime(iso: string, language: Language, timeZone?: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const parts = dateTimeFormat(language, timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(candidate => candidate.type === type)?.value ?? '';
  return `${part('day')}/${part('month')}/${part('year')} ${part('hour')}:${part('minute')}`;
}

/** The zone that `formatDateTime` uses when none is given, as an IANA name. */
/** A calendar day (`2026-12-04`, or the day of an instant in UTC): "4 dicembre 2026". */
export function formatDay(iso: string, language: Language): string {
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}

export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `45 secondi`, `12 minuti`, `1 ora e 5 minuti`, `2 giorni e 3 ore`: the two largest units that matter. */
export function formatDuration(seconds: number, language: Language): string {
  if (seconds < 60) return unit(Math.round(seconds), 'second', language);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit(minutes, 'minute', language);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(unit(hours, 'hour', language), minutes % 60, 'minute', language);
  return pair(unit(Math.floor(hours / 24), 'day', language), hours % 24, 'hour', language);
}

/** `tra 5 minuti`: when a server allows the next attempt. Rounded up, so that it is never too early. */
export function formatWait(milliseconds: number, language: Language): string {
  if (milliseconds <= 0) return language === 'it' ? 'subito' : 'now';
  const seconds = Math.ceil(milliseconds / 1000);
  const length = formatDuration(seconds < 60 ? seconds : Math.ceil(seconds / 60) * 60, language);
  return language === 'it' ? `tra ${length}` : `in ${length}`;
}

/** `Da fare, Posta inviata e Progetti`. */
export function formatList(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(locales[language], { type: 'conjunction' }).format(items);
}

function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day', language: Language): string {
  const options = { style: 'unit', unit: name, unitDisplay: 'long' } as const;
  return unbroken(numberFormat(language, options).format(value));
}

function pair(large: string, small: number, name: 'minute' | 'hour', language: Language): string {
  return small === 0 ? large : formatList([large, unit(small, name, language)], language);
}

/** A number must not be parted from its unit at the end of a line. */
function unbroken(text: string): string {
  return text.replaceAll(/\s/g, '\u00a0');
}
