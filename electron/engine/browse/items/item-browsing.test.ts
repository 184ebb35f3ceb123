import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Output } from '../../../../shared/contract.ts';
import { createEngine } from '../../create-engine.ts';
import type { Engine } from '../../create-engine.ts';
import { defaultPorts } from '../../default-ports.ts';
import { archiveOfItems, calendar, vcard } from '../../testing/archive-of-items.ts';
import type { GivenItems } from '../../testing/archive-of-items.ts';
import { testDirectory } from '../../testing/test-directory.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64');
const zone = 'Europe/Rome';

function engine(): Engine {
  const made = createEngine({ ...defaultPorts(), cacheFolder: testDirectory() });
  onTestFinished(() => made.close());
  return made;
}

/** Asks until everything has been read. */
async function whole<T extends { readonly reading: { readonly done: number; readonly total: number } }>(
  ask: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.reading.done === answer.reading.total) return answer;
    await new Promise(resolve => setImmediate(resolve));
  }
}

const contacts = {
  anna: vcard(
    'FN:Anna Però',
    'N:Però;Anna;;Dott.;',
    'ORG:Comune di Esempio;Protocollo',
    'EMAIL;TYPE=work:anna.pero@ente.it',
    'item1.TEL;TYPE=cell:+39 333 1234567',
    'item1.X-ABLabel:Reperibilità',
    'NOTE:Riceve il martedì\\, <b>mai</b> il lunedì',
    'X-ZIMBRA-UFFICIO:12',
    `PHOTO:data:image/svg+xml;base64,${png}`,
  ),
  luca: vcard('FN:Luca Bianchi', 'EMAIL:luca@altrove.example', 'PHOTO:data:image/png;base64,PHN2Zy8+'),
  gruppo: vcard('KIND:group', 'FN:Ufficio', 'MEMBER:mailto:anna.pero@ente.it', 'MEMBER:mailto:luca@altrove.example'),
  rotto: 'BEGIN:VCARD\r\nFN Rotto\r\n',
};

test('contacts are listed by name, found by what they say, and one that is broken costs its own row', async () => {
  const archive = await archiveOfItems([
    { kind: 'contact', path: ['Rubrica'], items: contacts, names: { rotto: 'Zeno Rotto' } },
    { kind: 'contact', path: ['Altri'], items: { uno: vcard('FN:Uno Altro') } },
  ]);
  const { api } = engine();
  const { itemFolders } = await api['archive.open']({ archive });
  expect(itemFolders.map(({ folder, kind, path, items }) => [folder, kind, path, items])).toEqual([
    [1, 'contact', ['Rubrica'], 4],
    [2, 'contact', ['Altri'], 1],
  ]);
  const list = (more: object = {}) => whole(() => api['items.contacts']({ archive, folder: 1, ...more }));
  const all = await list();
  expect(all.rows.map(({ name, reach, members, unreadable }) => [name, reach, members, unreadable])).toEqual([
    ['Anna Però', 'anna.pero@ente.it', null, false],
    ['Luca Bianchi', 'luca@altrove.example', null, false],
    ['Ufficio', '', 2, false],
    ['Zeno Rotto', '', null, true],
  ]);
  const found = async (query: string) => (await list({ query })).rows.map(({ name }) => name);
  expect(await found('pero')).toEqual(['Anna Però', 'Ufficio']);
  expect(await found('an per')).toEqual(['Anna Però', 'Ufficio']);
  expect(await found('altrove lu')).toEqual(['Luca Bianchi', 'Ufficio']);
  expect(await found('nna')).toEqual([]);
  expect((await list({ folder: null })).total).toBe(5);
  expect((await list({ offset: 1, limit: 1 })).rows.map(({ name }) => name)).toEqual(['Luca Bianchi']);
});

test('a card has all that its file says; a picture is judged by its octets; the file is saved as it came', async () => {
  const archive = await archiveOfItems([{ kind: 'contact', path: ['Rubrica'], items: contacts }]);
  const { api } = engine();
  const read = async (number: number) => await api['item.read']({ archive, folder: 1, number });
  const anna = await read(1);
  expect(anna).toMatchObject({ kind: 'contact', name: 'anna', fileName: 'anna.vcf', absent: false });
  if (anna.card.kind !== 'contact') throw new Error('no card');
  expect(anna.card.entries.map(({ field, label, value }) => [field, label, value])).toEqual([
    ['family-name', '', 'Però'],
    ['given-name', '', 'Anna'],
    ['name-prefix', '', 'Dott.'],
    ['organisation', '', 'Comune di Esempio'],
    ['department', '', 'Protocollo'],
    ['email', 'work', 'anna.pero@ente.it'],
    ['phone-mobile', 'Reperibilità', '+39 333 1234567'],
    ['note', '', 'Riceve il martedì, <b>mai</b> il lunedì'],
    ['other', 'X-ZIMBRA-UFFICIO', '12'],
  ]);
  expect(anna.card.photo).toEqual({ type: 'image/png', base64: png });
  expect((await read(2)).card).toMatchObject({ name: 'Luca Bianchi', photo: null });
  expect((await read(3)).card).toMatchObject({ isGroup: true, members: ['anna.pero@ente.it', 'luca@altrove.example'] });
  expect((await read(4)).card).toEqual({ kind: 'unreadable', why: 'broken' });
  const to = join(testDirectory(), 'rotto.vcf');
  await api['item.save']({ archive, folder: 1, number: 4, to });
  expect(readFileSync(to, 'utf8')).toBe(contacts.rotto);
  await expect(api['item.save']({ archive, folder: 1, number: 4, to })).rejects.toMatchObject({
    code: 'SAVE_FILE_EXISTS',
  });
  await expect(read(9)).rejects.toMatchObject({ code: 'ARCHIVE_MESSAGE_UNKNOWN' });
});

const weekly = calendar(
  ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Giunta', 'LOCATION:Sala A', 'DTSTART;TZID=Europe/Rome:20260323T090000'],
  ...['DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'EXDATE;TZID=Europe/Rome:20260406T090000'],
  ...['ORGANIZER;CN=Anna Però:mailto:anna.pero@ente.it'],
  ...['ATTENDEE;CN=Luca;PARTSTAT=ACCEPTED:mailto:luca@altrove.example', 'ATTENDEE:mailto:zoe@ente.it'],
  ...['ATTACH;FILENAME=../../ordine.txt;ENCODING=BASE64;VALUE=BINARY:Y2lhbw==', 'ATTACH:https://spia.example/x'],
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'UID:1', 'RECURRENCE-ID;TZID=Europe/Rome:20260413T090000', 'SUMMARY:Giunta, spostata'],
  ...['DTSTART;TZID=Europe/Rome:20260414T150000', 'DURATION:PT1H', 'END:VEVENT'],
);
const events = {
  weekly,
  late: calendar(
    'BEGIN:VEVENT',
    'UID:2',
    'SUMMARY:Notte',
    'DTSTART:20260331T220000Z',
    'DTEND:20260331T223000Z',
    'END:VEVENT',
  ),
  ferie: calendar(
    ...[
      'BEGIN:VEVENT',
      'UID:3',
      'SUMMARY:Ferie',
      'DTSTART;VALUE=DATE:20260330',
      'DTEND;VALUE=DATE:20260403',
      'END:VEVENT',
    ],
  ),
  old: calendar(
    'BEGIN:VEVENT',
    'UID:4',
    'SUMMARY:Patrono',
    'DTSTART;VALUE=DATE:20060429',
    'RRULE:FREQ=YEARLY',
    'END:VEVENT',
  ),
  rotto: 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n',
};

test('the agenda has every occurrence on the day it is where the person is', async () => {
  const archive = await archiveOfItems([{ kind: 'event', path: ['Calendario'], items: events }]);
  const { api } = engine();
  const month = (from: string, to: string) =>
    whole(() => api['items.agenda']({ archive, folder: null, from, to, zone }));
  const told = ({ rows }: Output<'items.agenda'>) => rows.map(({ day, start, title }) => [day, start, title]);
  const april = await month('2026-04-01', '2026-05-01');
  expect(told(april)).toEqual([
    ['2026-04-01', '2026-03-30', 'Ferie'],
    // 22:00 UTC is midnight in Rome since summer time began.
    ['2026-04-01', '2026-03-31T22:00:00Z', 'Notte'],
    ['2026-04-14', '2026-04-14T13:00:00Z', 'Giunta, spostata'],
    ['2026-04-20', '2026-04-20T07:00:00Z', 'Giunta'],
    ['2026-04-27', '2026-04-27T07:00:00Z', 'Giunta'],
    // Of a series that is older than ten years.
    ['2026-04-29', '2026-04-29', 'Patrono'],
  ]);
  expect(april.rows[2]).toMatchObject({ repeats: true, exception: true });
  expect(april).toMatchObject({ before: '2026-03-30', after: '2026-05-04', untimed: [{ title: 'rotto' }] });
  expect(told(await month('2026-03-01', '2026-04-01'))).toEqual([
    ['2026-03-23', '2026-03-23T08:00:00Z', 'Giunta'],
    ['2026-03-30', '2026-03-30', 'Ferie'],
    ['2026-03-30', '2026-03-30T07:00:00Z', 'Giunta'],
  ]);
  expect(await month('1990-01-01', '1990-02-01')).toMatchObject({ total: 0, before: null, after: '2006-04-29' });
});

test('an appointment tells of its series, its people and what is attached, which is saved and not opened', async () => {
  const archive = await archiveOfItems([{ kind: 'event', path: ['Calendario'], items: events }]);
  const { api } = engine();
  const { card } = await api['item.read']({ archive, folder: 1, number: 1 });
  expect(card).toMatchObject({
    ...{ kind: 'event', title: 'Giunta', place: 'Sala A', zone },
    ...{ start: '2026-03-23T08:00:00Z', end: '2026-03-23T09:00:00Z' },
    recurrence: { frequency: 'weekly', interval: 1, days: [{ weekday: 'MO', nth: null }], count: null, rule: null },
    exceptions: [
      { at: '2026-04-06T07:00:00Z', start: null },
      { at: '2026-04-13T07:00:00Z', start: '2026-04-14T13:00:00Z', title: 'Giunta, spostata' },
    ],
    organiser: { name: 'Anna Però', address: 'anna.pero@ente.it' },
    participants: [
      { name: 'Luca', address: 'luca@altrove.example', answer: 'accepted' },
      { name: '', address: 'zoe@ente.it', answer: 'needs-action' },
    ],
    reminders: [{ minutes: 15, of: 'start', at: null }],
    attachments: [
      { part: 0, name: '../../ordine.txt', link: null, size: 4 },
      { part: null, link: 'https://spia.example/x', size: null },
    ],
  });
  const to = join(testDirectory(), 'ordine.txt');
  await api['item.savePart']({ archive, folder: 1, number: 1, part: 0, to });
  expect(readFileSync(to, 'utf8')).toBe('ciao');
  await expect(api['item.savePart']({ archive, folder: 1, number: 1, part: 1, to: `${to}2` })).rejects.toMatchObject({
    code: 'MESSAGE_PART_UNKNOWN',
  });
});

test('tasks stand by when they are due, what is done last', async () => {
  const todo = (title: string, ...lines: readonly string[]) =>
    calendar('BEGIN:VTODO', `UID:${title}`, `SUMMARY:${title}`, ...lines, 'END:VTODO');
  const archive = await archiveOfItems([
    {
      kind: 'task',
      path: ['Attività'],
      items: {
        a: todo('Fatta', 'DUE:20200101T090000Z', 'STATUS:COMPLETED', 'PERCENT-COMPLETE:100'),
        b: todo('Senza data'),
        c: todo('Dopo', 'DUE;VALUE=DATE:20270101', 'PERCENT-COMPLETE:50'),
        d: todo('Prima', 'DUE;TZID=Europe/Rome:20261201T120000'),
      },
    },
  ]);
  const { api } = engine();
  const { rows } = await whole(() => api['items.tasks']({ archive, folder: null }));
  expect(rows.map(({ title, due, completed, percent }) => [title, due, completed, percent])).toEqual([
    ['Prima', '2026-12-01T11:00:00Z', false, null],
    ['Dopo', '2027-01-01', false, 50],
    ['Senza data', null, false, null],
    ['Fatta', '2020-01-01T09:00:00Z', true, 100],
  ]);
});

test('what has no shape of its own is listed kind by kind, by name, in its last version', async () => {
  const files = { kind: 'file', path: ['Documenti', 'Verbali'], items: { z: 'zeta', e: 'e' } } as const;
  const given: GivenItems[] = [
    { ...files, names: { z: 'Zoo.txt', e: 'Èlite.txt' } },
    { kind: 'signature', path: ['Firme'], items: { f: '<p>Anna</p>' }, names: { f: 'Ufficio' } },
    { kind: 'note', path: ['Note'], items: { n: 'Comprare il pane' }, names: { n: 'Spesa' } },
    { kind: 'contact', path: ['Rubrica'], items: { a: vcard('FN:Anna') } },
  ];
  const root = await archiveOfItems(given);
  const later = { ...files, items: { z: 'zeta nuova' }, names: { z: 'Zoo.txt' } };
  await archiveOfItems([later, ...given.slice(1)], { root });
  const { api } = engine();
  const all = await api['items.others']({ archive: root, kind: null });
  expect(all.rows.map(({ kind, name, ending, size, absent }) => [kind, name, ending, size, absent])).toEqual([
    ['note', 'Spesa', '.txt', 16, false],
    ['file', 'Èlite.txt', '.bin', 1, true],
    ['file', 'Zoo.txt', '.bin', 10, false],
    ['signature', 'Ufficio', '.html', 11, false],
  ]);
  expect(all.rows[1]?.path).toEqual(['Documenti', 'Verbali']);
  const page = await api['items.others']({ archive: root, kind: 'file', offset: 1, limit: 1 });
  expect(page).toMatchObject({ total: 2, rows: [{ name: 'Zoo.txt', number: 3 }] });
});

test('an archive without its catalogue is read all the same; of an item the last version counts', async () => {
  const root = await archiveOfItems([{ kind: 'contact', path: ['Rubrica'], items: { a: vcard('FN:Prima') } }]);
  await archiveOfItems([{ kind: 'contact', path: ['Rubrica'], items: { a: vcard('FN:Dopo') } }], { root });
  rmSync(join(root, 'catalogue.sqlite'));
  const { api } = engine();
  const { rows } = await whole(() => api['items.contacts']({ archive: root, folder: null }));
  expect(rows.map(({ number, name }) => [number, name])).toEqual([[2, 'Dopo']]);
});
