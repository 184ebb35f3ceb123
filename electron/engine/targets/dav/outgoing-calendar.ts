import { contentLines, escapeText } from '../../items/content-lines.ts';
import { propertyName, unfoldLines, valueStart } from '../../items/unfold-lines.ts';
import type { OutgoingItem } from '../item-target.ts';

const holders: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);

/**
 * An iCalendar object as CalDAV wants it (RFC 4791 section 4.1): no METHOD, and in every component the UID that this item
 * is known by. Nobody is written to because of it: servers that invite by themselves are told not to (RFC 6638 section
 * 7.1), and a reminder that would go out by mail is shown instead.
 */
export function outgoingCalendar({ octets, identity }: Pick<OutgoingItem, 'octets' | 'identity'>): Buffer {
  const lines: string[] = [];
  const within: string[] = [];
  for (const line of unfoldLines(octets)) {
    const name = propertyName(line);
    const value = line.slice(valueStart(line)).trim().toUpperCase();
    const holder = within.at(-1) ?? '';
    if (name === 'BEGIN') {
      within.push(value);
      lines.push(line);
      if (holders.has(value)) lines.push(`UID:${escapeText(identity)}`);
    } else if (name === 'END') {
      within.pop();
      lines.push(line);
    } else if (holder === 'VALARM') {
      lines.push(...alarmLine(name, value, line));
    } else if ((name === 'ATTENDEE' || name === 'ORGANIZER') && holders.has(holder)) {
      lines.push(withoutInvitation(line));
    } else if (!(name === 'METHOD' && holder === 'VCALENDAR') && !(name === 'UID' && holders.has(holder))) {
      lines.push(line);
    }
  }
  return contentLines(lines);
}

/** A reminder on the screen needs a text (RFC 5545 section 3.6.6), which one by mail has; it has no people. */
function alarmLine(name: string, value: string, line: string): readonly string[] {
  if (name === 'ATTENDEE') return [];
  return name === 'ACTION' && value === 'EMAIL' ? ['ACTION:DISPLAY'] : [line];
}

function withoutInvitation(line: string): string {
  const bare = line.replaceAll(/;SCHEDULE-(?:AGENT|FORCE-SEND)=(?:"[^"]*"|[^;:"]*)/gi, '');
  const start = valueStart(bare) - 1;
  return `${bare.slice(0, start)};SCHEDULE-AGENT=NONE${bare.slice(start)}`;
}
