import { tolerating } from '../damage.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { readBody } from '../body/message-body.ts';
import { representedOf, senderOf } from '../messaging/address.ts';
import type { MailAddress } from '../messaging/address.ts';
import { plainSubject, readCategories } from '../messaging/message.ts';
import { readRecipients } from '../messaging/recipients.ts';
import type { Recipient } from '../messaging/recipients.ts';
import { basicTime } from './basic-time.ts';
import { escapeText, quoteParameter } from '../../../items/content-lines.ts';
import { readExceptionItems } from './exception-items.ts';
import { stableId } from './item-file.ts';
import { parseAppointmentRecurrence } from './recurrence-blob.ts';
import type { AppointmentRecurrence, RecurrenceException } from './recurrence-blob.ts';
import { recurrenceRule } from './recurrence-rule.ts';
import {
  localTime,
  localToUtc,
  parseZoneDefinition,
  parseZoneStruct,
  utcToLocal,
  zoneComponent,
  zoneParameter,
} from './time-zone.ts';
import type { TimeZone } from './time-zone.ts';

/** Properties of [MS-OXOCAL] section 2.2 in the appointment set. */
const appointment = {
  sequence: 0x8201,
  busyStatus: 0x8205,
  location: 0x8208,
  start: 0x820d,
  end: 0x820e,
  allDay: 0x8215,
  recurrence: 0x8216,
  stateFlags: 0x8217,
  zoneStruct: 0x8233,
  zoneDescription: 0x8234,
  zoneOfStart: 0x825e,
  zoneOfRecurrence: 0x8260,
};
const common = { reminderMinutes: 0x8501, reminderSet: 0x8503, start: 0x8516, end: 0x8517 };
const meeting = { globalObjectId: 0x0003, cleanGlobalObjectId: 0x0023 };

const isMeeting = 0x1;
const isCanceled = 0x4;
const minuteMs = 60_000;
const dayMs = 86_400_000;

export interface CalendarEvent {
  readonly title: string;
  /** VTIMEZONE and VEVENT components, for between BEGIN and END of VCALENDAR. */
  readonly lines: readonly string[];
}

/**
 * An appointment or the appointment in a meeting request as iCalendar (RFC 5545): one component for the series, one
 * for each changed occurrence.
 *
 * @param attendees lines to put instead of the item's own recipients
 */
export function readEvent(
  properties: Properties,
  names: NamedProperties,
  attendees?: readonly string[],
): CalendarEvent {
  const { node } = properties;
  const id = (property: keyof typeof appointment): number => names.idOf('appointment', appointment[property]);
  const title = plainSubject(properties.text(tag.subject));
  const start = properties.time(id('start')) ?? properties.time(names.idOf('common', common.start));
  const end = properties.time(id('end')) ?? properties.time(names.idOf('common', common.end));
  const allDay = properties.flag(id('allDay'));
  const zone =
    parseZoneDefinition(properties.octets(id('zoneOfRecurrence'))) ??
    parseZoneDefinition(properties.octets(id('zoneOfStart'))) ??
    parseZoneStruct(properties.octets(id('zoneStruct')), properties.text(id('zoneDescription')) ?? '');
  const blob = properties.octets(id('recurrence'));
  const recurrence =
    blob === null || blob.length === 0
      ? null
      : tolerating(node.faults, null, () =>
          parseAppointmentRecurrence(blob, properties.codePage, () => node.faults.note('recurrence-malformed')),
        );

  const stamp = basicTime(properties.time(tag.lastModificationTime) ?? properties.time(tag.creationTime) ?? 0);
  const uid = eventUid(properties, names);
  const busy = properties.number(id('busyStatus'));
  const sequence = properties.number(id('sequence'));
  const state = properties.number(id('stateFlags')) ?? 0;
  const location = properties.text(id('location'))?.trim() ?? '';
  const canceled = (state & isCanceled) !== 0;
  const body = readText(properties);
  const details = detailLines(properties, names, body, canceled);
  const people = [
    ...(attendees ?? ((state & isMeeting) === 0 ? [] : attendeeLines(properties))),
    ...alarmLines(properties, names, title),
  ];
  const head = (summary: string, place: string, status: number | null): readonly string[] => [
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stamp}`,
    ...(sequence === null || sequence < 0 ? [] : [`SEQUENCE:${sequence}`]),
    `SUMMARY:${escapeText(summary)}`,
    ...(place === '' ? [] : [`LOCATION:${escapeText(place)}`]),
    ...busyLines(status),
  ];
  const component = (
    times: readonly string[],
    own: readonly string[],
    ownDetails: readonly string[] = details,
  ): readonly string[] => ['BEGIN:VEVENT', ...own, ...times, ...ownDetails, ...people, 'END:VEVENT'];

  if (recurrence === null || zone === null) {
    const times = singleTimes(start, end, allDay, zone);
    return { title, lines: component(times, head(title, location, busy)) };
  }
  const events = [component(seriesTimes(recurrence, allDay, zone), head(title, location, busy))];
  const changed = recurrence.exceptions.length === 0 ? null : readExceptionItems(properties, names);
  for (const exception of recurrence.exceptions) {
    const item = changed?.get(localToUtc(zone, exception.originalStart));
    const own = item === undefined ? details : detailLines(item, names, readText(item) || body, canceled);
    events.push(
      component(
        exceptionTimes(exception, recurrence, allDay, zone),
        head(exception.subject ?? title, exception.location ?? location, exception.busyStatus ?? busy),
        own,
      ),
    );
  }
  return { title, lines: [...(allDay ? [] : zoneComponent(zone)), ...events.flat()] };
}

function singleTimes(
  start: number | null,
  end: number | null,
  allDay: boolean,
  zone: TimeZone | null,
): readonly string[] {
  if (start === null) return [];
  if (!allDay) {
    return [`DTSTART:${basicTime(start)}`, ...(end === null || end < start ? [] : [`DTEND:${basicTime(end)}`])];
  }
  // Stored as the instants of local midnights. Without the zone the nearest midnight is the right one up to 12 hours off.
  const midnight = (ms: number): number => (zone === null ? ms + dayMs / 2 : utcToLocal(zone, ms));
  const last = end === null || end <= start ? start + dayMs : end;
  return [dateLine('DTSTART', midnight(start)), dateLine('DTEND', midnight(last))];
}

function dateLine(name: string, local: number): string {
  return `${name};VALUE=DATE:${localTime(local).slice(0, 8)}`;
}

function timeLine(name: string, local: number, allDay: boolean, zone: TimeZone): string {
  return allDay ? dateLine(name, local) : `${name}${zoneParameter(zone)}:${localTime(local)}`;
}

function seriesTimes(recurrence: AppointmentRecurrence, allDay: boolean, zone: TimeZone): readonly string[] {
  const at = (day: number): number => day + recurrence.startMinutes * minuteMs;
  const end = recurrence.startDate + recurrence.endMinutes * minuteMs;
  const rule = recurrenceRule(recurrence, date =>
    allDay ? localTime(date).slice(0, 8) : basicTime(localToUtc(zone, at(date))),
  );
  // Changed occurrences are among the removed ones; they come back with a RECURRENCE-ID of their own.
  const changed = new Set(recurrence.exceptions.map(exception => dayOf(exception.originalStart)));
  const removed = recurrence.removed.filter(day => !changed.has(dayOf(day)));
  return [
    timeLine('DTSTART', at(recurrence.startDate), allDay, zone),
    timeLine('DTEND', end, allDay, zone),
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    ...removed.map(day => timeLine('EXDATE', at(dayOf(day)), allDay, zone)),
  ];
}

function exceptionTimes(
  exception: RecurrenceException,
  recurrence: AppointmentRecurrence,
  seriesAllDay: boolean,
  zone: TimeZone,
): readonly string[] {
  const original = dayOf(exception.originalStart) + recurrence.startMinutes * minuteMs;
  const allDay = exception.allDay ?? seriesAllDay;
  return [
    timeLine('RECURRENCE-ID', original, seriesAllDay, zone),
    timeLine('DTSTART', exception.start, allDay, zone),
    timeLine('DTEND', Math.max(exception.end, exception.start), allDay, zone),
  ];
}

function dayOf(ms: number): number {
  return Math.floor(ms / dayMs) * dayMs;
}

function busyLines(status: number | null): readonly string[] {
  const outlook = ['FREE', 'TENTATIVE', 'BUSY', 'OOF', 'WORKINGELSEWHERE'][status ?? 2] ?? 'BUSY';
  return [`TRANSP:${status === 0 ? 'TRANSPARENT' : 'OPAQUE'}`, `X-MICROSOFT-CDO-BUSYSTATUS:${outlook}`];
}

function readText(properties: Properties): string {
  return readBody(properties).plain?.octets.toString('utf8').trim() ?? '';
}

function detailLines(
  properties: Properties,
  names: NamedProperties,
  body: string,
  canceled: boolean,
): readonly string[] {
  const categories = readCategories(properties, names);
  const sensitivity = ['PUBLIC', 'PRIVATE', 'PRIVATE', 'CONFIDENTIAL'][properties.number(tag.sensitivity) ?? 0];
  const importance = properties.number(tag.importance);
  return [
    ...(body === '' ? [] : [`DESCRIPTION:${escapeText(body)}`]),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escapeText).join(',')}`]),
    `CLASS:${sensitivity ?? 'PUBLIC'}`,
    ...(importance === 2 ? ['PRIORITY:1'] : importance === 0 ? ['PRIORITY:9'] : []),
    ...(canceled ? ['STATUS:CANCELLED'] : []),
  ];
}

function alarmLines(properties: Properties, names: NamedProperties, title: string): readonly string[] {
  if (!properties.flag(names.idOf('common', common.reminderSet))) return [];
  const minutes = properties.number(names.idOf('common', common.reminderMinutes));
  // 0x5AE980E1 stands for "the default" ([MS-OXORMDR] 2.2.1.3), which is a quarter of an hour.
  const before = minutes === null || minutes < 0 || minutes > 1_000_000 ? 15 : minutes;
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escapeText(title)}`, `TRIGGER:-PT${before}M`, 'END:VALARM'];
}

/** The organizer and the attendees of a meeting that is held, or called, by the item's sender. */
export function attendeeLines(properties: Properties): readonly string[] {
  const organizer = representedOf(properties) ?? senderOf(properties);
  const recipients = readRecipients(properties).filter(
    one => one.response !== 1 && (organizer === null || calendarAddress(one) !== calendarAddress(organizer)),
  );
  return [...(organizer === null ? [] : [organizerLine(organizer)]), ...recipients.map(attendeeLine)];
}

export function organizerLine(organizer: MailAddress): string {
  return `ORGANIZER${commonName(organizer)}:${calendarAddress(organizer)}`;
}

/** [MS-OXCICAL] 2.1.3.1.1.20.2: To is required, Cc optional, Bcc a room or other resource. */
function attendeeLine(recipient: Recipient): string {
  const role = { to: 'ROLE=REQ-PARTICIPANT', cc: 'ROLE=OPT-PARTICIPANT', bcc: 'CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT' }[
    recipient.kind
  ];
  const response = ['', '', 'TENTATIVE', 'ACCEPTED', 'DECLINED'][recipient.response ?? 0];
  const status = response === undefined || response === '' ? 'NEEDS-ACTION' : response;
  return `ATTENDEE;${role};PARTSTAT=${status}${commonName(recipient)}:${calendarAddress(recipient)}`;
}

export function commonName(address: MailAddress): string {
  return address.name === '' ? '' : `;CN=${quoteParameter(address.name)}`;
}

export function calendarAddress(address: MailAddress): string {
  if (address.smtp !== null) return `mailto:${encodeURI(address.smtp)}`;
  return `urn:x-name:${encodeURIComponent(address.directoryName ?? address.name)}`;
}

/** PidLidCleanGlobalObjectId as [MS-OXCICAL] 2.1.3.1.1.20.26 gives it: the UID itself where it came from elsewhere. */
function eventUid(properties: Properties, names: NamedProperties): string {
  const id =
    properties.octets(names.idOf('meeting', meeting.cleanGlobalObjectId)) ??
    properties.octets(names.idOf('meeting', meeting.globalObjectId));
  if (id === null || id.length < 40) return stableId(properties);
  const data = id.subarray(40);
  if (data.length > 12 && data.toString('latin1', 0, 8) === 'vCal-Uid') {
    const uid = data.toString('utf8', 12).replace(/\0.*$/s, '');
    if (uid !== '') return uid;
  }
  return id.toString('hex').toUpperCase();
}
