import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { itemsMailbox } from '../fakes/zimbra/items/items-mailbox.ts';
import { ItemsStore } from '../fakes/zimbra/items/items-store.ts';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { fillEverything, plainEvent } from '../zimbra-items-content.ts';
import { goRoundTo, search } from './archive-person.ts';
import { keyboard } from './hands.ts';
import { tabTo } from './keyboard.ts';
import { anna, carbonioOffice } from './moving-office.ts';
import { assistantInBrowser, assistantInWindow } from './real-assistant.ts';
import type { Assistant, AssistantOptions } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { enter, installProfile } from './sign-in-person.ts';

/** What is no mail, from the old Zimbra to the card of one contact and one appointment; by keyboard alone. */
const chromium = findChromium();
const runtime = await electronRuntime();
const title = 'Collaudo dell’ascensore';

test.skipIf(chromium === null || !dovecotAvailable())(
  'contacts and calendars are saved, shown and found in the browser',
  () => walk(options => assistantInBrowser(chromium ?? '', options)),
);

test.skipIf(runtime === null || !dovecotAvailable())(
  'contacts and calendars are saved, shown and found in the window',
  () =>
    walk(options =>
      runtime === null ? Promise.reject(new Error('no Electron')) : assistantInWindow(runtime, options),
    ),
);

async function walk(open: (options: AssistantOptions) => Promise<Assistant>): Promise<void> {
  const store = new ItemsStore();
  fillEverything(store);
  store.add({ kind: 'appt', folder: '10', octets: plainEvent('collaudo', title) });
  await using office = await carbonioOffice(3, {}, [], itemsMailbox(store));
  await using assistant = await open(office);
  const { page } = assistant;
  const person = personAt(assistant, keyboard);

  await installProfile(assistant, person, keyboard, office.writeProfile);
  await person.begin();
  await enter(person, anna.mail, anna.password);
  await person.arrived('Cosa vuoi salvare, e dove?');
  const contacts = [...store.items.values()].filter(({ kind }) => kind === 'cn').length;
  await person.reads(`${contacts} contatti`);
  expect(await page.getByLabel('Calendari', { exact: true }).isChecked()).toBe(true);
  await keyboard.check(page, 'Documenti');
  await person.choosePlace(`${office.mail.length + office.sharedMail.length} messaggi`);
  await person.backUp();

  const archive = assistant.kept()?.archive ?? '';
  await person.press('Archivio');
  await person.press(`Apri ${basename(archive)}`);
  await person.press('Rubrica');
  await person.fill('Cerca un nome, un indirizzo, un numero', 'gran fot');
  await person.reads('1 contatto trovato');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Foto Grande' }).waitFor();
  await page.getByRole('img', { name: 'Fotografia di Foto Grande' }).waitFor();
  await person.reads('foto@ente.it');

  await person.press('Calendario');
  await tabTo(page, 'Vai al mese');
  await page.keyboard.type('gennaio');
  await person.fill('Vai all’anno', '2025');
  await person.reads('gennaio 2025');
  await openInList(page, title);
  await page.getByRole('article', { name: 'Scheda dell’appuntamento' }).getByRole('heading', { name: title }).waitFor();

  await person.press('Altro');
  await openInList(page, 'Firma · Firme · .html');
  await page.getByRole('article', { name: 'Scheda' }).getByText('Anna').first().waitFor();

  await person.press('Posta');
  await page.getByRole('columnheader').getByRole('button', { name: 'Mittente' }).waitFor();
  await search(page, 'collaudo tipo:appuntamento', '1 risultato');
  await goRoundTo(page, 'grid');
  await page.keyboard.press('Enter');
  await page.locator('.t-pane-message:focus').getByRole('heading', { name: title }).waitFor();
  await search(page, 'tipo:documento', 'Non ho trovato nulla.');
  expect(assistant.complaints).toEqual([]);
}

/** Goes down the list until the row is the active one, and opens it. */
async function openInList(page: Page, text: string): Promise<void> {
  await page.getByRole('option', { name: text }).waitFor();
  for (let presses = 0; presses < 5; presses += 1) {
    if ((await page.locator('[role=listbox]:focus').count()) === 1) break;
    await page.keyboard.press('F6');
  }
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 200; presses += 1) {
    const active = page.locator('[role=listbox]:focus [role=option][data-active]');
    if ((await active.innerText()).includes(text)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
