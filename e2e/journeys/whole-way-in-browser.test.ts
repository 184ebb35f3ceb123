import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { startWebHost } from '../../electron/hosts/web/start-web-host.ts';
import { builtApp } from '../rig/built-app.ts';
import { findChromium, startChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { generateMailbox, italianMailbox } from '../rig/mailbox-generator.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { watchComplaints } from './gallery-rig.ts';
import { arrived, fill, press } from './keyboard.ts';

/** The employee's way through with nothing scripted: real screens, host, engine and servers, by keyboard. */
const chromium = findChromium();
const skip = chromium === null || !dovecotAvailable();
const messages = 500;

test.skipIf(skip)('five hundred messages are carried over, and each is proved', async () => {
  const user = 'anna@ente.it';
  await using old = await startDovecot({
    tls: 'none',
    storage: 'maildir-fs',
    users: { [user]: { password: 'vecchia' } },
  });
  await using target = await startDovecot({
    tls: 'none',
    storage: 'maildir-fs',
    users: { [user]: { password: 'nuova' } },
  });
  const loaded = loadMaildir(old, generateMailbox({ messages, medianSize: 2000, largeShare: 0 }), {
    user,
    folders: italianMailbox.map(folder => folder.path),
  });
  const { page, complaints } = await openScreens();

  await press(page, 'Cominciamo');
  await arrived(page, 'Qual è la tua vecchia casella?');
  await fill(page, 'Indirizzo di posta', user);
  await press(page, 'Conosco il nome del server');
  await fill(page, 'Nome del server', serverName(old));
  await fill(page, 'Password', 'sbagliata');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#password[aria-invalid="true"]:focus');
  expect(await page.locator('#source-problem').innerText()).toContain('T-301');
  await fill(page, 'Password', 'vecchia');
  await page.keyboard.press('Enter');

  await arrived(page, 'Cosa vuoi salvare, e dove?');
  await page.waitForSelector(`text=${messages} messaggi`);
  await press(page, 'Scegli la cartella');
  await press(page, 'home');
  await press(page, 'Usa questa cartella');
  await page.waitForSelector('text=Lo spazio basta.');
  await press(page, 'Salva i messaggi');
  await arrived(page, 'Salvataggio finito');
  await press(page, 'Controlla l’archivio');
  await arrived(page, 'L’archivio è completo e controllato');
  await page.waitForSelector(`text=${messages} messaggi riletti per intero`);
  await press(page, 'Vai alla nuova casella');

  await arrived(page, 'Qual è la tua nuova casella?');
  await fill(page, 'Indirizzo di posta', user);
  await press(page, 'Conosco il nome del server');
  await fill(page, 'Nome del server', serverName(target));
  await fill(page, 'Password', 'nuova');
  await page.keyboard.press('Enter');
  await arrived(page, 'Dove mettere le cose');
  await press(page, `Carica ${messages} messaggi`);
  await arrived(page, 'Caricamento finito');
  await press(page, 'Vedi il rapporto');
  await arrived(page, 'Tutto a posto');

  const account = { host: target.host, port: target.ports.imap, user, password: 'nuova' };
  expect(mailDifference(loaded, (await readAccount(account)).messages)).toEqual([]);
  expect(complaints).toEqual([]);
});

function serverName(server: DovecotServer): string {
  return `${server.host}:${server.ports.imap}`;
}

async function openScreens(): Promise<{ page: Page; complaints: readonly string[] }> {
  if (chromium === null) throw new Error('no Chromium');
  const directory = createTestDirectory('whole-way');
  const home = join(directory.path, 'home');
  mkdirSync(home);
  const engine = createEngine(defaultPorts());
  let link = '';
  const host = await startWebHost({
    api: engine.api,
    events: engine.events,
    rendererDir: join(builtApp(), 'renderer'),
    dataDir: join(directory.path, 'data'),
    version: '0.0.0',
    systemLanguage: 'it',
    places: () => Promise.resolve([{ name: 'home', path: home }]),
    open: opened => {
      link = opened;
    },
  });
  const browser = await startChromium(chromium);
  onTestFinished(async () => {
    await browser.close();
    await host.close();
    await engine.close();
    directory.remove();
  });
  const page = await browser.newPage({ viewport: { width: 1024, height: 700 }, locale: 'it-IT' });
  page.setDefaultTimeout(60_000);
  const complaints = await watchComplaints(page, host.origin);
  await page.goto(link);
  await page.waitForSelector('h1');
  return { page, complaints };
}
