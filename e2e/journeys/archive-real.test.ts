import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import { runCli } from '../rig/run-cli.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { keyboard } from './hands.ts';
import { assistantInBrowser, assistantInWindow } from './real-assistant.ts';
import type { Assistant } from './real-assistant.ts';

/** "Archivio" on the real engine, by keyboard alone: what is left when the old server is gone. */
const chromium = findChromium();
const runtime = await electronRuntime();
const noImages = await imagesUnavailable('ext4');

type Open = (home: string) => Promise<Assistant>;
const inBrowser: Open = home =>
  chromium === null ? Promise.reject(new Error('no Chromium')) : assistantInBrowser(chromium, { home });
const inWindow: Open = home =>
  runtime === null ? Promise.reject(new Error('no Electron')) : assistantInWindow(runtime, { home });

const name = 'Posta di Anna';

describe('an archive at hand', () => {
  test.skipIf(chromium === null)('is browsed, searched, read and exported in the browser', () => browse(inBrowser));
  test.skipIf(runtime === null)('is browsed, searched, read and exported in the window', () => browse(inWindow));

  test.skipIf(chromium === null || noImages !== null)(
    'opens from media nobody can write to, without its catalogue, and leaves nothing there',
    async () => {
      await using stick = await mountImage({ kind: 'ext4', bytes: 40e6 });
      await writeArchive(join(stick.path, name));
      for (const file of readdirSync(join(stick.path, name))) {
        if (file.includes('.sqlite') || file.includes('.lock')) rmSync(join(stick.path, name, file));
      }
      await stick.remount('ro');
      const before = fingerprintOf(stick.path);
      await using assistant = await inBrowser(stick.path);
      const { page } = assistant;
      await openFirst(assistant);
      await page.getByText('Qui non si può scrivere: l’archivio si legge e basta.').waitFor();
      await page.getByText('Ne ho fatto uno nuovo sul tuo computer').waitFor();
      await prepareSearch(page);
      await search(page, 'perche', '1 messaggio trovato');
      expect(assistant.complaints).toEqual([]);
      expect(fingerprintOf(stick.path)).toBe(before);
    },
  );

  test.skipIf(chromium === null)('is told from what is none, and from half of one', async () => {
    const home = directory();
    mkdirSync(join(home, 'vuota'));
    await writeArchive(join(home, name));
    rmSync(join(home, name, 'data', 'mail'), { recursive: true });
    await using assistant = await inBrowser(home);
    const { page } = assistant;
    await keyboard.press(page, 'Archivio');
    await pick(assistant, 'Apri un altro archivio', join(home, 'vuota'));
    await page.getByText('T-502').or(page.getByText('T-501')).first().waitFor();
    await keyboard.press(page, 'Chiudi questo archivio');
    await pick(assistant, 'Apri un altro archivio', join(home, name));
    await page.getByText('T-506').first().waitFor();
  });
});

async function browse(open: Open): Promise<void> {
  const home = directory();
  await writeArchive(join(home, name));
  await using assistant = await open(home);
  const { page } = assistant;
  await openFirst(assistant);
  await page.getByText('60 messaggi').first().waitFor();

  // Folder, list, message, each reached by its key.
  await page.waitForSelector('[role=grid]');
  await goRoundTo(page, 'grid');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Protocollo 1', exact: true }).waitFor();
  await page.getByText('Testo numero 1.').waitFor();

  await prepareSearch(page);
  await search(page, 'perche', '1 messaggio trovato');
  expect(await page.locator('mark').first().innerText()).toBe('perché');
  await goRoundTo(page, 'grid');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Una domanda' }).waitFor();
  await search(page, 'dal:boh', 'La data «boh» non è chiara. Prova con 2019, marzo 2019, 01/03/2019 o ieri.');
  await search(page, 'perche', '1 messaggio trovato');

  // The one message that was found leaves the archive as it came.
  await goRoundTo(page, 'grid');
  await page.keyboard.press('Space');
  await keyboard.press(page, 'Esporta');
  const out = join(home, 'fuori');
  mkdirSync(out);
  await pick(assistant, 'Scegli dove, poi esporta', out);
  await page.getByText('Fatto: 1 messaggio.').waitFor();
  const written = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.eml'));
  expect(written).toHaveLength(1);
  expect(readFileSync(join(out, written[0] ?? ''), 'utf8')).toBe(question);
  await page.keyboard.press('Escape');

  await keyboard.press(page, 'Controlla di nuovo');
  await keyboard.press(page, 'Comincia il controllo');
  await page.getByText('61 messaggi, tutti identici byte per byte').waitFor();
  expect(assistant.complaints).toEqual([]);
}

const question =
  'From: Luca Bianchi <luca@ente.it>\r\nTo: anna@ente.it\r\nSubject: Una domanda\r\n' +
  'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\nMessage-ID: <domanda@ente.it>\r\n' +
  'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n' +
  'Mi chiedo perché il verbale sia fermo.\r\n';

/** Sixty messages and a question, backed up from files by the command line. */
async function writeArchive(path: string): Promise<void> {
  const mail = directory();
  mkdirSync(join(mail, 'Protocollo'));
  mkdirSync(join(mail, 'Domande'));
  for (let number = 1; number <= 60; number += 1) {
    const text =
      `From: Protocollo <protocollo@ente.it>\r\nSubject: Protocollo ${number}\r\nMessage-ID: <${number}@ente.it>\r\n` +
      `Date: ${1 + Math.floor(number / 3)} Jan 2019 1${number % 3}:00:00 +0100\r\n\r\nTesto numero ${number}.\r\n`;
    writeFileSync(join(mail, 'Protocollo', `${String(number).padStart(3, '0')}.eml`), text);
  }
  writeFileSync(join(mail, 'Domande', '1.eml'), question);
  const { exitCode, stderr } = await runCli(['backup', '--source', `eml:${mail}`, '--archive', path, '--json']);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
}

async function openFirst(assistant: Assistant): Promise<void> {
  const { page } = assistant;
  page.setDefaultTimeout(30_000);
  await keyboard.press(page, 'Archivio');
  await pick(assistant, 'Apri un altro archivio', join(assistant.home, name));
  await page.waitForSelector(`h1:focus:text-is("${name}")`);
  await page.getByText('61 messaggi').first().waitFor();
}

async function pick(assistant: Assistant, button: string, path: string): Promise<void> {
  await assistant.answerDialogs(path);
  await keyboard.press(assistant.page, button);
  for (const step of assistant.pickedBy(path)) await keyboard.press(assistant.page, step);
}

async function prepareSearch(page: Page): Promise<void> {
  await keyboard.press(page, 'Prepara la ricerca');
  await page.getByRole('columnheader').getByRole('button', { name: 'Mittente' }).waitFor();
}

async function search(page: Page, query: string, answer: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await page.getByText(answer).first().waitFor();
}

async function goRoundTo(page: Page, role: 'grid' | 'tree'): Promise<void> {
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('F6');
    if ((await page.locator(`[role=${role}]:focus`).count()) === 1) return;
  }
  throw new Error(`F6 does not lead to the ${role}`);
}

function directory(): string {
  const made = createTestDirectory('archive-real');
  onTestFinished(made.remove);
  return made.path;
}

function fingerprintOf(root: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const path of files.map(entry => join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${path}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}
