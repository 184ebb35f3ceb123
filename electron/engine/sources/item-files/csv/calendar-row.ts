import { columnLine } from '../../../items/column-line.ts';
import { contentLines, escapeText } from '../../../items/content-lines.ts';
import { calendarColumn } from './calendar-headings.ts';
import type { CalendarColumn } from './calendar-headings.ts';
import { readDate } from './date-order.ts';
import type { DateOrder } from './date-order.ts';

export interface CalendarRow {
  readonly title: string;
  readonly octets: Buffer;
}

export interface CalendarRowReading {
  readonly headings: readonly string[];
  readonly component: 'VEVENT' | 'VTODO';
  /** The day comes first where nothing tells: a date of an appointment must be one of the two. */
  readonly dateOrder: Exclude<DateOrder, null>;
  readonly uid: string;
}

const yes = /^(?:true|vero|s[iì]|yes|1|on|attivato)$/i;
const columnsOfDates: readonly CalendarColumn[] = ['startDate', 'endDate', 'dueDate', 'completedDate'];

/**
 * One line of Outlook's list of appointments or tasks as iCalendar; null where its dates cannot be read. The list knows
 * no time zone: times are those of the clock on the wall (RFC 5545 section 3.3.5), wherever it hangs.
 */
export function calendarRow(
  cells: readonly string[],
  { headings, component, dateOrder, uid }: CalendarRowReading,
): CalendarRow | null {
  const values = new Map<CalendarColumn, string>();
  const kept: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const heading = headings[index] ?? '';
    const value = cell.trim();
    const column = calendarColumn(heading);
    if (value === '') continue;
    if (column === null || column === 'beside' || values.has(column)) kept.push(columnLine({ heading, value }));
    else values.set(column, value);
  }
  const text = (column: CalendarColumn): string => values.get(column) ?? '';
  const dates = new Map(columnsOfDates.map(column => [column, compactDate(text(column), dateOrder)]));
  if (columnsOfDates.some(column => hasDate(text(column)) && dates.get(column) === null)) return null;
  const start = dates.get('startDate') ?? null;
  if (component === 'VEVENT' && start === null) return null;
  const startTime = compactTime(text('startTime'));
  const endTime = compactTime(text('endTime'));
  if (startTime === null || endTime === null) return null;
  const isAllDay = component === 'VTODO' || yes.test(text('allDay')) || text('startTime') === '';

  const lines: string[] = [];
  const add = (property: string, value: string): void => {
    if (value !== '') lines.push(`${property}:${escapeText(value)}`);
  };
  const addTime = (property: string, date: string | null, time: string): void => {
    if (date !== null) lines.push(isAllDay ? `${property};VALUE=DATE:${date}` : `${property}:${date}T${time}`);
  };
  add('SUMMARY', text('summary'));
  addTime('DTSTART', start, startTime);
  if (component === 'VEVENT') {
    const end = dates.get('endDate') ?? null;
    addTime('DTEND', isAllDay && end === start ? null : end, endTime);
  } else {
    addTime('DUE', dates.get('dueDate') ?? null, '');
    const completed = dates.get('completedDate') ?? null;
    if (completed !== null) lines.push(`COMPLETED:${completed}T000000Z`, 'STATUS:COMPLETED');
    const percent = Number(text('percent').replace('%', '').replace(',', '.'));
    if (text('percent') !== '' && percent >= 0 && percent <= 100) {
      lines.push(
        `PERCENT-COMPLETE:${Math.round(percent <= 1 && !text('percent').includes('%') ? percent * 100 : percent)}`,
      );
    }
  }
  add('LOCATION', text('location'));
  add('DESCRIPTION', text('description'));
  const categories = text('categories')
    .split(/[;,]/)
    .map(name => name.trim())
    .filter(name => name !== '');
  if (categories.length > 0) lines.push(`CATEGORIES:${categories.map(escapeText).join(',')}`);
  if (yes.test(text('private'))) lines.push('CLASS:PRIVATE');
  const priority = priorityOf(text('priority'));
  if (priority !== null) lines.push(`PRIORITY:${priority}`);
  const alarm = isAllDay ? null : alarmLines(values, `${start ?? ''}T${startTime}`, dateOrder, text('summary'));
  for (const column of ['reminderOn', 'reminderDate', 'reminderTime'] as const) {
    const value = text(column);
    if (alarm === null && value !== '') {
      kept.push(columnLine({ heading: headings.find(each => calendarColumn(each) === column) ?? column, value }));
    }
  }
  return {
    title: text('summary'),
    octets: contentLines([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Travaso//CSV//EN', `BEGIN:${component}`, `UID:${uid}`],
      // RFC 5545 section 3.8.7.2 wants one, and the list does not say when it was made: the same octets at each run.
      'DTSTAMP:19700101T000000Z',
      ...lines,
      ...kept,
      ...(alarm ?? []),
      ...[`END:${component}`, 'END:VCALENDAR'],
    ]),
  };
}

/** `0/0/00` and `Nessuna data` stand for none in Outlook. */
function hasDate(text: string): boolean {
  return text !== '' && !/^0[/.-]0[/.-]0{2,4}$|^(?:none|nessun[ao]?(?: data)?)$/i.test(text);
}

function compactDate(text: string, order: DateOrder): string | null {
  const date = readDate(text, order);
  return date === null || date.startsWith('--') ? null : date.replaceAll('-', '');
}

/** `9:00:00`, `9.00`, `2:30:00 PM`; midnight for none, null for what is no time. */
function compactTime(text: string): string | null {
  if (text === '') return '000000';
  const match = /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*(?:([AP])\.?M\.?)?$/i.exec(text);
  if (match === null) return null;
  const [, hour = '', minute = '', second = '00', half] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return `${String(hours).padStart(2, '0')}${minute}${second}`;
}

function priorityOf(text: string): number | null {
  if (/^(?:high|alta)$/i.test(text)) return 1;
  if (/^(?:low|bassa)$/i.test(text)) return 9;
  return /^normal[e]?$/i.test(text) ? 5 : null;
}

/** A moment before the beginning, because an alarm's own time would have to be in UTC (RFC 5545 section 3.8.6.3). */
function alarmLines(
  values: ReadonlyMap<CalendarColumn, string>,
  start: string,
  order: DateOrder,
  title: string,
): readonly string[] | null {
  if (!yes.test(values.get('reminderOn') ?? '')) return null;
  const date = compactDate(values.get('reminderDate') ?? '', order);
  const time = compactTime(values.get('reminderTime') ?? '');
  if (date === null || time === null) return null;
  const seconds = (momentOf(start) - momentOf(`${date}T${time}`)) / 1000;
  if (seconds < 0) return null;
  const trigger = `TRIGGER:-PT${seconds % 60 === 0 ? `${seconds / 60}M` : `${seconds}S`}`;
  const description = `DESCRIPTION:${escapeText(title === '' ? '?' : title)}`;
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', trigger, description, 'END:VALARM'];
}

function momentOf(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
}
