import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { readAccount } from '../rig/oracle.ts';
import { runCli } from '../rig/run-cli.ts';
import {
  directory,
  goRoundTo,
  name,
  openFirst,
  prepareSearch,
  question,
  search,
  writeArchive,
} from './archive-person.ts';
import { keyboard } from './hands.ts';
import { assistantInBrowser, assistantInWindow } from './real-assistant.ts';
import type { Assistant } from './real-assistant.ts';

/** What leaves an archive: messages back into a mailbox, with their proof, and the whole as one sealed file. */
const chromium = dovecotAvailable() ? findChromium() : null;
const runtime = await electronRuntime();
const user = 'anna@ente.it';
const passphrase = 'quattro gatti neri sul tetto';

type Open = (home: string) => Promise<Assistant>;

describe('an archive that is needed again', () => {
  test.skipIf(chromium === null)('gives back one message, a folder, then all, in the browser', () =>
    restore(home => assistantInBrowser(chromium ?? '', { home })),
  );
  test.skipIf(chromium === null || runtime === null)('gives back one message, a folder, then all, in the window', () =>
    restore(home => {
      if (runtime === null) throw new Error('no Electron');
      return assistantInWindow(runtime, { home });
    }),
  );
  test.skipIf(chromium === null)('goes into one sealed file and comes out of it', () =>
    sealAndUnseal(home => assistantInBrowser(chromium ?? '', { home })),
  );
});

async function restore(open: Open): Promise<void> {
  const home = directory();
  await writeArchive(join(home, name));
  await using server = await startDovecot({ tls: 'none', users: { [user]: { password: 'nuova' } } });
  const account = { host: server.host, port: server.ports.imap, user, password: 'nuova' };
  await using assistant = await open(home);
  const { page } = assistant;
  await openFirst(assistant);
  await prepareSearch(page);
  await search(page, 'perche', '1 messaggio trovato');
  await goRoundTo(page, 'grid');
  await page.keyboard.press('Space');

  await keyboard.press(page, 'Rimetti in una casella');
  await signIn(page, server);
  await page.getByText(`Da rimettere: 1 messaggio, ${Buffer.byteLength(question)} byte.`).waitFor();
  await page.getByText('Nulla: la nuova casella può accettare tutti i messaggi.').waitFor();
  expect(await foldersOfPlan(page)).toEqual(['Domande | Domande nuova | 1']);
  await keyboard.press(page, 'Rimetti i messaggi');
  await page.getByText('1 messaggio rimesso nella casella.').waitFor();
  await page.getByText('Controllato nella casella: 1 messaggio arrivato.').waitFor();
  const [only, ...others] = (await readAccount(account)).messages;
  expect(others).toEqual([]);
  expect(only?.size).toBe(Buffer.byteLength(question));
  await page.keyboard.press('Escape');

  await keyboard.press(page, 'Torna all’elenco');
  await goRoundTo(page, 'tree');
  await goToFolder(page, 'Protocollo');
  await keyboard.press(page, 'Scegli tutti');
  await keyboard.press(page, 'Rimetti in una casella');
  await page.locator('dialog').getByText('60 messaggi scelti').waitFor();
  await signIn(page, server);
  await page.getByText('Da rimettere: 60 messaggi').waitFor();
  await keyboard.press(page, 'Rimetti i messaggi');
  await page.getByText('60 messaggi rimessi nella casella.').waitFor();
  await page.getByText('Controllati nella casella: 60 messaggi arrivati.').waitFor();
  await page.keyboard.press('Escape');

  await keyboard.press(page, 'Rimetti tutto in una casella');
  await signIn(page, server);
  await page.getByText('È già tutto nella casella. 61 messaggi ci sono già.').waitFor();
  expect(await foldersOfPlan(page)).toEqual([
    'Domande | Domande c’è già | 1 1 già caricato',
    'Protocollo | Protocollo c’è già | 60 60 già caricati',
  ]);
  await keyboard.press(page, 'Controlla nella casella');
  await page.getByText('61 c’erano già.').waitFor();
  await page.getByText('Controllati nella casella: 61 messaggi arrivati.').waitFor();
  expect((await readAccount(account)).messages).toHaveLength(61);
  expect(assistant.complaints).toEqual([]);
}

async function signIn(page: Page, { host, ports }: DovecotServer): Promise<void> {
  await keyboard.press(page, 'Scegli la casella');
  await keyboard.fill(page, 'Indirizzo di posta', user);
  await keyboard.press(page, 'Conosco il nome del server');
  await keyboard.fill(page, 'Nome del server', `${host}:${ports.imap}`);
  await keyboard.fill(page, 'Password', 'nuova');
  await keyboard.press(page, 'Entra');
}

async function foldersOfPlan(page: Page): Promise<readonly string[]> {
  const rows = await page.getByRole('table', { name: 'Cartelle e loro destinazione' }).locator('tbody tr').all();
  return Promise.all(
    rows.map(async row => {
      const cells = await row.locator('th, td').allInnerTexts();
      return cells.map(text => text.replace(/\s+/g, ' ').trim()).join(' | ');
    }),
  );
}

/** By the arrow keys, as in any tree. */
async function goToFolder(page: Page, folder: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 8; presses += 1) {
    const at = await page.locator('[role=treeitem][data-active]').innerText();
    if (at.startsWith(folder)) {
      await page.keyboard.press('Enter');
      await page.getByText('60 messaggi').first().waitFor();
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no folder ${folder} in the tree`);
}

async function sealAndUnseal(open: Open): Promise<void> {
  const home = directory();
  await writeArchive(join(home, name));
  await using assistant = await open(home);
  const { page } = assistant;
  await openFirst(assistant);
  await keyboard.press(page, 'Copia cifrata');
  await keyboard.fill(page, 'Frase segreta', passphrase);
  await keyboard.fill(page, 'La stessa frase, un’altra volta', passphrase);
  await keyboard.press(page, 'Scegli dove, poi copia');
  for (const step of ['home', 'Salva qui']) await keyboard.press(page, step);
  await page.getByText('La copia cifrata è in').waitFor();
  const back = join(home, 'di nuovo');
  const { exitCode } = await runCli(
    ['unseal', '--from', join(home, `${name}.age`), '--to', back, '--passphrase-env', 'FRASE'],
    { env: { FRASE: passphrase } },
  );
  expect(exitCode).toBe(0);
  expect(readFileSync(join(back, 'manifest-sha256.txt'))).toEqual(
    readFileSync(join(home, name, 'manifest-sha256.txt')),
  );
}
