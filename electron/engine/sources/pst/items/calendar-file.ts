import { contentLines } from '../../../items/content-lines.ts';

/** An iCalendar object (RFC 5545 section 3.4) around components. */
export function calendarObject(components: readonly string[], method?: string): Buffer {
  return contentLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Travaso//PST//EN',
    'CALSCALE:GREGORIAN',
    ...(method === undefined ? [] : [`METHOD:${method}`]),
    ...components,
    'END:VCALENDAR',
  ]);
}
