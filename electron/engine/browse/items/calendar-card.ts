import ICAL from 'ical.js';
import type { EventCard, ItemAttachment, TaskCard } from '../../../../shared/model/item-view.ts';
import { ownOccurrence, timeReader, timesOf } from '../../items/occurrences.ts';
import type { TimeReader } from '../../items/occurrences.ts';
import { parseCalendars } from '../../items/parse-calendar.ts';
import { firstText, parameterOf, shortened, textOf, textsOf, valuesOf } from './card-texts.ts';
import { itemLimits } from './item-limits.ts';
import { recurrenceOf } from './recurrence-of.ts';

const meaningful = new Set(['vevent', 'vtodo', 'vjournal']);
const answers = ['accepted', 'declined', 'tentative', 'delegated'] as const;

/** One appointment, task or journal entry out of its iCalendar object. */
export interface ParsedCalendarItem {
  readonly series: ICAL.Component;
  readonly exceptions: readonly ICAL.Component[];
  readonly times: TimeReader;
}

/** Throws when it cannot be parsed or tells of nothing. */
export function parseCalendarItem(octets: Buffer): ParsedCalendarItem {
  const calendars = parseCalendars(octets.toString('utf8'));
  const components = calendars.flatMap(each => each.getAllSubcomponents().filter(({ name }) => meaningful.has(name)));
  const series = components.find(each => !each.hasProperty('recurrence-id')) ?? components[0];
  if (series === undefined) throw new Error('nothing takes place');
  const exceptions = components.filter(each => each !== series && each.hasProperty('recurrence-id'));
  return { series, exceptions, times: timeReader(calendars) };
}

export function calendarCard(octets: Buffer): EventCard | TaskCard {
  const item = parseCalendarItem(octets);
  const { series, times } = item;
  const common = commonCard(item);
  if (series.name !== 'vtodo') return { kind: 'event', ...common, showAs: showAs(series) };
  const percent = Number(textOf(series, 'percent-complete'));
  const priority = Number(textOf(series, 'priority'));
  return {
    kind: 'task',
    ...common,
    due: timeOf(series, 'due', times),
    completed: timeOf(series, 'completed', times),
    percent: Number.isInteger(percent) && percent > 0 ? percent : null,
    priority: Number.isInteger(priority) && priority > 0 ? priority : null,
  };
}

function commonCard({ series, exceptions, times }: ParsedCalendarItem): Omit<EventCard, 'kind' | 'showAs'> {
  const occurrence = safely(() => ownOccurrence(series, times)[0], undefined);
  const start = occurrence?.start ?? null;
  const end = occurrence === undefined || occurrence.end === occurrence.start ? null : occurrence.end;
  return {
    title: textOf(series, 'summary'),
    place: textOf(series, 'location'),
    description: textOf(series, 'description'),
    url: textOf(series, 'url'),
    start,
    end,
    zone: timesOf(series, 'dtstart')[0]?.zoneId ?? null,
    recurrence: safely(() => recurrenceOf(series, times), null),
    exceptions: [...leftOut(series, times), ...exceptions.flatMap(each => exceptionOf(each, times))]
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .slice(0, itemLimits.entries),
    organiser: organiserOf(series),
    participants: series.getAllProperties('attendee').slice(0, itemLimits.entries).map(participantOf),
    reminders: series.getAllSubcomponents('valarm').flatMap(alarm => reminderOf(alarm, times)),
    attachments: attachmentsOf(series).slice(0, itemLimits.entries),
    status: textOf(series, 'status').toLowerCase(),
    privacy: textOf(series, 'class').toLowerCase(),
    categories: [...textsOf(series, 'categories')],
  };
}

/** A value that is none costs what it was to say and nothing else. */
export function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function timeOf(component: ICAL.Component, name: string, times: TimeReader): string | null {
  const found = safely(() => timesOf(component, name)[0], undefined);
  return found === undefined ? null : times.read(found.time, found.zoneId).text;
}

function leftOut(series: ICAL.Component, times: TimeReader): EventCard['exceptions'] {
  return safely(() => timesOf(series, 'exdate'), []).map(({ time, zoneId }) => ({
    ...{ at: times.read(time, zoneId).text, start: null, end: null, title: '', place: '' },
  }));
}

function exceptionOf(component: ICAL.Component, times: TimeReader): EventCard['exceptions'] {
  const at = timeOf(component, 'recurrence-id', times);
  if (at === null) return [];
  const own = safely(() => ownOccurrence(component, times)[0], undefined);
  const isCancelled = textOf(component, 'status').toLowerCase() === 'cancelled';
  return [
    {
      at,
      start: isCancelled ? null : (own?.start ?? null),
      end: own?.end ?? null,
      title: textOf(component, 'summary'),
      place: textOf(component, 'location'),
    },
  ];
}

/** RFC 5545 section 3.8.2.7: an appointment takes up time unless it says otherwise. */
function showAs(component: ICAL.Component): string {
  const word = textOf(component, 'x-microsoft-cdo-busystatus').toLowerCase();
  if (word !== '') return word;
  return textOf(component, 'transp').toUpperCase() === 'TRANSPARENT' ? 'free' : 'busy';
}

function organiserOf(component: ICAL.Component): EventCard['organiser'] {
  const property = component.getFirstProperty('organizer');
  const address = addressOf(property);
  const name = parameterOf(property, 'cn');
  return address === '' && name === '' ? null : { name, address };
}

function participantOf(property: ICAL.Property): EventCard['participants'][number] {
  const said = parameterOf(property, 'partstat').toLowerCase();
  return {
    name: parameterOf(property, 'cn'),
    address: addressOf(property),
    answer: answers.find(answer => answer === said) ?? 'needs-action',
  };
}

function addressOf(property: ICAL.Property | null): string {
  if (property === null) return '';
  return shortened(firstText(property)).replace(/^mailto:/i, '');
}

function reminderOf(alarm: ICAL.Component, times: TimeReader): EventCard['reminders'] {
  if (textOf(alarm, 'action').toUpperCase() === 'NONE') return [];
  const trigger = alarm.getFirstProperty('trigger');
  const value: unknown = trigger === null ? null : valuesOf(trigger)[0];
  if (value instanceof ICAL.Time) return [{ minutes: null, of: 'start', at: times.read(value, null).text }];
  if (!(value instanceof ICAL.Duration)) return [];
  const isOfEnd = parameterOf(trigger, 'related').toUpperCase() === 'END';
  // Without the sign of a zero that was negative.
  return [{ minutes: -value.toSeconds() / 60 + 0, of: isOfEnd ? 'end' : 'start', at: null }];
}

function attachmentsOf(series: ICAL.Component): ItemAttachment[] {
  return series.getAllProperties('attach').map((property, part) => {
    const value = valuesOf(property)[0];
    const name = attachmentName(property);
    if (value instanceof ICAL.Binary) return { part, name, link: null, size: Buffer.byteLength(value.value, 'base64') };
    return { part: null, name, link: shortened(firstText(property)), size: null };
  });
}

function attachmentName(property: ICAL.Property): string {
  return (
    ['filename', 'x-filename', 'x-label', 'x-apple-filename']
      .map(name => parameterOf(property, name))
      .find(name => name !== '') ?? ''
  );
}

/** The octets of one attachment; null where there are none. */
export function attachmentOctets(octets: Buffer, part: number): Buffer | null {
  const property = parseCalendarItem(octets).series.getAllProperties('attach')[part];
  const value = property === undefined ? null : valuesOf(property)[0];
  return value instanceof ICAL.Binary ? Buffer.from(value.value, 'base64') : null;
}
