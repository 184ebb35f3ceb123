import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard, mouse } from './hands.ts';
import { assistantInBrowser, assistantInWindow } from './real-assistant.ts';
import { personAt } from './real-person.ts';

/** A backup let go over the window, by Chromium's own drag and drop with real files of this disk. */
const chromium = findChromium();
const runtime = await electronRuntime();
const message = 'From: anna@ente.it\r\nDate: Mon, 4 Mar 2019 08:15:00 +0100\r\nSubject: x\r\n\r\ntesto\r\n';

test.skipIf(runtime === null)('the window takes what is dropped on it, a folder or a file, as chosen', async () => {
  if (runtime === null) return;
  const home = homeWithMail();
  await using assistant = await assistantInWindow(runtime, { home });
  const { page } = assistant;
  const person = personAt(assistant, mouse);
  await person.press('Ho già un backup');
  await person.arrived('Dov’è il tuo backup?');

  await drag(page, 'dragEnter', join(home, 'Messaggi'));
  await person.reads('Lascia qui il tuo backup');
  await drag(page, 'drop', join(home, 'Messaggi'));
  await person.reads('Messaggi salvati uno per file (EML)');
  await person.reads('Hai scelto 1 cartella: 2 messaggi');

  // Anywhere on the window, also while another one is shown.
  await drag(page, 'dragEnter', join(home, 'appunti.txt'));
  await drag(page, 'drop', join(home, 'appunti.txt'));
  await person.reads('In appunti.txt Travaso non trova posta, né contatti o calendari.');
  await page.waitForSelector('[role=alert]:focus');
  expect(assistant.complaints).toEqual([]);

  // What was dropped is granted as if it had been picked; its neighbours are not.
  const recognise = (path: string) =>
    page.evaluate(`window.travaso.call('file.recognise', ${JSON.stringify({ path })})`);
  expect(await recognise(join(home, 'Messaggi'))).toMatchObject({ ok: true });
  expect(await recognise(join(home, 'segreto.eml'))).toMatchObject({ problem: { code: 'PATH_NOT_GRANTED' } });
});

test.skipIf(chromium === null)('the browser says why it asks, and shows where to choose', async () => {
  if (chromium === null) return;
  const home = homeWithMail();
  await using assistant = await assistantInBrowser(chromium, { home });
  const { page } = assistant;
  const person = personAt(assistant, keyboard);
  await person.press('Ho già un backup');
  await person.arrived('Dov’è il tuo backup?');
  await drag(page, 'dragEnter', join(home, 'segreto.eml'));
  await drag(page, 'drop', join(home, 'segreto.eml'));
  await page.waitForSelector('dialog[open]:has-text("Il browser non dice a Travaso")');
  await person.press('home');
  await person.press('segreto.eml');
  await person.reads('Messaggi salvati uno per file (EML)');
  await person.reads('Hai scelto 1 cartella: 1 messaggio');
  expect(assistant.complaints).toEqual([]);
});

test.skipIf(chromium === null)('a drop where nothing waits for one does not lead the page away', async () => {
  if (chromium === null) return;
  const home = homeWithMail();
  await using assistant = await assistantInBrowser(chromium, { home });
  const { page } = assistant;
  await page.waitForSelector('h1:has-text("Portiamo la tua posta")');
  // Chromium without a window navigates nowhere by itself; with one it does unless both events were refused.
  await page.evaluate(`window.refused = [];
    for (const name of ['dragover', 'drop']) {
      addEventListener(name, event => window.refused.push(name + ' ' + event.defaultPrevented));
    }`);
  await drag(page, 'dragEnter', join(home, 'segreto.eml'));
  await drag(page, 'drop', join(home, 'segreto.eml'));
  await page.waitForFunction('window.refused.length > 1');
  expect(new Set(await page.evaluate<string[]>('window.refused'))).toEqual(new Set(['dragover true', 'drop true']));
});

function homeWithMail(): string {
  const made = createTestDirectory('drop');
  onTestFinished(made.remove);
  mkdirSync(join(made.path, 'Messaggi'));
  writeFileSync(join(made.path, 'Messaggi', '1.eml'), message);
  writeFileSync(join(made.path, 'Messaggi', '2.eml'), message.replace('Subject: x', 'Subject: y'));
  writeFileSync(join(made.path, 'segreto.eml'), message);
  writeFileSync(join(made.path, 'appunti.txt'), 'nota: comprare il latte\n');
  return made.path;
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchDragEvent */
async function drag(page: Page, type: 'dragEnter' | 'drop', path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const send = (event: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type: event, x: 500, y: 300, data });
  if (type === 'dragEnter') await send('dragEnter');
  await send('dragOver');
  if (type === 'drop') await send('drop');
  await session.detach();
}
