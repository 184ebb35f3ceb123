import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWebHost, type WebHost } from '../../electron/hosts/web/start-web-host.ts';
import { createEngine } from '../../electron/engine/create-engine.ts';
import { defaultPorts } from '../../electron/engine/default-ports.ts';
import { builtApp } from '../rig/built-app.ts';
import { findChromium, startChromium } from '../rig/chromium-browser.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('the screens in the system browser', () => {
  let browser: Browser;
  let base: string;
  let host: WebHost;
  let link: string;
  let context: BrowserContext;
  let page: Page;
  /** Another web site, with a page of its own making. */
  let foreign: { readonly origin: string; readonly serve: (html: string) => void; readonly server: Server };

  beforeAll(async () => {
    if (chromium === null) return;
    // A name that a foreign site controls and lets point to this computer: DNS rebinding.
    browser = await startChromium(chromium, ['--host-resolver-rules=MAP rebound.example 127.0.0.1']);
    foreign = await startForeignSite();
  });
  afterAll(async () => {
    await browser.close();
    foreign.server.closeAllConnections();
    await new Promise(resolve => foreign.server.close(resolve));
  });
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'travaso-browser-'));
    mkdirSync(join(base, 'home'));
    const engine = createEngine(defaultPorts());
    host = await startWebHost({
      api: engine.api,
      events: engine.events,
      rendererDir: join(builtApp(), 'renderer'),
      dataDir: join(base, 'data'),
      version: '0.0.0',
      systemLanguage: 'it',
      places: () => Promise.resolve([{ name: 'home', path: join(base, 'home') }]),
      open: opened => {
        link = opened;
      },
    });
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await host.close();
    rmSync(base, { recursive: true });
  });

  /** Follows the link and waits for the first screen. */
  async function enter(): Promise<void> {
    await page.goto(link);
    await page.locator('h1').first().waitFor();
  }
  const callHost = `fetch('/api/call', {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'call', id: 1, method: 'host.info', input: {} }),
  }).then(response => response.json())`;

  test('opens with the link, and the token is gone from the address bar', async () => {
    await enter();
    expect(page.url()).toBe(`${host.origin}/`);
    expect(await page.evaluate('document.referrer')).toBe('');
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
    expect(await page.evaluate(callHost)).toMatchObject({ ok: true, value: { host: 'browser', picker: 'listed' } });
  });

  test('opens also when the link stands on another site or in a file', async () => {
    foreign.serve(`<a href="${link}">Travaso</a>`);
    await page.goto(foreign.origin);
    await page.getByRole('link').click();
    await page.waitForURL(`${host.origin}/`);
    await page.locator('h1').first().waitFor();
  });

  test('turns a second browser away, whatever link it has', async () => {
    await enter();
    const other = await browser.newContext();
    const stranger = await other.newPage();
    expect((await stranger.goto(link))?.status()).toBe(403);
    expect((await stranger.goto(`${host.origin}/`))?.status()).toBe(401);
    expect((await stranger.goto(`${host.origin}/?token=wrong`))?.status()).toBe(403);
    expect((await stranger.goto(`${host.origin}/api/events`))?.status()).toBe(401);
    await other.close();
    expect(await page.evaluate(callHost)).toMatchObject({ ok: true });
  });

  test('takes no other name for this computer, as a rebound domain would bring it', async () => {
    const { port } = new URL(host.origin);
    for (const name of ['rebound.example', 'localhost']) {
      expect((await page.goto(link.replace('127.0.0.1', name)))?.status()).toBe(403);
      expect((await page.goto(`http://${name}:${port}/`))?.status()).toBe(403);
    }
  });

  test('gives nothing to a page of another site, though the same browser holds the session', async () => {
    await enter();
    foreign.serve('<h1>foreign</h1>');
    await page.goto(foreign.origin);
    const attempts = `Promise.all([
      fetch('${host.origin}/api/call', { method: 'POST', mode: 'no-cors', credentials: 'include',
        headers: { 'content-type': 'text/plain' }, body: '{}' }).then(r => r.type, () => 'refused'),
      fetch('${host.origin}/api/call', { method: 'POST', credentials: 'include',
        headers: { 'content-type': 'application/json' }, body: '{}' }).then(() => 'reached', () => 'refused'),
      fetch('${host.origin}/', { credentials: 'include' }).then(() => 'reached', () => 'refused'),
      new Promise(resolve => {
        const stream = new EventSource('${host.origin}/api/events', { withCredentials: true });
        stream.onopen = () => resolve('reached');
        stream.onerror = () => { stream.close(); resolve('refused'); };
      }),
      new Promise(resolve => {
        const script = document.createElement('script');
        script.onload = () => resolve('reached'); script.onerror = () => resolve('refused');
        script.src = '${host.origin}/'; document.head.append(script);
      }),
    ])`;
    const outcomes = await page.evaluate<string[]>(attempts);
    // A request without CORS may go out, but its answer is opaque: 401, and nothing was done.
    expect(['opaque', 'refused']).toContain(outcomes[0]);
    expect(outcomes.slice(1)).toEqual(Array(4).fill('refused'));
  });

  test('is shown in no frame of another site', async () => {
    await enter();
    foreign.serve(`<iframe src="${host.origin}/"></iframe>`);
    await page.goto(foreign.origin);
    const frame = page.frames().find(other => other !== page.mainFrame());
    // Chromium puts a page of its own into a frame that `frame-ancestors` forbids.
    await expect.poll(() => frame?.url()).toBe('chrome-error://chromewebdata/');
  });

  test('runs no text as code, no inline script, and reaches no other origin', async () => {
    await enter();
    const hostile = `new Promise(resolve => setTimeout(async () => {
      const attempt = run => { try { return run(); } catch (error) { return error.name; } };
      const script = Object.assign(document.createElement('script'), { textContent: 'window.canary = 1' });
      document.head.append(script);
      resolve([
        attempt(() => eval('1')),
        attempt(() => Function('return 1')()),
        typeof window.canary,
        await fetch('${foreign.origin}/').then(() => 'reached', () => 'refused'),
        typeof require,
      ]);
    }))`;
    expect(await page.evaluate(hostile)).toEqual(['EvalError', 'EvalError', 'undefined', 'refused', 'undefined']);
  });

  test('breaks no rule of its own policy while it is used', async () => {
    const complaints: string[] = [];
    page.on('console', message => {
      // bootstrap-italia's style sheet carries video.js's own little font as `data:`; nothing of ours draws with it.
      if (message.text().startsWith("Loading the font 'data:application/font-woff")) return;
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
    });
    await enter();
    expect(complaints).toEqual([]);
  });

  test('a reloaded page goes on in the same session, and a second window is told of by the first', async () => {
    await enter();
    await page.reload();
    await page.locator('h1').first().waitFor();
    const listening = page.evaluate(`new Promise(resolve => {
      const stream = new EventSource('/api/events');
      stream.addEventListener('open', () => window.open('/api/events'));
      stream.addEventListener('replaced', () => { stream.close(); resolve('replaced'); });
    })`);
    expect(await listening).toBe('replaced');
  });
});

async function startForeignSite() {
  let html = '';
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const serve = (next: string): void => {
    html = next;
  };
  return { origin, serve, server };
}
