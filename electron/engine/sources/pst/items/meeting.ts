import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { senderOf } from '../messaging/address.ts';
import { readRecipients } from '../messaging/recipients.ts';
import { calendarObject } from './calendar-file.ts';
import { attendeeLines, calendarAddress, commonName, organizerLine, readEvent } from './event.ts';

/** iTIP methods (RFC 5546) and answers by message class ([MS-OXOCAL] 2.2.5 to 2.2.8). */
const methods: readonly (readonly [classEnd: string, method: string, answer: string | null])[] = [
  ['request', 'REQUEST', null],
  ['canceled', 'CANCEL', null],
  ['resp.pos', 'REPLY', 'ACCEPTED'],
  ['resp.tent', 'REPLY', 'TENTATIVE'],
  ['resp.neg', 'REPLY', 'DECLINED'],
];

export interface MeetingPart {
  readonly method: string;
  readonly octets: Buffer;
}

/** The calendar part of a meeting message (RFC 6047); null for any other message. */
export function meetingPart(properties: Properties, names: NamedProperties, messageClass: string): MeetingPart | null {
  const name = messageClass.toLowerCase();
  const found = methods.find(([end]) => name.startsWith(`ipm.schedule.meeting.${end}`));
  if (found === undefined) return null;
  const [, method, answer] = found;
  const event = readEvent(
    properties,
    names,
    answer === null ? attendeeLines(properties) : replyLines(properties, answer),
  );
  return { method, octets: calendarObject(event.lines, method) };
}

/** A reply goes from one attendee to the organizer. */
function replyLines(properties: Properties, answer: string): readonly string[] {
  const attendee = senderOf(properties);
  const organizer = readRecipients(properties).find(one => one.kind === 'to');
  return [
    ...(organizer === undefined ? [] : [organizerLine(organizer)]),
    ...(attendee === null ? [] : [`ATTENDEE;PARTSTAT=${answer}${commonName(attendee)}:${calendarAddress(attendee)}`]),
  ];
}
