import * as z from 'zod';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { ItemFields } from '../../../items/item-fields.ts';
import { survivingText } from './text-block.ts';

const moment = z.object({ dateTime: z.string(), timeZone: z.string() }).nullish();

/** As far as it is compared. */
const taskSchema = z.object({
  title: z.string().nullish(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  importance: z.string().nullish(),
  status: z.string().nullish(),
  categories: z.array(z.string()).nullish(),
  dueDateTime: moment,
  startDateTime: moment,
  completedDateTime: moment,
  isReminderOn: z.boolean().nullish(),
  reminderDateTime: moment,
  recurrence: z
    .object({
      pattern: z.object({
        type: z.string(),
        interval: z.number(),
        daysOfWeek: z.array(z.string()).nullish(),
        index: z.string().nullish(),
        dayOfMonth: z.number().nullish(),
        month: z.number().nullish(),
      }),
      range: z.object({
        type: z.string(),
        startDate: z.string(),
        endDate: z.string().nullish(),
        numberOfOccurrences: z.number().nullish(),
      }),
    })
    .nullish(),
});

const statuses: Readonly<Record<string, string>> = { completed: 'completed', inProgress: 'in-process' };

/** What To Do says of a task, in the fields that every server's tasks are compared by. Throws on other shapes. */
export function taskFromGraph(answer: unknown): ItemFields {
  const said = taskSchema.parse(answer);
  const due = day(said.dueDateTime);
  const start = day(said.startDateTime);
  return fieldsOf([
    ['title', said.title ?? ''],
    ['description', survivingText(said.body?.content ?? '')],
    ['priority', said.importance === 'high' ? '1' : said.importance === 'low' ? '9' : ''],
    ['status', statuses[said.status ?? ''] ?? ''],
    ['due', due],
    ['completed', said.status === 'completed' && said.completedDateTime ? day(said.completedDateTime) : ''],
    ['occurrence', start === '' ? '' : `${start}/${due === '' ? start : due}`],
    [
      'reminder',
      said.isReminderOn === true && said.reminderDateTime ? `${said.reminderDateTime.dateTime.slice(0, 19)}Z` : '',
    ],
    ['other', repetition(said.recurrence)],
    ...(said.categories ?? []).map(each => ['category', each] as const),
  ]);
}

/** Midnight in UTC. */
function day(time: z.output<typeof moment>): string {
  return time?.dateTime.slice(0, 10) ?? '';
}

/** To Do makes the next task when one is completed: there are no occurrences, only what is said of them. */
function repetition(recurrence: z.output<typeof taskSchema>['recurrence']): string {
  if (recurrence === null || recurrence === undefined) return '';
  const { pattern, range } = recurrence;
  const days = ['weekly', 'relativeMonthly', 'relativeYearly'].includes(pattern.type)
    ? [...(pattern.daysOfWeek ?? [])].sort().join(',')
    : '';
  const index = pattern.type.startsWith('relative') ? (pattern.index ?? '') : '';
  const dayOfMonth = pattern.type.startsWith('absolute') ? (pattern.dayOfMonth ?? '') : '';
  const month = pattern.type.endsWith('Yearly') ? (pattern.month ?? '') : '';
  const end =
    range.type === 'numbered'
      ? `x${range.numberOfOccurrences ?? ''}`
      : range.type === 'endDate'
        ? (range.endDate ?? '')
        : '';
  return `RECURRENCE:${[pattern.type, pattern.interval, days, index, dayOfMonth, month, range.startDate, end].join('|')}`;
}
