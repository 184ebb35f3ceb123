import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import { fieldsOf } from './item-fields.ts';
import type { FieldName, ItemFields } from './item-fields.ts';
import { mostOccurrences, occurrencesOf, timeReader, timesOf } from './occurrences.ts';
import type { TimeReader } from './occurrences.ts';
import { parseCalendars } from './parse-calendar.ts';

type Entry = readonly [field: FieldName, value: string];

const meaningful = new Set(['vevent', 'vtodo', 'vjournal']);
const plainTexts: readonly (readonly [property: string, field: FieldName])[] = [
  ['summary', 'title'],
  ['location', 'place'],
  ['description', 'description'],
  ['url', 'url'],
];
/** Properties that a person would miss and for which no field is made. */
const others = ['comment', 'contact', 'resources', 'geo'];
/** What one occurrence may have of its own beside its time. */
const ownTexts: readonly FieldName[] = ['title', 'place', 'description', 'status', 'show-as', 'category'];

/** What Outlook and Exchange say where TRANSP knows two words only ([MS-OXCICAL] section 2.1.3.1.1.20.37). */
const busyWords: Readonly<Record<string, string>> = {
  FREE: 'free',
  TENTATIVE: 'tentative',
  BUSY: 'busy',
  OOF: 'away',
  WORKINGELSEWHERE: 'elsewhere',
};

/**
 * The fields of an appointment, task or journal entry, from its iCalendar object. Throws when that cannot be parsed.
 *
 * @param most occurrences of each rule: all that are looked at, unless somebody only wants to know whether it can be read
 */
export function calendarItemFields(octets: Buffer, most = mostOccurrences): ItemFields {
  const calendars = parseCalendars(octets.toString('utf8'));
  const components = calendars.flatMap(each => each.getAllSubcomponents().filter(({ name }) => meaningful.has(name)));
  const times = timeReader(calendars);
  const exceptions = components.filter(each => each.hasProperty('recurrence-id'));
  const series = components.find(each => !each.hasProperty('recurrence-id')) ?? components[0];
  if (series === undefined) return fieldsOf([]);
  const entries = componentEntries(series, times);
  const own = fieldsOf(entries);
  for (const occurrence of occurrencesOf(series, exceptions, times, most)) {
    entries.push(['occurrence', `${occurrence.start}/${occurrence.end}`]);
    if (occurrence.component === series) continue;
    const differing = fieldsOf(componentEntries(occurrence.component, times));
    for (const field of ownTexts) {
      const value = differing.get(field)?.join(', ') ?? '';
      if (value !== (own.get(field)?.join(', ') ?? ''))
        entries.push(['exception', `${occurrence.start}|${field}=${value}`]);
    }
  }
  return fieldsOf(entries);
}

/** The fields of one component alone: of a series without its occurrences, or of one exception. */
export function componentEntries(component: ICAL.Component, times: TimeReader): Entry[] {
  const entries: Entry[] = plainTexts.map(([property, field]) => [field, textOf(component, property)]);
  entries.push(['due', timeOf(component, 'due', times)], ['completed', timeOf(component, 'completed', times)]);
  entries.push(['percent-complete', textOf(component, 'percent-complete').replace(/^0$/, '')]);
  entries.push([
    'status',
    textOf(component, 'status')
      .toLowerCase()
      .replace(/^(?:confirmed|needs-action)$/, ''),
  ]);
  entries.push(['priority', textOf(component, 'priority').replace(/^0$/, '')]);
  if (component.name === 'vevent') entries.push(['show-as', showAs(component)]);
  entries.push([
    'privacy',
    textOf(component, 'class')
      .toLowerCase()
      .replace(/^public$/, ''),
  ]);
  for (const category of textsOf(component, 'categories')) entries.push(['category', category]);
  for (const alarm of component.getAllSubcomponents('valarm')) entries.push(['reminder', reminderOf(alarm, times)]);
  entries.push(['organiser', addressOf(textOf(component, 'organizer'))]);
  for (const property of component.getAllProperties('attendee')) {
    const answer = parameterOf(property, 'partstat').toLowerCase() || 'needs-action';
    entries.push(['participant', `${addressOf(String(property.getFirstValue()))}|${answer}`]);
  }
  for (const property of component.getAllProperties('attach')) entries.push(['attachment', attachmentOf(property)]);
  for (const name of others) {
    for (const value of textsOf(component, name)) entries.push(['other', `${name.toUpperCase()}:${value}`]);
  }
  return entries;
}

function textOf(component: ICAL.Component, name: string): string {
  return textsOf(component, name)[0] ?? '';
}

function textsOf(component: ICAL.Component, name: string): readonly string[] {
  return component.getAllProperties(name).flatMap(property => (property.getValues() as unknown[]).map(String));
}

function timeOf(component: ICAL.Component, name: string, times: TimeReader): string {
  const found = timesOf(component, name)[0];
  return found === undefined ? '' : times.read(found.time, found.zoneId).text;
}

/**
 * RFC 5545 section 3.8.2.7: an appointment takes up time unless it says otherwise. What was meant before somebody
 * answered ([MS-OXCICAL] section 2.1.3.1.1.20.31) is all that Zimbra and Carbonio write.
 */
function showAs(component: ICAL.Component): string {
  const busy = textOf(component, 'x-microsoft-cdo-busystatus') || textOf(component, 'x-microsoft-cdo-intendedstatus');
  const word = busyWords[busy.toUpperCase()];
  return word ?? (textOf(component, 'transp').toUpperCase() === 'TRANSPARENT' ? 'free' : 'busy');
}

function reminderOf(alarm: ICAL.Component, times: TimeReader): string {
  if (textOf(alarm, 'action').toUpperCase() === 'NONE') return '';
  const trigger = alarm.getFirstProperty('trigger');
  const value: unknown = trigger?.getFirstValue();
  if (value instanceof ICAL.Time) return times.read(value, null).text;
  if (!(value instanceof ICAL.Duration)) return '';
  const minutes = String(-value.toSeconds() / 60).replace(/^-0$/, '0');
  return parameterOf(trigger, 'related').toUpperCase() === 'END' ? `end ${minutes}` : minutes;
}

function addressOf(value: string): string {
  return value.replace(/^mailto:/i, '').toLowerCase();
}

function attachmentOf(property: ICAL.Property): string {
  const value: unknown = property.getFirstValue();
  if (!(value instanceof ICAL.Binary)) return String(value);
  // RFC 8607 section 4.3; before it, each program had a name of its own for it.
  const name =
    ['filename', 'x-filename', 'x-apple-filename'].map(each => parameterOf(property, each)).find(Boolean) ?? '';
  const octets = Buffer.from(value.value, 'base64');
  return `${name}|${createHash('sha256').update(octets).digest('hex')}`;
}

/** The first value where there are several, empty where there is none. */
function parameterOf(property: ICAL.Property | null, name: string): string {
  const given: string | readonly string[] | undefined = property?.getParameter(name) ?? undefined;
  return (typeof given === 'string' ? given : given?.[0]) ?? '';
}
