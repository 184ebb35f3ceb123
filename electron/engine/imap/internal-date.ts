const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `" 4-Mar-2019 09:15:00 +0100"` as `2019-03-04T09:15:00+01:00`; null when it is no date-time of RFC 3501. */
export function isoFromInternalDate(text: string): string | null {
  const match = /^ ?(\d{1,2})-([a-z]{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/i.exec(text);
  if (match === null) return null;
  const [, day = '', monthName = '', year = '', time = '', hours = '', minutes = ''] = match;
  const month = months.indexOf(monthName.toLowerCase()) + 1;
  if (month === 0) return null;
  const iso = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${time}${hours}:${minutes}`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}
