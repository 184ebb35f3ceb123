import { tolerating } from '../damage.ts';
import type { NamedProperties } from '../ltp/named-properties.ts';
import type { Properties } from '../ltp/property-context.ts';
import { tag } from '../ltp/property-ids.ts';
import { readBody } from '../body/message-body.ts';
import { plainSubject, readCategories } from '../messaging/message.ts';
import { calendarObject } from './calendar-file.ts';
import { basicTime } from './basic-time.ts';
import { escapeText } from '../../../items/content-lines.ts';
import { itemFile, stableId } from './item-file.ts';
import type { ItemFile } from './item-file.ts';
import { parseRecurrence } from './recurrence-blob.ts';
import { recurrenceRule } from './recurrence-rule.ts';
import { localTime } from './time-zone.ts';

/** Properties of [MS-OXOTASK] section 2.2.2.2 in the task set; dates are local midnights, kept as if they were UTC. */
const task = { status: 0x8101, percent: 0x8102, start: 0x8104, due: 0x8105, completed: 0x810f, recurrence: 0x8116 };
const statuses = ['NEEDS-ACTION', 'IN-PROCESS', 'COMPLETED', 'NEEDS-ACTION', 'NEEDS-ACTION'];

/** A task as VTODO (RFC 5545 section 3.6.2). */
export function renderTask(properties: Properties, names: NamedProperties): ItemFile {
  const id = (name: keyof typeof task): number => names.idOf('task', task[name]);
  const { title, lines } = commonLines(properties, names);
  const start = properties.time(id('start'));
  const due = properties.time(id('due'));
  const completed = properties.time(id('completed'));
  const status = properties.number(id('status')) ?? 0;
  const percent = properties.number(id('percent'));
  const importance = properties.number(tag.importance);
  const date = (ms: number): string => localTime(ms).slice(0, 8);
  if (start !== null) lines.push(`DTSTART;VALUE=DATE:${date(start)}`);
  // DUE has to lie behind DTSTART (RFC 5545 section 3.8.2.3); the same day is "within that day".
  if (due !== null && (start === null || due > start)) lines.push(`DUE;VALUE=DATE:${date(due)}`);
  if (completed !== null) lines.push(`COMPLETED:${basicTime(completed)}`);
  lines.push(`STATUS:${statuses[status] ?? 'NEEDS-ACTION'}`);
  if (percent !== null && percent >= 0 && percent <= 1) lines.push(`PERCENT-COMPLETE:${Math.round(percent * 100)}`);
  if (importance === 2 || importance === 0) lines.push(`PRIORITY:${importance === 2 ? 1 : 9}`);
  const blob = properties.octets(id('recurrence'));
  if (blob !== null && blob.length > 0 && start !== null) {
    const rule = tolerating(properties.node.faults, null, () => recurrenceRule(parseRecurrence(blob), date));
    if (rule !== null) lines.push(`RRULE:${rule}`);
  }
  const octets = calendarObject(['BEGIN:VTODO', ...lines, 'END:VTODO']);
  return itemFile(properties, { title, extension: 'ics', octets });
}

/** Start, end and type of a journal entry ([MS-OXOJRNL] 2.2.2). */
const log = { type: 0x8700, start: 0x8706 };

/** A journal entry as VJOURNAL (RFC 5545 section 3.6.3), which has a beginning but no end. */
export function renderJournal(properties: Properties, names: NamedProperties): ItemFile {
  const { title, lines } = commonLines(properties, names);
  const start = properties.time(names.idOf('log', log.start));
  if (start !== null) lines.push(`DTSTART:${basicTime(start)}`);
  const type = properties.text(names.idOf('log', log.type))?.trim() ?? '';
  if (type !== '') lines.push(`COMMENT:${escapeText(type)}`);
  const octets = calendarObject(['BEGIN:VJOURNAL', ...lines, 'END:VJOURNAL']);
  return itemFile(properties, { title, extension: 'ics', octets });
}

function commonLines(properties: Properties, names: NamedProperties): { title: string; lines: string[] } {
  const title = plainSubject(properties.text(tag.subject));
  const changed = properties.time(tag.lastModificationTime) ?? properties.time(tag.creationTime);
  const body = readBody(properties).plain?.octets.toString('utf8').trim() ?? '';
  const categories = readCategories(properties, names);
  const lines = [
    `UID:${stableId(properties)}`,
    `DTSTAMP:${basicTime(changed ?? 0)}`,
    `SUMMARY:${escapeText(title)}`,
    ...(body === '' ? [] : [`DESCRIPTION:${escapeText(body)}`]),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escapeText).join(',')}`]),
  ];
  return { title, lines };
}
