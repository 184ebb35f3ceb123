import ICAL from 'ical.js';
import type { CalendarSummary, Person } from '../../../shared/model/message-view.ts';

const longestText = 2000;

/** What an invitation is about; null when it is no calendar, or holds no event or task. Recurrences are not expanded. */
export function calendarSummary(text: string): CalendarSummary | null {
  const calendar = parsed(text);
  const event = calendar?.getFirstSubcomponent('vevent') ?? calendar?.getFirstSubcomponent('vtodo') ?? null;
  if (calendar === null || event === null) return null;
  const method = textOf(calendar, 'method').toUpperCase();
  return {
    method: method === '' ? null : method,
    summary: textOf(event, 'summary'),
    start: timeOf(event, 'dtstart'),
    end: timeOf(event, 'dtend') ?? timeOf(event, 'due'),
    location: textOf(event, 'location'),
    organizer: organizerOf(event),
    repeats: event.hasProperty('rrule') || event.hasProperty('rdate'),
  };
}

function parsed(text: string): ICAL.Component | null {
  try {
    const roots = ICAL.parse(text) as unknown[];
    // Of several calendars in one file the first, as every program does.
    const first = Array.isArray(roots[0]) ? roots[0] : roots;
    const calendar = new ICAL.Component(first);
    return calendar.name === 'vcalendar' ? calendar : null;
  } catch {
    return null;
  }
}

function textOf(component: ICAL.Component, name: string): string {
  const value: unknown = valueOf(component, name);
  return typeof value === 'string' ? value.slice(0, longestText) : '';
}

/** The library reads a value when it is asked for, and throws at one that is none. */
function valueOf(component: ICAL.Component, name: string): unknown {
  try {
    return component.getFirstPropertyValue(name);
  } catch {
    return null;
  }
}

function timeOf(event: ICAL.Component, name: string): string | null {
  const value = valueOf(event, name);
  if (!(value instanceof ICAL.Time)) return null;
  if (value.isDate) return value.toString();
  const hasZone = value.zone.tzid !== 'floating';
  const date = hasZone ? value.toJSDate() : null;
  if (date === null || Number.isNaN(date.getTime())) return value.toString();
  return `${date.toISOString().slice(0, 19)}Z`;
}

function organizerOf(event: ICAL.Component): Person | null {
  const value = textOf(event, 'organizer');
  const address = value.replace(/^mailto:/i, '');
  const name: unknown = event.getFirstProperty('organizer')?.getFirstParameter('cn');
  const person = { name: typeof name === 'string' ? name.slice(0, longestText) : '', address };
  return person.name === '' && person.address === '' ? null : person;
}
