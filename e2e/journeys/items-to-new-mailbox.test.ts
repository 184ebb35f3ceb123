import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { archiveOfItems, calendar, vcard } from '../../electron/engine/testing/archive-of-items.ts';
import type { GivenItems } from '../../electron/engine/testing/archive-of-items.ts';
import { mail } from '../../electron/engine/testing/test-archive.ts';
import { startGraph } from '../fakes/graph/start-graph.ts';
import { pressing } from '../microsoft-pages.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { pick } from './archive-person.ts';
import { keyboard } from './hands.ts';
import { anna, annaAtMicrosoft, carbonioOffice, microsoftOffice } from './moving-office.ts';
import type { CarbonioOffice, MicrosoftOffice } from './moving-office.ts';
import { assistantInBrowser } from './real-assistant.ts';
import type { Assistant } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import type { Person } from './real-person.ts';
import { enter, installProfile, otherBrowser } from './sign-in-person.ts';

/** What is no mail, from an archive to both new mailboxes and to a report that proves it; by keyboard alone. */
const chromium = findChromium();
const skip = chromium === null || !dovecotAvailable();

const dated = ['DTSTAMP:20250101T000000Z', 'DTSTART:20250101T100000Z'];
const invited = ['ORGANIZER:mailto:anna@ente.it', 'ATTENDEE:mailto:luca@ente.it'];
const rule = {
  ...{ name: 'Fatture', active: true, filterActions: [{ actionKeep: [{ index: 0 }] }] },
  filterTests: [
    { condition: 'anyof', headerTest: [{ header: 'subject', stringComparison: 'contains', value: 'fattura' }] },
  ],
};
const items: readonly GivenItems[] = [
  { kind: 'contact', path: ['Rubrica'], items: { a: vcard('UID:a', 'FN:Anna Però'), b: vcard('UID:b', 'FN:Luca') } },
  {
    ...{ kind: 'event', path: ['Calendario'] },
    items: { e: calendar('BEGIN:VEVENT', 'UID:e', ...dated, ...invited, 'SUMMARY:Collaudo', 'END:VEVENT') },
  },
  {
    ...{ kind: 'task', path: ['Attività'] },
    items: { t: calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'SUMMARY:Bilancio', 'END:VTODO') },
  },
  {
    ...{ kind: 'rule', path: ['Regole'] },
    items: { 'incoming.json': JSON.stringify({ version: 1, direction: 'incoming', rules: [rule] }) },
  },
  { kind: 'signature', path: ['Firme'], items: { 's.html': '<p>Anna Verdi</p>\n' }, names: { 's.html': 'Ufficio' } },
];

test.skipIf(skip)('to Carbonio: one kind stays by choice, rules and signatures go with consent', async () => {
  await using office = await carbonioOffice(1, {});
  office.mailbox.items.rules.incoming = [{ ...rule, active: false }];
  await using assistant = await opened(office);
  const person = personAt(assistant, keyboard);
  await toNewMailbox(office, assistant, person);
  await enter(person, anna.mail, 'canarino-nuova-91bc');
  await person.arrived('Dove mettere le cose');
  expect(await settingsShown(assistant)).toEqual([
    ...['Regole dei messaggi', 'Si aggiungono', 'Fatture (2)'],
    ...['Quelle della nuova casella, che restano come sono', 'Fatture'],
    ...['Firme', 'Si aggiungono', 'Ufficio'],
  ]);
  await keyboard.check(assistant.page, 'Carica: Attività');
  await person.reads('Resta nell’archivio, come hai scelto');
  await keyboard.check(assistant.page, 'Aggiungi regole e firme');
  await person.upload('1 messaggio');

  await person.reads(
    'Controllo fatto nella nuova casella: 1 messaggio, 2 contatti, 1 appuntamento, 1 elenco di regole e 1 firma.',
  );
  expect(await outcomes(assistant)).toEqual([
    ...['Contatti\t2\t2\t0\t2', 'Calendari\t1\t1\t0\t1'],
    ...['Regole dei messaggi\t1\t1\t0\t1', 'Firme\t1\t1\t0\t1'],
  ]);
  await person.readReport();
  await person.reads(/campo per campo: contatti \(2\), calendario \(1\), regole dei messaggi \(1\) e firme \(1\)\./);
  await person.reads('Solo nell’archivio, non caricati: attività (1).');
  const { items: held } = office.mailbox;
  expect(held.items.size).toBe(3);
  expect(held.rules.incoming.map(({ name }) => name)).toEqual(['Fatture', 'Fatture (2)']);
  expect(held.signatures.map(({ name }) => name)).toEqual(['Ufficio']);
  expect([held.mailed, held.overwritten]).toEqual([0, 0]);
  expect(assistant.complaints).toEqual([]);
});

test.skipIf(skip)(
  'to Microsoft 365: contacts, appointments and tasks by the same sign-in, the rest by hand',
  async () => {
    await using office = await microsoftOffice(1);
    await using graph = await startGraph(token => office.oidc.store.given('AccessToken').includes(token));
    const { microsoft } = office;
    await using assistant = await opened({ ...office, microsoft: { ...microsoft, graphUrl: graph.url } });
    await using browser = await otherBrowser(chromium ?? '');
    const person = personAt(assistant, keyboard);
    await toNewMailbox(office, assistant, person);
    await enter(person, anna.mail, null);
    await pressing(await browser.shown(assistant, 1), annaAtMicrosoft);
    await person.arrived('Dove mettere le cose');
    await person.upload('1 messaggio');

    await person.reads('Controllo fatto nella nuova casella: 1 messaggio, 2 contatti, 1 appuntamento e 1 attività.');
    expect(await outcomes(assistant)).toEqual([
      ...['Contatti\t2\t2\t0\t2\t0', 'Calendari\t1\t1\t0\t1\t0', 'Attività\t1\t1\t0\t1\t0'],
      ...['Regole dei messaggi\t1\t0\t0\t0\t1', 'Firme\t1\t0\t0\t0\t1'],
    ]);
    await person.readReport();
    await person.reads(/campo per campo: contatti \(2\), calendario \(1\) e attività \(1\)\./);
    await person.reads(/Da portare a mano: regole dei messaggi \(1\) e firme \(1\)\./);
    expect(graph.state.contacts.size).toBe(2);
    expect(graph.state.tasks.size).toBe(1);
    expect(graph.state.wouldHaveMailed).toBe(0);
    expect(assistant.complaints).toEqual([]);
  },
);

async function opened(office: CarbonioOffice | MicrosoftOffice): Promise<Assistant> {
  const { path: home, remove } = createTestDirectory('items-to-new-mailbox');
  onTestFinished(remove);
  await archiveOfItems(items, {
    root: join(home, 'Posta di Anna'),
    mail: [{ path: ['INBOX'], messages: [mail('1')], changeMark: '1' }],
  });
  const assistant = await assistantInBrowser(chromium ?? '', { ...office, home });
  assistant.page.setDefaultTimeout(25_000);
  return assistant;
}

/** The profile, the archive that is there, its check, and on to the new mailbox. */
async function toNewMailbox(
  { writeProfile }: CarbonioOffice | MicrosoftOffice,
  assistant: Assistant,
  person: Person,
): Promise<void> {
  await installProfile(assistant, person, keyboard, writeProfile);
  await person.press('Archivio');
  await pick(assistant, 'Apri un altro archivio', join(assistant.home, 'Posta di Anna'));
  await person.reads('1 messaggio');
  await person.press('Inizio');
  await person.press('Usa questo archivio');
  await person.arrived('Salvataggio finito');
  await person.check('1 messaggio');
  await person.reads(/ogni file è come è stato salvato: 2 contatti, 1 appuntamento, 1 attività/);
  await person.press('Vai alla nuova casella');
  await person.arrived('Qual è la tua nuova casella?');
}

/** Headings, and below each what is said of which names. */
async function settingsShown({ page }: Assistant): Promise<string[]> {
  const section = page.getByRole('region', { name: 'Regole e firme' });
  await section.waitFor();
  const lines = await section.locator('h3, dt, dd').allInnerTexts();
  return lines.map(line => line.trim());
}

function outcomes({ page }: Assistant): Promise<string[]> {
  const table = page.getByRole('table', { name: 'Che cosa è stato di contatti, calendari e il resto' });
  return table.locator('tbody tr').allInnerTexts();
}
