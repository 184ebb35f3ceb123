import ICAL from 'ical.js';
import { timeReader, timesOf } from '../../../items/occurrences.ts';
import type { TimeReader } from '../../../items/occurrences.ts';

/**
 * Dates as the server reads them. It passes over RDATE (`debug_enable_calendar_rdate` is off everywhere), so each such
 * date becomes an exception that stands for itself; it takes an EXDATE for an instant, so a day becomes the time that
 * falls on it; and an end that is no later than the start becomes no end.
 *
 * @returns the series before its exceptions, as the server wants them
 */
export function normaliseDates(
  components: readonly ICAL.Component[],
  calendars: readonly ICAL.Component[],
): readonly ICAL.Component[] {
  const times = timeReader(calendars);
  for (const component of components) if (component.name === 'vevent') dropEmptyEnd(component, times);
  const series = components.find(each => !each.hasProperty('recurrence-id'));
  if (series === undefined) return components;
  const exceptions = components.filter(each => each.hasProperty('recurrence-id'));
  const added = extraDates(series, exceptions, times);
  pinLeftOut(series);
  return [series, ...exceptions, ...added];
}

function dropEmptyEnd(component: ICAL.Component, times: TimeReader): void {
  const start = timesOf(component, 'dtstart')[0];
  const end = timesOf(component, 'dtend')[0];
  if (start === undefined) return;
  const begins = times.read(start.time, start.zoneId).point;
  if (end !== undefined && times.read(end.time, end.zoneId).point <= begins) component.removeAllProperties('dtend');
  const duration = component.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration && duration.toSeconds() <= 0) component.removeAllProperties('duration');
}

/** One exception for each RDATE that is not left out again and for which none is there. */
function extraDates(
  series: ICAL.Component,
  exceptions: readonly ICAL.Component[],
  times: TimeReader,
): readonly ICAL.Component[] {
  const start = timesOf(series, 'dtstart')[0];
  const dates = timesOf(series, 'rdate');
  series.removeAllProperties('rdate');
  if (start === undefined || dates.length === 0) return [];
  const point = ({ time, zoneId }: (typeof dates)[number]): number => times.read(time, zoneId).point;
  const leftOut = timesOf(series, 'exdate');
  const taken = new Set([start, ...leftOut, ...exceptions.flatMap(each => timesOf(each, 'recurrence-id'))].map(point));
  const days = new Set(leftOut.filter(({ time }) => time.isDate && !start.time.isDate).map(({ time }) => dayOf(time)));
  const added: ICAL.Component[] = [];
  for (const date of dates) {
    if (taken.has(point(date)) || days.has(dayOf(date.time))) continue;
    taken.add(point(date));
    added.push(occurrenceAlone(series, start, date, times));
  }
  // Exceptions are exceptions to something that repeats.
  if (added.length > 0 && !series.hasProperty('rrule')) {
    series.addPropertyWithValue('rrule', ICAL.Recur.fromString('FREQ=DAILY;COUNT=1'));
  }
  return added;
}

type ZonedTime = ReturnType<typeof timesOf>[number];

function occurrenceAlone(series: ICAL.Component, start: ZonedTime, date: ZonedTime, times: TimeReader): ICAL.Component {
  const copy = new ICAL.Component(structuredClone(series.toJSON()) as ConstructorParameters<typeof ICAL.Component>[0]);
  for (const name of ['rrule', 'exdate', 'dtstart', 'dtend', 'due']) copy.removeAllProperties(name);
  copy.addProperty(timeProperty('recurrence-id', date));
  copy.addProperty(timeProperty('dtstart', date));
  const end = timesOf(series, series.name === 'vtodo' ? 'due' : 'dtend')[0];
  if (end === undefined) return copy;
  const length = times.read(end.time, end.zoneId).point - times.read(start.time, start.zoneId).point;
  copy.addPropertyWithValue('duration', durationOf(length, start.time.isDate));
  return copy;
}

/** Days are days on the wall, hours are hours whatever the clock does meanwhile. */
function durationOf(ms: number, inDays: boolean): ICAL.Duration {
  const seconds = Math.round(ms / 1000);
  if (inDays) return new ICAL.Duration({ days: Math.round(seconds / 86_400) });
  return new ICAL.Duration({
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  });
}

function pinLeftOut(series: ICAL.Component): void {
  const start = timesOf(series, 'dtstart')[0];
  if (start === undefined || start.time.isDate) return;
  for (const property of series.getAllProperties('exdate')) {
    const days = (property.getValues() as unknown[]).filter(value => value instanceof ICAL.Time && value.isDate);
    if (days.length === 0) continue;
    series.removeProperty(property);
    for (const day of days as ICAL.Time[]) {
      const time = start.time.clone();
      time.year = day.year;
      time.month = day.month;
      time.day = day.day;
      series.addProperty(timeProperty('exdate', { time, zoneId: start.zoneId }));
    }
  }
}

export function timeProperty(name: string, { time, zoneId }: ZonedTime): ICAL.Property {
  const property = new ICAL.Property(name);
  property.resetType(time.isDate ? 'date' : 'date-time');
  property.setValue(time);
  if (zoneId !== null && !time.isDate) property.setParameter('tzid', zoneId);
  return property;
}

function dayOf({ year, month, day }: ICAL.Time): string {
  return `${year}-${month}-${day}`;
}
