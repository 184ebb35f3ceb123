import { onTestFinished, test, expect } from 'vitest';
import type { Output } from '../shared/contract.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { archiveOfItems, calendar, vcard } from '../electron/engine/testing/archive-of-items.ts';
import type { GivenItems } from '../electron/engine/testing/archive-of-items.ts';
import { mail } from '../electron/engine/testing/test-archive.ts';
import { runHere } from './rig/run-here.ts';
import { indexed, untilIndexed } from './rig/search-archive.ts';

const given: readonly GivenItems[] = [
  {
    kind: 'contact',
    path: ['Rubrica'],
    items: {
      anna: vcard('FN:Anna Però', 'EMAIL:anna.pero@ente.it', 'NOTE:Riceve il martedì'),
      rotto: 'BEGIN:VCARD\r\nFN\r\n',
    },
    names: { rotto: 'Zeno Rovinato' },
  },
  {
    kind: 'event',
    path: ['Calendario'],
    items: {
      giunta: calendar(
        ...['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Giunta', 'LOCATION:Sala degli Affreschi', 'DTSTART:20260323T080000Z'],
        ...['ORGANIZER;CN=Segreteria:mailto:segreteria@ente.it', 'ATTENDEE;CN=Anna Però:mailto:anna.pero@ente.it'],
        ...['END:VEVENT'],
      ),
    },
  },
  {
    kind: 'task',
    path: ['Attività'],
    items: {
      t: calendar('BEGIN:VTODO', 'UID:2', 'SUMMARY:Rispondere a Però', 'DUE:20270101T100000Z', 'END:VTODO'),
    },
  },
  { kind: 'signature', path: ['Firme'], items: { f: '<p>Cordialità,<br>Anna <b>Verdi</b></p>' } },
];
const inbox = [{ path: ['INBOX'], messages: [mail('1', 'Appunti per Però'), mail('2', 'Altro')], changeMark: '1' }];

function engine(): Engine {
  const made = createEngine(defaultPorts());
  onTestFinished(() => made.close());
  return made;
}

function told({ hits }: Output<'messages.search'>): readonly (readonly [string, number, number, string])[] {
  return hits.map(({ item, folder, number, subject }) => [item ?? 'message', folder, number, subject] as const);
}

test('contacts, appointments and tasks are found beside the mail, whole or by kind, and lists hold mail alone', async () => {
  const archive = await archiveOfItems(given, { mail: inbox });
  const { api } = engine();
  await api['archive.open']({ archive });
  expect(await indexed({ api } as Engine, archive)).toMatchObject({
    ...{ phase: 'ready', messages: { done: 7, total: 7 }, incomplete: 1 },
  });
  const search = (query: string) => api['messages.search']({ archive, query, direction: 'ascending' });
  expect(told(await search('pero')).toSorted()).toEqual([
    ['contact', 1, 1, 'Anna Però'],
    ['event', 2, 1, 'Giunta'],
    ['message', 1, 1, 'Appunti per Però'],
    ['task', 3, 1, 'Rispondere a Però'],
  ]);
  expect(told(await search('pero tipo:contatto'))).toEqual([['contact', 1, 1, 'Anna Però']]);
  expect(told(await search('pero type:task'))).toEqual([['task', 3, 1, 'Rispondere a Però']]);
  expect(told(await search('pero tipo:messaggio'))).toEqual([['message', 1, 1, 'Appunti per Però']]);
  expect((await search('pero -tipo:appuntamento')).total).toBe(3);
  expect(told(await search('da:segreteria a:pero dal:2026 al:2026'))).toEqual([['event', 2, 1, 'Giunta']]);
  expect(told(await search('cartella:calend affreschi'))).toEqual([['event', 2, 1, 'Giunta']]);
  expect(told(await search('cordialita verdi'))).toEqual([['signature', 4, 1, 'f']]);
  // Broken, and still found by the name it came with.
  expect(told(await search('rovinato'))).toEqual([['contact', 1, 2, 'Zeno Rovinato']]);
  expect(await search('pero tipo:boh')).toMatchObject({ hint: { kind: 'kind-not-understood', text: 'boh' } });
  const [contact] = (await search('martedi')).hits;
  expect(contact?.snippet.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['martedì']);
  for (const sort of ['date', 'subject'] as const) {
    const { total, rows } = await api['messages.list']({ archive, folder: null, sort });
    expect([total, rows.length]).toEqual([2, 2]);
  }
});

test('of an item that changed the last version is found, and a search on the command line says what it found', async () => {
  const archive = await archiveOfItems(given, { mail: inbox });
  const first = engine();
  await first.api['archive.open']({ archive });
  await indexed(first, archive);
  const changed = {
    kind: 'contact',
    path: ['Rubrica'],
    items: { anna: vcard('FN:Anna Perosi', 'NOTE:giovedì') },
  } as const;
  await archiveOfItems([changed, ...given.slice(1)], { root: archive, mail: inbox });
  const second = engine();
  await second.api['archive.open']({ archive });
  await untilIndexed(second, archive);
  const search = (query: string) => second.api['messages.search']({ archive, query });
  expect(told(await search('tipo:contatto martedi'))).toEqual([]);
  expect(told(await search('tipo:contatto giovedi'))).toEqual([['contact', 1, 3, 'Anna Perosi']]);
  await Promise.all([first.close(), second.close()]);

  const { text } = await runHere(['search', '--archive', archive, '--lang', 'it', 'perosi']);
  expect(text).toMatch(/\[contatto\] +Anna Perosi +\[Rubrica\]/);
  expect(text).toContain('1 risultato\n');
  const { events } = await runHere(['search', '--archive', archive, '--json', 'affreschi']);
  expect(events[0]).toMatchObject({ event: 'hit', type: 'event', folder: ['Calendario'], subject: 'Giunta' });
});
