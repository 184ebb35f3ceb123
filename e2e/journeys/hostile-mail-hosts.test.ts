import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { startWebHost, type WebHost } from '../../electron/hosts/web/start-web-host.ts';
import { builtApp } from '../rig/built-app.ts';
import { findChromium, startChromium } from '../rig/chromium-browser.ts';
import { electronRuntime, startElectronApp, type ElectronApp } from '../rig/electron-app.ts';
import { fetchingMail } from '../rig/fetching-mail.ts';
import { startLeakListener, type LeakListener } from '../rig/leak-listener.ts';
import { scriptingMail } from '../rig/scripting-mail.ts';

/**
 * The frame of a message in the two hosts as they are built for people: what a screen would show there if it did not
 * clean it at all.
 */
const chromium = findChromium();
const runtime = await electronRuntime();

/** Runs in the screen: keeps a document by the host's function and shows it as the screen does. Gives the path. */
const frameIt = (call: string, html: string) => `(async () => {
  const { path } = (await ${call}('host.frameDocument', { html: ${JSON.stringify(html)}, use: 'read' })).value;
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve));
  frame.src = path;
  document.body.append(frame);
  await loaded;
  const seen = { path, document: frame.contentDocument };
  frame.remove();
  return seen;
})()`;

async function showAll(page: Page, call: string, listener: LeakListener): Promise<void> {
  const canary = `http://hosts.canary.test:${listener.port}`;
  const pieces = [...fetchingMail(canary), ...scriptingMail('top.hacked=1')];
  for (let index = 0; index < pieces.length; index += 10) {
    const html = pieces.slice(index, index + 10).join('\n');
    const seen = await page.evaluate<{ path: string; document: unknown }>(frameIt(call, html));
    expect(seen.path).toMatch(/^\/message\/[\w-]{32}$/);
    expect(seen.document).toBeNull();
  }
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(listener.asked('hosts')).toEqual([]);
}

describe.skipIf(chromium === null)('a message in the system browser', () => {
  test('fetches and runs nothing though nobody cleaned it, and only once is it given away', async () => {
    const base = mkdtempSync(join(tmpdir(), 'travaso-frame-'));
    mkdirSync(join(base, 'home'));
    const listener = await startLeakListener();
    const browser = await startChromium(chromium ?? '', ['--host-resolver-rules=MAP *.canary.test 127.0.0.1']);
    const { api, events } = createEngine(defaultPorts());
    let link = '';
    const host: WebHost = await startWebHost({
      api,
      events,
      rendererDir: join(builtApp(), 'renderer'),
      dataDir: join(base, 'data'),
      version: '0.0.0',
      systemLanguage: 'it',
      places: () => Promise.resolve([{ name: 'home', path: join(base, 'home') }]),
      open: opened => {
        link = opened;
      },
    });
    const page = await browser.newPage();
    await page.goto(link);
    await page.locator('h1').first().waitFor();
    await page.evaluate(`window.call = (method, input) => fetch('/api/call', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'call', id: 1, method, input }),
    }).then(response => response.json())`);
    await showAll(page, 'call', listener);

    const { path } = await page.evaluate<{ path: string }>(frameIt('call', '<p>x</p>'));
    expect(await page.evaluate(`fetch('${path}').then(response => response.status)`)).toBe(404);
    // A link is for the browser itself to open; the host starts nothing for a page.
    expect(await page.evaluate(`call('host.openLink', { url: 'https://ente.it/' })`)).toMatchObject({ ok: false });
    // Whoever has no session gets no message either.
    const stranger = await browser.newContext();
    expect((await stranger.request.get(`${host.origin}/message/bench`)).status()).toBe(401);

    await browser.close();
    await host.close();
    await listener.close();
    rmSync(base, { recursive: true });
  });
});

describe.skipIf(runtime === null)('a message in the window', () => {
  let dataDir: string;
  let listener: LeakListener;
  let started: ElectronApp;
  const call = (method: string, input: unknown): Promise<unknown> =>
    started.page.evaluate(`window.travaso.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`);

  beforeAll(async () => {
    if (runtime === null) return;
    dataDir = mkdtempSync(join(tmpdir(), 'travaso-frame-'));
    listener = await startLeakListener();
    started = await startElectronApp(runtime, {
      dataDir,
      args: ['--host-resolver-rules=MAP *.canary.test 127.0.0.1'],
    });
    await started.page.locator('h1').first().waitFor();
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await listener.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('fetches and runs nothing though nobody cleaned it', async () => {
    await showAll(started.page, 'window.travaso.call', listener);
    const { path } = await started.page.evaluate<{ path: string }>(frameIt('window.travaso.call', '<p>x</p>'));
    expect(await started.page.evaluate(`fetch('${path}').then(response => response.status)`)).toBe(404);
  });

  test('opens web addresses in the system’s browser and nothing else', async () => {
    await started.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = url => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    const refused = [
      'file:///etc/passwd',
      'smb://x/y',
      'javascript:alert(1)',
      '\\\\x\\y',
      'ms-settings:',
      'mailto:a@b.it',
    ];
    for (const url of refused) {
      expect(await call('host.openLink', { url })).toMatchObject({ ok: false, problem: { code: 'CALL_INVALID' } });
    }
    expect(await call('host.openLink', { url: 'https://ente.it/a?b=c' })).toMatchObject({ ok: true });
    expect(await started.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
      'https://ente.it/a?b=c',
    ]);
  });

  test('prints a message to a PDF with tags, running and fetching nothing', async () => {
    const pdf = join(dataDir, 'messaggio.pdf');
    await started.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, pdf);
    await call('host.saveFile', { kind: 'pdf', suggestedName: 'messaggio.pdf' });
    const html = `<!doctype html><title>Messaggio</title><h1>Ciao</h1>${fetchingMail(`http://hosts.canary.test:${listener.port}`).slice(0, 40).join('\n')}`;
    expect(await call('host.printDocument', { html, pdf })).toMatchObject({ ok: true });
    expect(readFileSync(pdf).toString('latin1')).toContain('/StructTreeRoot');
    expect(listener.asked('hosts')).toEqual([]);
  });
});
