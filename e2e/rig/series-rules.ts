/** A way to repeat, with a first day that is one of its own (RFC 5545 leaves the other case undefined). */
export interface SeriesRule {
  readonly rule: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  /** Days from the first occurrence to another one; absent where that is none of whole days. */
  readonly second?: number;
  /** Repeats within days, so there is no such series of whole days. */
  readonly withinDays?: true;
}

/** Every FREQ and every BY… part, with COUNT, with UNTIL, and for ever. */
export const seriesRules: readonly SeriesRule[] = [
  { rule: 'FREQ=DAILY;COUNT=9', date: '20250325', second: 1 },
  { rule: 'FREQ=DAILY;INTERVAL=3;COUNT=300', date: '20250101', second: 3 },
  { rule: 'FREQ=DAILY', date: '20250210', second: 1 },
  { rule: 'FREQ=DAILY;BYMONTH=3,10', date: '20250301', second: 1 },
  { rule: 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=60', date: '20251020', second: 1 },
  { rule: 'FREQ=DAILY;BYMONTHDAY=1,15,-1;COUNT=40', date: '20250115', second: 16 },
  { rule: 'FREQ=WEEKLY', date: '20250324', second: 7 },
  { rule: 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20', date: '20250922', second: 2 },
  { rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;COUNT=30', date: '20250805', second: 12 },
  { rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU;COUNT=30', date: '20250805', second: 5 },
  { rule: 'FREQ=WEEKLY;BYMONTH=6,7;BYDAY=FR', date: '20250606', second: 7 },
  { rule: 'FREQ=MONTHLY', date: '20250131' },
  { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=24', date: '20250131', second: 28 },
  { rule: 'FREQ=MONTHLY;BYMONTHDAY=10,20;INTERVAL=2', date: '20250110', second: 10 },
  { rule: 'FREQ=MONTHLY;BYDAY=2TU', date: '20250114', second: 28 },
  { rule: 'FREQ=MONTHLY;BYDAY=-1SU;COUNT=30', date: '20250126', second: 28 },
  { rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', date: '20250131', second: 28 },
  { rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', date: '20250613', second: 245 },
  { rule: 'FREQ=YEARLY', date: '20240229' },
  { rule: 'FREQ=YEARLY;INTERVAL=2;COUNT=4', date: '20250915' },
  { rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', date: '20250330' },
  { rule: 'FREQ=YEARLY;BYMONTH=1,6;BYMONTHDAY=2', date: '20250102', second: 151 },
  { rule: 'FREQ=YEARLY;BYYEARDAY=1,100,-1', date: '20250410', second: 265 },
  { rule: 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', date: '20250512' },
  { rule: 'FREQ=YEARLY;BYDAY=20MO', date: '20250519' },
  { rule: 'FREQ=YEARLY;BYMONTH=1;BYDAY=MO,TU;BYSETPOS=1;COUNT=6', date: '20250106' },
  { rule: 'FREQ=HOURLY;COUNT=30', date: '20250329', withinDays: true },
  { rule: 'FREQ=HOURLY;INTERVAL=6;COUNT=40', date: '20251024', withinDays: true },
  { rule: 'FREQ=MINUTELY;INTERVAL=20;COUNT=50', date: '20250330', withinDays: true },
  { rule: 'FREQ=SECONDLY;INTERVAL=45;COUNT=20', date: '20250612', withinDays: true },
];

/** What stands in the file about a zone. A lie is of the kind programs write: no summer, or another half-hour. */
export function zoneDefinitions(zone: string, lies: boolean): readonly string[] {
  const [winter, summer] = zone === 'America/New_York' ? ['-0500', '-0400'] : ['+0100', '+0200'];
  // Only a name that every computer knows can be put right.
  if (lies && zone.includes('/')) {
    return [
      ...['BEGIN:VTIMEZONE', `TZID:${zone}`, 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
      ...['TZOFFSETFROM:+0730', 'TZOFFSETTO:+0730', 'END:STANDARD', 'END:VTIMEZONE'],
    ];
  }
  const change = (name: string, rule: string, hour: string, from: string, to: string): string[] => [
    ...[`BEGIN:${name}`, `DTSTART:16010101T${hour}0000`, `RRULE:FREQ=YEARLY;${rule}`],
    ...[`TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `END:${name}`],
  ];
  const american = zone === 'America/New_York';
  return [
    ...['BEGIN:VTIMEZONE', `TZID:${zone}`],
    ...change(
      'STANDARD',
      american ? 'BYDAY=1SU;BYMONTH=11' : 'BYDAY=-1SU;BYMONTH=10',
      american ? '02' : '03',
      summer,
      winter,
    ),
    ...change('DAYLIGHT', american ? 'BYDAY=2SU;BYMONTH=3' : 'BYDAY=-1SU;BYMONTH=3', '02', winter, summer),
    'END:VTIMEZONE',
  ];
}
