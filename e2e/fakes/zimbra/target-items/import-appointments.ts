import ICAL from 'ical.js';
import { FakeFault } from '../fake-account.ts';
import type { TargetItemsStore } from './target-items-store.ts';

const actions = new Set(['DISPLAY', 'AUDIO', 'EMAIL', 'NONE']);
/** Properties that the server keeps; of the others it knows by name it says nothing, and X- ones it keeps as they are. */
const known = new Set(
  'uid dtstamp last-modified recurrence-id sequence dtstart dtend due duration location summary description comment rrule exdate status transp class priority percent-complete completed contact geo url attach organizer attendee categories'.split(
    ' ',
  ),
);
const statuses = new Set(['TENTATIVE', 'CONFIRMED', 'CANCELLED', 'COMPLETED', 'NEEDS-ACTION', 'IN-PROCESS']);

/** Ids of item and message of each component that was taken; the others are passed over in silence. */
export function importAppointments(store: TargetItemsStore, text: string, folder: string): readonly string[] {
  const calendars = parse(text);
  const ids: string[] = [];
  const began = new Set(store.items.keys());
  for (const calendar of calendars) {
    // With a method it is an invitation or its withdrawal, and somebody gets to know.
    const method = String(calendar.getFirstPropertyValue('method') ?? 'PUBLISH').toUpperCase();
    if (method !== 'PUBLISH') store.mailed += 1;
    for (const component of calendar.getAllSubcomponents()) {
      if (component.name !== 'vevent' && component.name !== 'vtodo') continue;
      const id = takeOne(store, calendar, component, { folder, began });
      if (id !== null) ids.push(id);
    }
  }
  return ids;
}

function parse(text: string): readonly ICAL.Component[] {
  try {
    const trees = ICAL.parse(text) as unknown[];
    const several = Array.isArray(trees[0]) ? trees : [trees];
    return several.map(tree => new ICAL.Component(tree as ConstructorParameters<typeof ICAL.Component>[0]));
  } catch {
    throw new FakeFault('service.PARSE_ERROR');
  }
}

function takeOne(
  store: TargetItemsStore,
  calendar: ICAL.Component,
  component: ICAL.Component,
  { folder, began }: { readonly folder: string; readonly began: ReadonlySet<string> },
): string | null {
  const given = String(component.getFirstPropertyValue('uid') ?? `no-uid-${store.mailbox.takeId()}`);
  const uid = /^040000008200E0/i.test(given) ? given.toUpperCase() : given;
  if (store.manners.isPassedOver(uid) || component.hasProperty('exrule')) return null;
  const alarms = component.getAllSubcomponents('valarm').map(alarm => wordOf(alarm, 'action'));
  if (alarms.some(action => !actions.has(action))) return null;
  if (component.hasProperty('rrule') && !component.hasProperty('dtstart')) return null;
  const zones = zonesOf(calendar, component);
  if (zones === null) return null;
  const octets = component.toString().length;
  if (!store.takeRoom(octets)) return null;
  if (alarms.includes('EMAIL')) store.mailed += 1;

  const kept = keptComponent(component, uid);
  const recurrence = component.getFirstPropertyValue('recurrence-id')?.toString() ?? null;
  const invite = { id: store.mailbox.takeId(), recurrence, component: kept, zones };
  const there = store.byUid(uid);
  store.mailbox.change += 1;
  if (there === undefined) {
    const id = store.mailbox.takeId();
    const kind = component.name === 'vtodo' ? 'task' : 'appt';
    store.items.set(id, { kind, id, folder, uid, invites: [invite], tags: [] });
    return `${id}-${invite.id}`;
  }
  // What comes again is a new version of what is there, and moves it here.
  if (began.has(there.id)) store.overwritten += 1;
  there.folder = folder;
  const same = there.invites.findIndex(each => each.recurrence === recurrence);
  if (same >= 0) there.invites.splice(same, 1, invite);
  else there.invites.push(invite);
  return `${there.id}-${invite.id}`;
}

/** Null where a zone is named that neither the file nor the server knows. */
function zonesOf(calendar: ICAL.Component, component: ICAL.Component): readonly ICAL.Component[] | null {
  const definitions = new Map(calendar.getAllSubcomponents('vtimezone').map(zone => [wordOf(zone, 'tzid'), zone]));
  const zones = new Set<ICAL.Component>();
  for (const property of component.getAllProperties()) {
    const id: unknown = property.getParameter('tzid');
    if (typeof id !== 'string') continue;
    const definition = definitions.get(id.toUpperCase());
    if (definition === undefined && !isWellKnown(id)) return null;
    // Taken at its word, under a name of its own where everybody knows another zone by this one.
    if (definition !== undefined && (!isWellKnown(id) || isLie(id, definition))) {
      const copy = new ICAL.Component(structuredClone(definition.toJSON()) as never);
      const name = isWellKnown(id) ? `${id}_1` : id;
      copy.updatePropertyWithValue('tzid', name);
      property.setParameter('tzid', name);
      zones.add(copy);
    }
  }
  return [...zones];
}

function isWellKnown(id: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: id }).format(0) !== '';
  } catch {
    return false;
  }
}

function isLie(id: string, definition: ICAL.Component): boolean {
  const zone = new ICAL.Timezone({ component: definition, tzid: id });
  return [1, 7].some(month => {
    const noon = new Date(Date.UTC(2026, month - 1, 15, 12));
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone: id,
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    const [hour = 0, minute = 0] = shown.format(noon).split(':').map(Number);
    const offset = (((hour - 12) * 60 + minute + 36 * 60) % (24 * 60)) - 12 * 60;
    const local = new ICAL.Time({ year: 2026, month, day: 15, hour: 12, minute: 0, second: 0 }, undefined as never);
    return zone.utcOffset(local) !== offset * 60;
  });
}

/** As Invite.createFromCalendar and Invite.sanitize leave it, and as newToVComponent gives it back. */
function keptComponent(component: ICAL.Component, uid: string): ICAL.Component {
  const kept = new ICAL.Component(structuredClone(component.toJSON()) as never);
  kept.updatePropertyWithValue('uid', uid);
  for (const property of kept.getAllProperties()) {
    if (!known.has(property.name) && !property.name.startsWith('x-')) kept.removeProperty(property);
  }
  const summary = kept.getFirstPropertyValue('summary');
  if (typeof summary === 'string') kept.updatePropertyWithValue('summary', summary.replaceAll(/[\r\n]+/g, ' '));
  if (!statuses.has(wordOf(kept, 'status'))) {
    kept.updatePropertyWithValue('status', kept.name === 'vtodo' ? 'NEEDS-ACTION' : 'CONFIRMED');
  }
  if (!['PRIVATE', 'CONFIDENTIAL'].includes(wordOf(kept, 'class'))) kept.updatePropertyWithValue('class', 'PUBLIC');
  keepAttachments(kept);
  if (!kept.hasProperty('organizer')) kept.removeAllProperties('attendee');
  const start = kept.getFirstPropertyValue('dtstart');
  if (start instanceof ICAL.Time && !start.isDate) {
    // A day is no instant of the series.
    for (const property of kept.getAllProperties('exdate')) {
      const value = property.getFirstValue();
      if (value instanceof ICAL.Time && value.isDate) kept.removeProperty(property);
    }
  }
  if (kept.name === 'vtodo') sanitizeTask(kept);
  else sanitizeEvent(kept, start);
  return kept;
}

function keepAttachments(kept: ICAL.Component): void {
  for (const property of kept.getAllProperties('attach')) {
    const isBinary = String((property.toJSON() as unknown[])[2]).toUpperCase() === 'BINARY';
    const name = property.getFirstParameter('x-filename') || property.getFirstParameter('x-apple-filename');
    if (!isBinary) kept.removeProperty(property);
    for (const each of ['filename', 'x-filename', 'x-apple-filename']) property.removeParameter(each);
    if (name) property.setParameter('x-apple-filename', name);
  }
}

function sanitizeEvent(kept: ICAL.Component, start: unknown): void {
  const end = kept.getFirstPropertyValue('dtend');
  if (start instanceof ICAL.Time && end instanceof ICAL.Time && end.compare(start) <= 0) {
    const longer = start.clone();
    longer.addDuration(new ICAL.Duration(start.isDate ? { days: 1 } : { seconds: 1 }));
    kept.removeAllProperties('dtend');
    kept.addPropertyWithValue('dtend', longer);
  }
  const meant = wordOf(kept, 'x-microsoft-cdo-intendedstatus');
  const isFree = meant === '' ? wordOf(kept, 'transp') === 'TRANSPARENT' : meant === 'FREE';
  const word = ['FREE', 'TENTATIVE', 'BUSY', 'OOF'].includes(meant) ? meant : isFree ? 'FREE' : 'BUSY';
  kept.updatePropertyWithValue('x-microsoft-cdo-intendedstatus', word);
  kept.updatePropertyWithValue('transp', isFree ? 'TRANSPARENT' : 'OPAQUE');
}

function sanitizeTask(kept: ICAL.Component): void {
  const isDone =
    wordOf(kept, 'status') === 'COMPLETED' ||
    wordOf(kept, 'percent-complete') === '100' ||
    kept.hasProperty('completed');
  if (isDone) {
    kept.updatePropertyWithValue('status', 'COMPLETED');
    kept.updatePropertyWithValue('percent-complete', 100);
    if (!kept.hasProperty('completed')) kept.addPropertyWithValue('completed', ICAL.Time.fromJSDate(new Date(), true));
  }
  if (kept.hasProperty('dtstart') && !kept.hasProperty('due')) kept.removeAllProperties('dtstart');
}

/** The item as `fmt=ics&icalAttach=inline` gives it. */
export function exportAppointment(
  invites: readonly { component: ICAL.Component; zones: readonly ICAL.Component[] }[],
): string {
  const zones = new Map(invites.flatMap(({ zones: own }) => own.map(zone => [wordOf(zone, 'tzid'), zone.toString()])));
  const head = ['BEGIN:VCALENDAR', 'PRODID:Zimbra-Calendar-Provider', 'VERSION:2.0', 'METHOD:PUBLISH'];
  return [
    ...head,
    ...zones.values(),
    ...invites.map(({ component }) => component.toString()),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

function wordOf(component: ICAL.Component, name: string): string {
  return String(component.getFirstPropertyValue(name) ?? '').toUpperCase();
}
