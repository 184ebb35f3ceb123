import ICAL from 'ical.js';
import type { FieldName } from '../../../items/item-fields.ts';
import { escapeText } from '../../../items/content-lines.ts';
import { parseCalendars } from '../../../items/parse-calendar.ts';
import { normaliseAlarms } from './calendar-alarms.ts';
import { normaliseDates } from './calendar-dates.ts';
import { normaliseTask } from './calendar-tasks.ts';
import { CalendarTexts, escapeHtml } from './calendar-texts.ts';
import { hasTrueZone } from './calendar-zones.ts';

/** An appointment or task as the mailbox can hold it. */
export interface OutgoingCalendar {
  /** An iCalendar object of its own, with its zones before what uses them. */
  readonly text: string;
  /** The series, and each exception: the server counts them one by one. */
  readonly components: number;
  readonly categories: readonly string[];
  /** Of these something stands in the description only. */
  readonly asText: ReadonlySet<FieldName>;
}

/** Why the server could not hold it at all; for the help desk. */
export class CalendarUnfit extends Error {
  readonly reason: 'journal' | 'exrule' | 'empty';

  constructor(reason: CalendarUnfit['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** What somebody has to do with: [MS-OXCICAL] words that Zimbra knows, by what our fields say. */
const intended: Readonly<Record<string, string>> = { FREE: 'FREE', TENTATIVE: 'TENTATIVE', BUSY: 'BUSY', OOF: 'OOF' };
const statuses: Readonly<Record<string, ReadonlySet<string>>> = {
  vevent: new Set(['TENTATIVE', 'CONFIRMED', 'CANCELLED']),
  vtodo: new Set(['NEEDS-ACTION', 'COMPLETED', 'IN-PROCESS', 'CANCELLED']),
};

/**
 * Rewrites an archived object so that what the server drops without a word (Invite.createFromCalendar of
 * carbonio-mailbox) arrives in a form that it keeps, or as text. `METHOD` goes: with one it is an invitation.
 *
 * @throws CalendarUnfit; and where the file cannot be parsed
 */
export function outgoingCalendar(octets: Buffer, identity: string): OutgoingCalendar {
  const calendars = parseCalendars(octets.toString('utf8'));
  const found = calendars.flatMap(each => each.getAllSubcomponents());
  const components = found.filter(({ name }) => name === 'vevent' || name === 'vtodo');
  if (components.length === 0)
    throw new CalendarUnfit(found.some(({ name }) => name === 'vjournal') ? 'journal' : 'empty');
  // The server stumbles over it and says nothing; RFC 5545 section A.3 took it away.
  if (components.some(each => each.hasProperty('exrule'))) throw new CalendarUnfit('exrule');
  const year = new Date().getUTCFullYear();
  const zones = found.filter(({ name }) => name === 'vtimezone').filter(each => hasTrueZone(each, year));
  const asText = new Set<FieldName>();
  const sent = normaliseDates(components, calendars);
  for (const component of sent) normalise(component, identity, asText);

  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Travaso//Carbonio//EN');
  const named = new Map(zones.map(zone => [String(zone.getFirstPropertyValue('tzid') ?? ''), zone]));
  for (const zone of named.values()) calendar.addSubcomponent(zone);
  for (const component of sent) calendar.addSubcomponent(component);
  const categories = sent.flatMap(each =>
    each.getAllProperties('categories').flatMap(one => one.getValues().map(String)),
  );
  const text = `${calendar.toString().trimEnd()}\r\n`;
  return { text, components: sent.length, categories: [...new Set(categories)], asText };
}

function normalise(component: ICAL.Component, identity: string, asText: Set<FieldName>): void {
  const texts = new CalendarTexts(asText);
  component.removeAllProperties('uid');
  component.addPropertyWithValue('uid', identity);
  // The server takes line ends for blanks.
  const title = component.getFirstPropertyValue('summary');
  if (typeof title === 'string') component.updatePropertyWithValue('summary', title.replaceAll(/[\r\n]+/g, ' '));
  normaliseWords(component, texts);
  normaliseAttachments(component, texts);
  for (const property of component.getAllProperties('resources')) {
    texts.write('other', 'Risorse', property.getValues().map(String).join(', '));
    component.removeProperty(property);
  }
  // Attendees of nobody's appointment are taken away (Invite.sanitize).
  if (!component.hasProperty('organizer')) {
    for (const property of component.getAllProperties('attendee')) {
      texts.write('participant', 'Partecipante', participant(property));
      component.removeProperty(property);
    }
  }
  normaliseAlarms(component);
  if (component.name === 'vtodo') normaliseTask(component, texts);
  writeTexts(component, texts.lines);
}

function normaliseWords(component: ICAL.Component, texts: CalendarTexts): void {
  const status = String(component.getFirstPropertyValue('status') ?? '').toUpperCase();
  if (status !== '' && statuses[component.name]?.has(status) !== true) {
    texts.write('status', 'Stato', status);
    component.removeAllProperties('status');
  }
  const privacy = String(component.getFirstPropertyValue('class') ?? '').toUpperCase();
  if (privacy !== '' && !['PUBLIC', 'PRIVATE', 'CONFIDENTIAL'].includes(privacy)) {
    texts.write('privacy', 'Riservatezza', privacy);
    component.removeAllProperties('class');
  }
  if (component.name !== 'vevent') return;
  const said = ['x-microsoft-cdo-busystatus', 'x-microsoft-cdo-intendedstatus'].map(name =>
    String(component.getFirstPropertyValue(name) ?? '').toUpperCase(),
  );
  const isFree = String(component.getFirstPropertyValue('transp') ?? '').toUpperCase() === 'TRANSPARENT';
  const word = said.find(each => each !== '') ?? '';
  if (word === 'WORKINGELSEWHERE') texts.write('show-as', 'Mostra come', 'lavoro altrove');
  for (const name of ['x-microsoft-cdo-busystatus', 'x-microsoft-cdo-intendedstatus', 'transp']) {
    component.removeAllProperties(name);
  }
  const meant = intended[word] ?? (isFree ? 'FREE' : 'BUSY');
  component.addPropertyWithValue('x-microsoft-cdo-intendedstatus', meant);
  component.addPropertyWithValue('transp', meant === 'FREE' ? 'TRANSPARENT' : 'OPAQUE');
}

/** Links are dropped without a word; a file keeps its name under the one parameter that comes back. */
function normaliseAttachments(component: ICAL.Component, texts: CalendarTexts): void {
  for (const property of component.getAllProperties('attach')) {
    component.removeProperty(property);
    const value: unknown = property.getFirstValue();
    if (!(value instanceof ICAL.Binary)) {
      texts.write('attachment', 'Allegato', String(value));
      continue;
    }
    const file = new ICAL.Property('attach');
    file.resetType('binary');
    file.setValue(value);
    file.setParameter('encoding', 'BASE64');
    const type = property.getFirstParameter('fmttype');
    if (type) file.setParameter('fmttype', type);
    const names = ['filename', 'x-filename', 'x-apple-filename'].map(name => property.getFirstParameter(name));
    const name = names.find(each => Boolean(each));
    if (name !== undefined) {
      file.setParameter('x-filename', name);
      file.setParameter('x-apple-filename', name);
    }
    component.addProperty(file);
  }
}

function participant(property: ICAL.Property): string {
  const address = String(property.getFirstValue()).replace(/^mailto:/i, '');
  const name = property.getFirstParameter('cn');
  const answer = property.getFirstParameter('partstat');
  return [name ? `${name} <${address}>` : address, answer ? ` (${answer.toLowerCase()})` : ''].join('');
}

/** Beside the text a page may stand, and then it is what screens show. */
function writeTexts(component: ICAL.Component, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const before = component.getFirstPropertyValue('description');
  const text = [...(typeof before === 'string' && before !== '' ? [before] : []), lines.join('\n')].join('\n\n');
  component.updatePropertyWithValue('description', text);
  const page = component.getFirstProperty('x-alt-desc');
  if (page === null) return;
  // The parser leaves what it has no type for as it stands in the file.
  const added = escapeText(lines.map(line => `<p>${escapeHtml(line)}</p>`).join(''));
  const shown = String(page.getFirstValue());
  page.setValue(/<\/body>/i.test(shown) ? shown.replace(/<\/body>/i, end => `${added}${end}`) : `${shown}${added}`);
}
