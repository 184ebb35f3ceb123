import ICAL from 'ical.js';

/** The iCalendar objects of a text: a file may hold several one after another (RFC 5545 section 3.4). Throws on broken ones. */
export function parseCalendars(text: string): readonly ICAL.Component[] {
  const trees = ICAL.parse(text) as unknown[];
  const several = Array.isArray(trees[0]) ? trees : [trees];
  return several.map(tree => new ICAL.Component(tree as ConstructorParameters<typeof ICAL.Component>[0]));
}
