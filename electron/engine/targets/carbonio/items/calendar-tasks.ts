import ICAL from 'ical.js';
import { timeReader, timesOf } from '../../../items/occurrences.ts';
import { timeProperty } from './calendar-dates.ts';
import type { CalendarTexts } from './calendar-texts.ts';

/**
 * What the server does with a task, done here, so that the proof knows it: one that is done in any way is done in every
 * way, and one that begins without an end has no beginning (Invite.sanitize).
 */
export function normaliseTask(task: ICAL.Component, texts: CalendarTexts): void {
  keepStart(task, texts);
  const status = String(task.getFirstPropertyValue('status') ?? '').toUpperCase();
  const percent = String(task.getFirstPropertyValue('percent-complete') ?? '');
  if (status !== 'COMPLETED' && percent !== '100' && !task.hasProperty('completed')) return;
  task.updatePropertyWithValue('status', 'COMPLETED');
  task.updatePropertyWithValue('percent-complete', 100);
  if (task.hasProperty('completed')) return;
  const known = ['last-modified', 'dtstamp', 'created'].map(name => task.getFirstPropertyValue(name));
  // Without one it would be the moment of the upload, another at each run.
  const when = known.find(each => each instanceof ICAL.Time) ?? ICAL.Time.fromDateTimeString('1970-01-01T00:00:00Z');
  task.addPropertyWithValue('completed', when);
}

/** A day to be done by is given only to what needs its beginning: what repeats, and what rings before it. */
function keepStart(task: ICAL.Component, texts: CalendarTexts): void {
  const start = timesOf(task, 'dtstart')[0];
  if (start === undefined || task.hasProperty('due')) return;
  const duration = task.getFirstPropertyValue('duration');
  const needsStart =
    task.hasProperty('rrule') || task.hasProperty('recurrence-id') || task.getFirstSubcomponent('valarm');
  if (duration instanceof ICAL.Duration || needsStart) {
    const time = start.time.clone();
    if (duration instanceof ICAL.Duration) time.addDuration(duration);
    task.removeAllProperties('duration');
    task.addProperty(timeProperty('due', { time, zoneId: start.zoneId }));
    return;
  }
  texts.write('occurrence', 'Inizio', timeReader([]).read(start.time, start.zoneId).text);
  task.removeAllProperties('dtstart');
}
