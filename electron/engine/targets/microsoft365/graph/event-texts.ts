import type ICAL from 'ical.js';
import { componentEntries } from '../../../items/calendar-fields.ts';
import { fieldsOf } from '../../../items/item-fields.ts';
import type { FieldName, ItemFields } from '../../../items/item-fields.ts';
import type { TimeReader } from '../../../items/occurrences.ts';
import type { FieldChange } from '../../item-target.ts';
import { attachedFiles } from './attached-files.ts';
import type { AttachedFile } from './attached-files.ts';
import { survivingText, withTextBlock } from './text-block.ts';
import type { TextLine } from './text-block.ts';

/** One appointment, or one occurrence of it, without its times. */
export interface EventTexts {
  /** Graph's properties. Never `attendees`: Exchange would invite them, and cannot be told not to. */
  readonly resource: Readonly<Record<string, unknown>>;
  readonly files: readonly AttachedFile[];
  readonly kept: ItemFields;
  readonly changes: ReadonlyMap<FieldName, FieldChange['fate']>;
}

const showAs: Readonly<Record<string, string>> = {
  free: 'free',
  tentative: 'tentative',
  busy: 'busy',
  away: 'oof',
  elsewhere: 'workingElsewhere',
};
const sensitivities = new Set(['private', 'confidential']);
const texts = ['organiser', 'participant', 'url', 'status', 'other', 'due', 'completed', 'percent-complete'] as const;

export function eventTexts(component: ICAL.Component, times: TimeReader): EventTexts {
  const fields = fieldsOf(componentEntries(component, times));
  const first = (field: FieldName): string => fields.get(field)?.[0] ?? '';
  const changes = new Map<FieldName, FieldChange['fate']>();
  const lines: TextLine[] = [];
  const asText = (field: FieldName, values: readonly string[] = fields.get(field) ?? []): void => {
    for (const value of values) lines.push([field, value]);
    if (values.length > 0) changes.set(field, 'as-text');
  };
  for (const field of texts) asText(field);

  const privacy = sensitivities.has(first('privacy')) ? first('privacy') : '';
  if (privacy === '') asText('privacy');
  const [reminder, otherReminders] = reminderOf(fields.get('reminder') ?? []);
  asText('reminder', otherReminders);
  const importance = importanceOf(first('priority'));
  if (first('priority') !== importance.priority) asText('priority');
  const files = attachedFiles(component);
  const carried = files.filter(({ fits }) => fits);
  for (const { name, fits, link } of files) if (!fits) lines.push(['attachment', link ?? name]);
  if (files.some(({ fits, link }) => !fits && link !== null)) changes.set('attachment', 'as-text');
  if (files.some(({ fits, link }) => !fits && link === null)) changes.set('attachment', 'left-out');

  const categories = [...new Set(fields.get('category') ?? [])];
  const body = withTextBlock(first('description'), lines);
  return {
    resource: {
      subject: first('title'),
      body: { contentType: 'text', content: body },
      location: { displayName: first('place') },
      categories,
      showAs: showAs[first('show-as')] ?? 'busy',
      sensitivity: privacy === '' ? 'normal' : privacy,
      importance: importance.word,
      isReminderOn: reminder !== null,
      ...(reminder === null ? {} : { reminderMinutesBeforeStart: reminder }),
    },
    files: carried,
    kept: fieldsOf([
      ['title', first('title')],
      ['description', survivingText(body)],
      ['place', first('place')],
      ['show-as', first('show-as')],
      ['privacy', privacy],
      ['priority', importance.priority],
      ['reminder', reminder === null ? '' : String(reminder)],
      ...categories.map(each => ['category', each] as const),
      ...carried.map(each => ['attachment', `${each.name}|${each.sha256}`] as const),
    ]),
    changes,
  };
}

/** Outlook rings once, whole minutes before the start. */
function reminderOf(reminders: readonly string[]): readonly [minutes: number | null, others: readonly string[]] {
  const index = reminders.findIndex(each => /^\d{1,6}$/.test(each));
  if (index < 0) return [null, reminders];
  return [Number(reminders[index]), reminders.filter((_, at) => at !== index)];
}

/** RFC 5545 section 3.8.1.9: 1 to 4 are high, 5 is usual, 6 to 9 are low. */
function importanceOf(priority: string): { readonly word: 'low' | 'normal' | 'high'; readonly priority: string } {
  const number = Number(priority);
  if (number >= 1 && number <= 4) return { word: 'high', priority: '1' };
  return number >= 6 && number <= 9 ? { word: 'low', priority: '9' } : { word: 'normal', priority: '' };
}
