import ICAL from 'ical.js';
import { frequencies, weekdays } from '../../../../shared/model/item-view.ts';
import type { Recurrence } from '../../../../shared/model/item-view.ts';
import { timesOf } from '../../items/occurrences.ts';
import type { TimeReader } from '../../items/occurrences.ts';

/** What a sentence about a series can say. */
const told = new Set(['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS']);

/** How a series repeats; null for what takes place once. */
export function recurrenceOf(series: ICAL.Component, times: TimeReader): Recurrence | null {
  const rules = series.getAllProperties('rrule').map(property => property.getFirstValue());
  const [rule] = rules;
  if (!(rule instanceof ICAL.Recur)) return null;
  const frequency = frequencies.find(each => each.toUpperCase() === rule.freq);
  if (frequency === undefined) return null;
  const parts = rule.parts as Readonly<Record<string, readonly unknown[] | undefined>>;
  const saysMore = rules.length > 1 || series.hasProperty('rdate') || Object.keys(parts).some(name => !told.has(name));
  const zoneId = timesOf(series, 'dtstart')[0]?.zoneId ?? null;
  return {
    frequency,
    interval: rule.interval,
    days: (parts['BYDAY'] ?? []).flatMap(value => dayOf(String(value))),
    monthDays: numbers(parts['BYMONTHDAY']),
    months: numbers(parts['BYMONTH']),
    positions: numbers(parts['BYSETPOS']),
    count: rule.count,
    until: rule.until === null ? null : times.read(rule.until, zoneId).text,
    rule: saysMore ? rules.map(String).join(' + ') : null,
  };
}

function numbers(values: readonly unknown[] = []): number[] {
  return values.map(Number).filter(value => Number.isInteger(value));
}

function dayOf(value: string): Recurrence['days'] {
  const [, nth = '', name = ''] = /^([+-]?\d*)([A-Z]{2})$/.exec(value) ?? [];
  const weekday = weekdays.find(each => each === name);
  return weekday === undefined ? [] : [{ weekday, nth: nth === '' ? null : Number(nth) }];
}
