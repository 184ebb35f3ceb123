import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { arrived, fill, press, tabTo } from './keyboard.ts';
import { startGallery, watchComplaints } from './gallery-rig.ts';
import type { GalleryRig } from './gallery-rig.ts';

/** The whole way with the keyboard alone, on a scripted engine whose jobs move by themselves. */
const chromium = findChromium();

let rig: GalleryRig;
beforeAll(async () => {
  if (chromium !== null) rig = await startGallery(chromium);
});
afterAll(async () => {
  if (chromium !== null) await rig.close();
});

test.skipIf(chromium === null)('the whole way is walked by keyboard alone', async () => {
  const page = await begin();
  const complaints = await watchComplaints(page, rig.address);

  await press(page, 'Cominciamo');
  await arrived(page, 'Qual è la tua vecchia casella?', 'Passo 2 di 9 — Vecchia casella');

  await fill(page, 'Indirizzo di posta', 'anna.verdi@ente.it');
  await fill(page, 'Password', 'sbagliata');
  await page.keyboard.press('Enter');
  // The focus is on the field at fault, which is described by what went wrong.
  await page.waitForSelector('#password[aria-invalid="true"]:focus');
  expect(await page.locator('#source-problem').innerText()).toContain('T-301');
  expect(await page.locator('#password').getAttribute('aria-describedby')).toContain('source-problem');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('giusta');
  await page.keyboard.press('Enter');
  await arrived(page, 'Cosa vuoi salvare, e dove?', 'Passo 3 di 9 — Cosa salvare e dove');

  await tabTo(page, 'Cartelle della vecchia casella');
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  expect(await page.locator('[role=treeitem][data-active]').getAttribute('aria-checked')).toBe('false');
  await press(page, 'Scegli la cartella');
  await page.waitForSelector('text=Lo spazio basta.');
  await press(page, 'Salva i messaggi');
  await arrived(page, 'Sto salvando i tuoi messaggi', 'Passo 4 di 9 — Salvataggio');
  expect(await page.locator('[aria-current=step]').innerText()).toContain('Salvataggio');

  await press(page, 'Metti in pausa');
  await arrived(page, 'Il salvataggio è fermo');
  await press(page, 'Riprendi');
  await arrived(page, 'Salvataggio finito');
  await press(page, 'Controlla l’archivio');
  await arrived(page, 'L’archivio è completo e controllato', 'Passo 5 di 9 — Verifica');
  await press(page, 'Vai alla nuova casella');
  await arrived(page, 'Qual è la tua nuova casella?', 'Passo 6 di 9 — Nuova casella');

  await fill(page, 'Indirizzo di posta', 'anna.verdi@ente.it');
  await fill(page, 'Password', 'nuova');
  await page.keyboard.press('Enter');
  await arrived(page, 'Dove mettere le cose', 'Passo 7 di 9 — Dove mettere le cose');
  await page.waitForSelector('text=Il posto basta.');
  await press(page, 'Carica 12.809 messaggi');
  await arrived(page, 'Caricamento finito', 'Passo 8 di 9 — Caricamento');
  await press(page, 'Vedi il rapporto');
  await arrived(page, 'Tutto a posto', 'Passo 9 di 9 — Rapporto');
  await press(page, 'Torna all’inizio');
  await arrived(page, 'La tua posta, al sicuro');

  const calls = await callsOf(page);
  expect(calls).toContainEqual({
    method: 'folders.leaveOut',
    input: { archive: '/home/anna/Documenti/Travaso anna.verdi@ente.it', folders: [['Sindacato']] },
  });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test.skipIf(chromium === null)('closed and opened again, all is as it was but the password', async () => {
  const page = await begin();
  await press(page, 'Cominciamo');
  await fill(page, 'Indirizzo di posta', 'anna.verdi@ente.it');
  await fill(page, 'Password', 'una-password-da-canarino');
  await reopen(page);
  await press(page, 'Continua');
  await arrived(page, 'Qual è la tua vecchia casella?');
  expect(await page.locator('#mail').inputValue()).toBe('anna.verdi@ente.it');
  expect(await page.locator('#password').inputValue()).toBe('');

  await fill(page, 'Password', 'una-password-da-canarino');
  await page.keyboard.press('Enter');
  await arrived(page, 'Cosa vuoi salvare, e dove?');
  await press(page, 'Scegli la cartella');
  await page.waitForSelector('text=Lo spazio basta.');
  await press(page, 'Salva i messaggi');
  await arrived(page, 'Sto salvando i tuoi messaggi');
  await reopen(page);
  await press(page, 'Continua');
  await arrived(page, 'Il salvataggio è fermo');
  await fill(page, 'Password', 'una-password-da-canarino');
  await page.keyboard.press('Enter');
  await arrived(page, 'Salvataggio finito');
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('canarino');
  expect(await page.content()).not.toContain('canarino');
  await page.context().close();
});

test.skipIf(chromium === null)('a place that is still being looked at is the one that was chosen', async () => {
  const page = await begin('choose-place-slow');
  await press(page, 'Salva i messaggi');
  await expect
    .poll(() => callsOf(page), { timeout: 15_000 })
    .toContainEqual(expect.objectContaining({ method: 'backup.start' }));
  expect(await page.getByText('Scegli dove mettere l’archivio.').count()).toBe(0);
  await page.context().close();
});

test.skipIf(chromium === null)('the language changes at once, everywhere, and stays', async () => {
  const page = await begin();
  await press(page, 'Impostazioni');
  await arrived(page, 'Impostazioni');
  await tabTo(page, 'Italiano');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('h1:has-text("Settings")');
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  await reopen(page);
  await page.waitForSelector('h1:has-text("carry your mail")');
  await page.context().close();
});

test.skipIf(chromium === null)('two thousand folders scroll with only those in sight on the page', async () => {
  const page = await begin('choose-2000-folders');
  await tabTo(page, 'Cartelle della vecchia casella');
  await page.keyboard.press('End');
  await page.waitForSelector('[role=treeitem][data-active] >> text=Fascicolo 19');
  expect(await page.locator('[role=treeitem]').count()).toBeLessThan(60);
  const active = await page.locator('[role=tree]').getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active ?? ''}"]`).getAttribute('aria-posinset')).toBe('19');
  await page.context().close();
});

async function begin(name = 'play'): Promise<Page> {
  const context = await rig.browser.newContext({ viewport: { width: 1024, height: 700 }, locale: 'it-IT' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await rig.open(page, name);
  return page;
}

async function reopen(page: Page): Promise<void> {
  await page.reload();
  await page.waitForSelector('html[data-ready] h1');
}

function callsOf(page: Page): Promise<readonly unknown[]> {
  return page.evaluate<readonly unknown[]>('window.travasoGallery.calls()');
}
