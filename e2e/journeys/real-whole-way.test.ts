import { expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import { keyboard } from './hands.ts';
import { arrived } from './keyboard.ts';
import { assistantInBrowser, assistantInWindow, type Assistant } from './real-assistant.ts';
import { personAt } from './real-person.ts';
import { twoServers } from './real-servers.ts';

/** The employee's way through with nothing scripted: real screens, host, engine and servers, by keyboard alone. */
const chromium = findChromium();
const runtime = await electronRuntime();
const hasServers = dovecotAvailable();
const messages = '500 messaggi';

test.skipIf(chromium === null || !hasServers)('in the browser, five hundred messages are carried and proved', () =>
  carryOver(() => (chromium === null ? Promise.reject(new Error('no Chromium')) : assistantInBrowser(chromium))),
);

test.skipIf(runtime === null || !hasServers)('in the window, five hundred messages are carried and proved', () =>
  carryOver(() => (runtime === null ? Promise.reject(new Error('no Electron')) : assistantInWindow(runtime))),
);

async function carryOver(open: () => Promise<Assistant>): Promise<void> {
  await using servers = await twoServers({ messages: 500 });
  await using assistant = await open();
  const { page } = assistant;
  const person = personAt(assistant, keyboard);

  await person.begin();
  await person.describe(servers.old);
  await person.fill('Password', 'sbagliata');
  await page.keyboard.press('Enter');
  // The focus is on the field at fault, which is described by the sentence; that is also announced by itself.
  await page.waitForSelector('#password[aria-invalid="true"]:focus');
  expect(await page.locator('#password').getAttribute('aria-describedby')).toContain('source-problem');
  const sentence = page.locator('#source-problem[role=alert]');
  expect(await sentence.innerText()).toContain('T-301');
  await person.fill('Password', servers.old.password);
  await page.keyboard.press('Enter');
  await arrived(page, 'Cosa vuoi salvare, e dove?', 'Passo 3 di 9 — Cosa salvare e dove');

  await person.choosePlace(messages);
  await person.backUp();
  await person.check(messages);
  await person.signInToNew(servers.new);
  await person.upload(messages);
  await person.readReport();

  expect(mailDifference(servers.mail, (await readAccount(servers.newAccount)).messages)).toEqual([]);
  expect(assistant.complaints).toEqual([]);
}
