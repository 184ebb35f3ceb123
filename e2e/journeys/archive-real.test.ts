import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { imagesUnavailable, mountImage } from '../rig/loop-image.ts';
import {
  directory,
  goRoundTo,
  name,
  openFirst,
  pick,
  prepareSearch,
  question,
  search,
  writeArchive,
} from './archive-person.ts';
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

  test.skipIf(chromium === null)('is the folder that was chosen while the disk was still reading it', async () => {
    const home = directory();
    await writeArchive(join(home, name));
    await using assistant = await inBrowser(home);
    const { page } = assistant;
    page.setDefaultTimeout(30_000);
    const disk = Promise.withResolvers<null>();
    await page.route('**/api/call', async route => {
      const { method, input } = route.request().postDataJSON() as { method: string; input: { path?: string } };
      if (method === 'host.listFolder' && input.path === join(home, name)) await disk.promise;
      await route.continue();
    });
    await keyboard.press(page, 'Archivio');
    await keyboard.press(page, 'Apri un altro archivio');
    await keyboard.press(page, 'home');
    // The button that was pressed went with its list.
    await page.waitForSelector('dialog .t-path:focus');
    await keyboard.press(page, name);
    await keyboard.press(page, 'Usa questa cartella');
    disk.resolve(null);
    await page.waitForSelector(`h1:focus:text-is("${name}")`);
    await page.getByText('61 messaggi').first().waitFor();
  });

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
  await page.getByText('61 messaggi. Ogni byte è come è stato salvato.').waitFor();
  expect(assistant.complaints).toEqual([]);
}

function fingerprintOf(root: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const path of files.map(entry => join(entry.parentPath, entry.name)).sort()) {
    hash.update(`${path}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}
