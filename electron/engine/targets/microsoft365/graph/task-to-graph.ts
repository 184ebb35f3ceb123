import ICAL from 'ical.js';
import { componentEntries } from '../../../items/calendar-fields.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import { timeReader, timesOf } from '../../../items/occurrences.ts';
import type { TimeReader } from '../../../items/occurrences.ts';
import { parseCalendars } from '../../../items/parse-calendar.ts';
import type { FieldChange } from '../../item-target.ts';
import { graphTime, wallIn } from './event-zones.ts';
import { patternsOf } from './recurrence-patterns.ts';
import { refused } from './series-plan.ts';
import { survivingText, withTextBlock } from './text-block.ts';
import type { TextLine } from './text-block.ts';

export interface GraphTask {
  readonly resource: Readonly<Record<string, unknown>>;
  readonly kept: ItemFields;
  readonly changed: readonly FieldChange[];
}

const texts = [
  'place',
  'url',
  'organiser',
  'participant',
  'attachment',
  'other',
  'percent-complete',
  'privacy',
] as const;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * A task as To Do has it: due, started and completed on days without an hour; every hour that this loses stands in the
 * text. A repetition that one pattern says goes along, any other stands in the text as its rule. Throws `ITEM_REFUSED`.
 */
export function taskToGraph(octets: Buffer, home: string): GraphTask {
  const calendars = parseCalendars(octets.toString('utf8'));
  const component = calendars.flatMap(each => each.getAllSubcomponents('vtodo'))[0];
  if (component === undefined) throw refused('no-task');
  const times = timeReader(calendars, home);
  const fields = fieldsOf(componentEntries(component, times));
  const first = (field: FieldName): string => fields.get(field)?.[0] ?? '';
  const lines: TextLine[] = [];
  const changes = new Map<FieldName, FieldChange['fate']>();
  const asText = (field: FieldName, values: readonly string[] = fields.get(field) ?? []): void => {
    for (const value of values) lines.push([field, value]);
    if (values.length > 0) changes.set(field, 'as-text');
  };
  const dayOf = (field: FieldName, value: string): string => {
    if (value.length > 10) asText(field, [value]);
    return value.length > 10 ? isoDay(wallIn(home, Date.parse(value))) : value;
  };

  for (const field of texts) asText(field);
  const due = dayOf('due', first('due'));
  const completed = dayOf('completed', first('completed'));
  const begin = timesOf(component, 'dtstart')[0];
  const start = begin === undefined ? '' : dayOf('occurrence', times.read(begin.time, begin.zoneId).text);
  const status = statusOf(first('status'), completed, first('percent-complete'));
  if (first('status') !== status.status) asText('status');
  const importance = importanceOf(first('priority'));
  if (first('priority') !== importance.priority) asText('priority');
  const reminder = reminderOf(component, fields.get('reminder') ?? [], times);
  asText('reminder', reminder.others);
  const recurrence = recurrenceOf(component, due, home);
  if (recurrence.text !== null) asText('occurrence', [recurrence.text]);
  const categories = [...new Set(fields.get('category') ?? [])];
  const body = withTextBlock(first('description'), lines);

  return {
    resource: {
      title: first('title') === '' ? '?' : first('title'),
      body: { contentType: 'text', content: body },
      importance: importance.word,
      status: status.word,
      categories,
      ...(due === '' ? {} : { dueDateTime: midnight(due) }),
      ...(start === '' ? {} : { startDateTime: midnight(start) }),
      ...(status.word === 'completed' && completed !== '' ? { completedDateTime: midnight(completed) } : {}),
      isReminderOn: reminder.at !== null,
      ...(reminder.at === null ? {} : { reminderDateTime: graphTime(Date.parse(reminder.at), 'UTC') }),
      ...(recurrence.pattern === null ? {} : { recurrence: recurrence.pattern }),
    },
    kept: fieldsOf([
      ['title', first('title') === '' ? '?' : first('title')],
      ['description', survivingText(body)],
      ['priority', importance.priority],
      ['status', status.status],
      ['due', due],
      ['completed', status.word === 'completed' ? completed : ''],
      ['occurrence', start === '' ? '' : `${start}/${due === '' ? start : due}`],
      ['reminder', reminder.at ?? ''],
      ['other', recurrence.pattern === null ? '' : `RECURRENCE:${recurrence.words}`],
      ...categories.map(each => ['category', each] as const),
    ]),
    changed: [...changes].map(([field, fate]) => ({ field, fate })),
  };

  /** To Do keeps the day of it alone, and in UTC the same one for whoever looks. */
  function midnight(day: string): { readonly dateTime: string; readonly timeZone: string } {
    return graphTime(Date.parse(day), 'UTC');
  }
}

function isoDay(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

function statusOf(
  status: string,
  completed: string,
  percent: string,
): { readonly word: string; readonly status: string } {
  if (status === 'completed' || (status === '' && (completed !== '' || percent === '100')))
    return { word: 'completed', status: 'completed' };
  if (status === 'in-process' || (status === '' && percent !== '')) return { word: 'inProgress', status: 'in-process' };
  return { word: 'notStarted', status: '' };
}

function importanceOf(priority: string): { readonly word: string; readonly priority: string } {
  const number = Number(priority);
  if (number >= 1 && number <= 4) return { word: 'high', priority: '1' };
  return number >= 6 && number <= 9 ? { word: 'low', priority: '9' } : { word: 'normal', priority: '' };
}

/** To Do rings at an instant: the first reminder that is one, or that counts from a beginning with an hour. */
function reminderOf(
  component: ICAL.Component,
  reminders: readonly string[],
  times: TimeReader,
): { readonly at: string | null; readonly others: readonly string[] } {
  const begin = timesOf(component, 'dtstart')[0] ?? timesOf(component, 'due')[0];
  const base = begin === undefined ? '' : times.read(begin.time, begin.zoneId).text;
  for (const [index, reminder] of reminders.entries()) {
    const others = reminders.filter((_, at) => at !== index);
    if (/^\d{4}-.*Z$/.test(reminder)) return { at: reminder, others };
    if (/^-?\d+$/.test(reminder) && base.endsWith('Z'))
      return { at: `${new Date(Date.parse(base) - Number(reminder) * 60_000).toISOString().slice(0, 19)}Z`, others };
  }
  return { at: null, others: reminders };
}

interface TaskRecurrence {
  readonly pattern: unknown;
  /** As `task-from-graph` says it. */
  readonly words: string;
  readonly text: string | null;
}

function recurrenceOf(component: ICAL.Component, due: string, home: string): TaskRecurrence {
  const rules = component.getAllProperties('rrule').map(each => each.getFirstValue());
  const written = component.getAllProperties('rrule').map(each => each.toICALString());
  const none = { pattern: null, words: '', text: written.length === 0 ? null : written.join(' ') };
  const rule = rules[0];
  if (!(rule instanceof ICAL.Recur) || rules.length > 1 || due === '' || component.hasProperty('rdate')) return none;
  const guessed = patternsOf(rule, ICAL.Time.fromDateString(due));
  const pattern = guessed?.length === 1 ? guessed[0]?.pattern : undefined;
  if (pattern === undefined) return none;
  const range = {
    startDate: due,
    recurrenceTimeZone: home,
    ...(rule.count !== null
      ? { type: 'numbered', numberOfOccurrences: rule.count }
      : rule.until !== null
        ? {
            type: 'endDate',
            endDate: isoDay(Math.floor(Date.parse(`${rule.until.toString().slice(0, 10)}T00:00:00Z`) / dayMs) * dayMs),
          }
        : { type: 'noEnd' }),
  };
  const end = rule.count !== null ? `x${rule.count}` : 'endDate' in range ? range.endDate : '';
  const days = [...(pattern.daysOfWeek ?? [])].sort().join(',');
  const words = [pattern.type, pattern.interval, days, pattern.index, pattern.dayOfMonth, pattern.month, due, end];
  return { pattern: { pattern, range }, words: words.map(each => String(each ?? '')).join('|'), text: null };
}
