import { expect, test } from 'vitest';
import { problemOf } from '../../../../../shared/errors.ts';
import type { Problem } from '../../../../../shared/errors.ts';
import { calendarItemFields } from '../../../items/calendar-fields.ts';
import type { OutgoingItem } from '../../item-target.ts';
import { outgoingCalendar } from './outgoing-calendar.ts';
import { prepareCalendar } from './prepare-calendar.ts';

function item(...lines: readonly string[]): OutgoingItem {
  const octets = Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
  return { kind: 'event', identity: 'e1', name: 'Riunione', mediaType: 'text/calendar', octets };
}

function event(...lines: readonly string[]): OutgoingItem {
  return item('BEGIN:VEVENT', 'UID:altro', 'SUMMARY:Riunione', ...lines, 'END:VEVENT');
}

const sentText = ({ octets, identity }: OutgoingItem): string => outgoingCalendar(octets, identity).text;

test('dates that the server would drop become exceptions, and nothing takes place at another time', () => {
  const series = event(
    ...['DTSTART;TZID=Europe/Rome:20260601T090000', 'DTEND;TZID=Europe/Rome:20260601T100000'],
    ...[
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'RDATE;TZID=Europe/Rome:20260603T150000,20260608T090000',
      'EXDATE:20260615T070000Z',
    ],
  );
  expect(prepareCalendar(series).changed).toEqual([]);
  expect(prepareCalendar(series).kept.get('occurrence')).toEqual(calendarItemFields(series.octets).get('occurrence'));
  expect(sentText(series)).not.toContain('RDATE');
  const alone = event('DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260603', 'RDATE;VALUE=DATE:20260801');
  expect(prepareCalendar(alone).kept.get('occurrence')).toEqual(['2026-06-01/2026-06-03', '2026-08-01/2026-08-03']);
});

test('a day that is left out becomes the time that falls on it', () => {
  const series = event(
    'DTSTART;TZID=Europe/Rome:20260601T090000',
    'RRULE:FREQ=DAILY;COUNT=3',
    'EXDATE;VALUE=DATE:20260602',
  );
  expect(sentText(series)).toContain('EXDATE;TZID=Europe/Rome:20260602T090000');
  expect(prepareCalendar(series).changed).toEqual([]);
});

test('nobody can be written to: no method, no reminder by mail, no guest without a host', () => {
  const invitation = item(
    ...['METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:altro', 'DTSTART:20260601T090000Z'],
    ...['ATTENDEE;CN=Bruno;PARTSTAT=ACCEPTED:mailto:bruno@ente.it', 'BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER:-PT15M'],
    ...['ATTENDEE:mailto:tutti@ente.it', 'END:VALARM', 'END:VEVENT'],
  );
  const text = sentText(invitation);
  expect(text).not.toMatch(/METHOD|EMAIL|ATTENDEE|tutti@/);
  expect(text).toContain('Partecipante: Bruno <bruno@ente.it> (accepted)');
  const { kept, changed } = prepareCalendar(invitation);
  expect(kept.get('reminder')).toEqual(['15']);
  expect(changed).toEqual([{ field: 'participant', fate: 'as-text' }]);
});

test('a definition that lies of a zone stays behind, one that nobody else has goes along', () => {
  const zone = (id: string, offset: string): string[] => [
    ...['BEGIN:VTIMEZONE', `TZID:${id}`, 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
    ...[`TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`, 'END:STANDARD', 'END:VTIMEZONE'],
  ];
  const at = (id: string): string[] => ['BEGIN:VEVENT', 'UID:u', `DTSTART;TZID=${id}:20260601T090000`, 'END:VEVENT'];
  expect(sentText(item(...zone('Europe/Rome', '+0730'), ...at('Europe/Rome')))).not.toContain('VTIMEZONE');
  const text = sentText(item(...at('Ufficio'), ...zone('Ufficio', '+0100')));
  expect(text.indexOf('VTIMEZONE')).toBeGreaterThan(0);
  expect(text.indexOf('VTIMEZONE')).toBeLessThan(text.indexOf('VEVENT'));
});

test('what the server has no place for is told in the description, also in the page beside it', () => {
  const told = event(
    ...[
      'DTSTART:20260601T090000Z',
      'DESCRIPTION:Ordine del giorno',
      'RESOURCES:Proiettore',
      'ATTACH:https://ente.it/a.pdf',
    ],
    ...['X-ALT-DESC;FMTTYPE=text/html:<body>Ordine</body>', 'X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE'],
  );
  const { kept, changed } = prepareCalendar(told);
  expect(changed.map(({ field, fate }) => `${field} ${fate}`).sort()).toEqual([
    'attachment as-text',
    'other as-text',
    'show-as as-text',
  ]);
  expect(kept.get('description')?.[0]).toMatch(/^Ordine del giorno\n\n[^]*Allegato: https:\/\/ente\.it\/a\.pdf/);
  expect(sentText(told).replaceAll('\r\n ', '')).toContain('<p>Risorse: Proiettore</p></body>');
});

test('tasks are told as the server leaves them', () => {
  const task = (...lines: readonly string[]): OutgoingItem => ({
    ...item('BEGIN:VTODO', 'UID:u', 'SUMMARY:Relazione', 'LAST-MODIFIED:20260101T080000Z', ...lines, 'END:VTODO'),
    kind: 'task',
  });
  expect(Object.fromEntries(prepareCalendar(task('PERCENT-COMPLETE:100')).kept)).toMatchObject({
    status: ['completed'],
    completed: ['2026-01-01T08:00:00Z'],
  });
  const begun = prepareCalendar(task('DTSTART;VALUE=DATE:20260601'));
  expect(begun.changed).toEqual([{ field: 'occurrence', fate: 'as-text' }]);
  expect(begun.kept.get('description')).toEqual(['Inizio: 2026-06-01']);
  expect(prepareCalendar(task('DTSTART;VALUE=DATE:20260601', 'RRULE:FREQ=DAILY;COUNT=2')).changed).toEqual([]);
});

test.each([
  ['journal', item('BEGIN:VJOURNAL', 'UID:u', 'END:VJOURNAL')],
  ['empty', item()],
  ['exrule', event('DTSTART:20260601T090000Z', 'RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY')],
  ['malformed', { ...event(), octets: Buffer.from('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n') }],
])('%s is refused by its reason', (reason, refused) => {
  let problem: Problem | null = null;
  try {
    prepareCalendar(refused);
  } catch (error) {
    problem = problemOf(error);
  }
  expect(problem).toMatchObject({ code: 'ITEM_REFUSED', details: { reason } });
});
