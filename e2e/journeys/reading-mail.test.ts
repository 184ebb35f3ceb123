import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { startGallery, watchComplaints, type GalleryRig } from './gallery-rig.ts';
import { press, tabTo } from './keyboard.ts';

/** A message read by keyboard alone, and what its links do before anything is opened. */
const chromium = findChromium();

let rig: GalleryRig;
beforeAll(async () => {
  if (chromium !== null) rig = await startGallery(chromium);
});
afterAll(async () => {
  if (chromium !== null) await rig.close();
});

async function begin(name: string, given?: string): Promise<Page> {
  const context = await rig.browser.newContext({ viewport: { width: 1024, height: 700 }, locale: 'it-IT' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await rig.open(page, name, given);
  return page;
}

const callsOf = (page: Page) =>
  page.evaluate<readonly { method: string; input: unknown }[]>('window.travasoGallery.calls()');

test.skipIf(chromium === null)(
  'text first; the page, its links and the way back to the text by keyboard alone',
  async () => {
    const page = await begin('message-given', '<p>Ciao</p><a href="https://www.ente.it/orari">Orari</a>');
    const complaints = await watchComplaints(page, rig.address);
    expect(await page.locator('iframe').count()).toBe(0);
    await press(page, 'Mostra come pagina');
    const frame = page.frameLocator('iframe.t-message-frame');
    await frame.getByText('Orari').waitFor();
    // Nothing to follow in the frame: a number, and a list of buttons beneath it.
    expect(await frame.locator('a').count()).toBe(0);
    expect(await frame.locator('.travaso-mark').innerText()).toBe('[1]');

    await press(page, '1. Orari');
    await page.getByRole('dialog', { name: 'Dove porta questo collegamento' }).waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('www.ente.it');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // The focus is back where it was.
    expect(await page.evaluate('document.activeElement.textContent')).toBe('1. Orari');
    expect((await callsOf(page)).filter(({ method }) => method === 'host.openLink')).toEqual([]);

    await page.keyboard.press('Enter');
    await press(page, 'Apri nel browser');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await callsOf(page)).toContainEqual({
      method: 'host.openLink',
      input: { url: 'https://www.ente.it/orari' },
    });
    await press(page, 'Testo');
    expect(await page.locator('iframe').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test.skipIf(chromium === null)('the frame is of no origin, runs nothing and is fetched once', async () => {
  const page = await begin('message-given', '<p>Ciao</p>');
  await page.getByRole('button', { name: 'Mostra come pagina' }).click();
  const iframe = page.locator('iframe.t-message-frame');
  await page.frameLocator('iframe.t-message-frame').getByText('Ciao').waitFor();
  expect(await iframe.getAttribute('sandbox')).toBe('');
  expect(await page.evaluate(`document.querySelector('iframe.t-message-frame').contentDocument`)).toBeNull();
  expect(await page.evaluate(`(() => { try { return frames[0].document; } catch (e) { return e.name; } })()`)).toBe(
    'SecurityError',
  );
  const again = await page.request.get(new URL((await iframe.getAttribute('src')) ?? '', rig.address).href);
  expect(again.status()).toBe(404);
  await page.context().close();
});

test.skipIf(chromium === null).each([
  ['file:///C:/Windows/calc.exe', 'Indica un file di questo computer'],
  ['smb://10.0.0.9/foto', 'Indica un computer in rete'],
  ['\\\\10.0.0.9\\foto', 'Indica un computer in rete'],
  ['//ladri.example/foto', 'Indica un computer in rete'],
  ['javascript:alert(1)', 'un comando che verrebbe eseguito'],
  ['java\tscript:alert(1)', 'un comando che verrebbe eseguito'],
  ['data:text/html,<b>x', 'un comando che verrebbe eseguito'],
  ['ms-msdt:/id', 'Avvierebbe un altro programma'],
])('a link to %s is refused and says why', async (href, why) => {
  const page = await begin('message-given', `<a href="${href}">Apri</a>`);
  await page.getByRole('button', { name: 'Mostra come pagina' }).click();
  await page.getByRole('button', { name: '1. Apri' }).click();
  const dialog = page.getByRole('dialog', { name: 'Questo collegamento non si apre' });
  expect(await dialog.innerText()).toContain(why);
  expect(await dialog.getByRole('button', { name: 'browser' }).count()).toBe(0);
  await page.context().close();
});

test.skipIf(chromium === null).each([
  ['https://ladri.example/', 'www.ente.it', 'Il testo nomina www.ente.it'],
  ['https://ente.it@ladri.example/', 'Entra', 'Prima della chiocciola'],
  ['https://еnte.it/', 'Entra', 'Il nome somiglia a ente.it'],
  ['https://еnte.it/', 'Entra', 'lettere cirilliche'],
  ['https://еnte.it/', 'Entra', 'xn--nte-qdd.it'],
  ['http://192.168.1.1/', 'Entra', 'alla rete in cui si trova'],
])('a link to %s as "%s" is warned of: %s', async (href, text, warning) => {
  const page = await begin('message-given', `<a href="${href}">${text}</a>`);
  await page.getByRole('button', { name: 'Mostra come pagina' }).click();
  await page.getByRole('button', { name: `1. ${text}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Dove porta questo collegamento' });
  expect(await dialog.innerText()).toContain(warning);
  expect(await dialog.getByRole('button', { name: 'Apri lo stesso nel browser' }).count()).toBe(1);
  await page.context().close();
});

test.skipIf(chromium === null)('a mail within the mail opens in its place, and back', async () => {
  const page = await begin('message-attachments');
  await tabTo(page, 'Leggi il messaggio Richiesta di chiarimenti.eml');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h2:focus:has-text("Richiesta di chiarimenti")');
  await press(page, 'Torna al messaggio che lo contiene');
  await page.waitForSelector('h2:has-text("Convocazione della riunione")');
  await page.context().close();
});

test.skipIf(chromium === null)('what is printed is a document of its own, whole and without scripts', async () => {
  const page = await begin('message-given', '<p>Ciao</p><script>alert(1)</script>');
  const kept = page.waitForRequest(request => request.url().endsWith('/message/keep'));
  await page.getByRole('button', { name: 'Mostra come pagina' }).click();
  await kept;
  const printed = page.waitForRequest(request => request.url().endsWith('/message/keep'));
  await page.getByRole('button', { name: 'Stampa' }).click();
  const { html, use } = JSON.parse((await printed).postData() ?? '') as Record<'html' | 'use', string>;
  expect(use).toBe('print');
  expect(html).toContain('Giulia Ferri &lt;giulia.ferri@ente.it&gt;');
  expect(html).toContain('<p>Ciao</p>');
  expect(html).not.toContain('alert');
  await page.context().close();
});
