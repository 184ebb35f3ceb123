import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { fetchingMail } from '../rig/fetching-mail.ts';
import { startLeakListener, type LeakListener } from '../rig/leak-listener.ts';
import { scriptingMail } from '../rig/scripting-mail.ts';
import { startGallery, type GalleryRig } from './gallery-rig.ts';

/**
 * Messages that want to fetch, run or deceive, shown as a page. Each wall is tried alone, against the same messages
 * that are seen to break through where there is none: a wall that does nothing would be noticed.
 */
const chromium = findChromium();

/** As many in one message as do not hide each other. */
const atOnce = 10;

describe.skipIf(chromium === null)('hostile mail', () => {
  let rig: GalleryRig;
  let listener: LeakListener;
  let folder: string;
  const netLog = () => join(folder, 'net-log.json');

  beforeAll(async () => {
    if (chromium === null) return;
    folder = await mkdtemp(join(tmpdir(), 'travaso-hostile-'));
    listener = await startLeakListener();
    rig = await startGallery(chromium, [
      '--host-resolver-rules=MAP *.canary.test 127.0.0.1',
      `--log-net-log=${netLog()}`,
    ]);
  });
  afterAll(async () => {
    await listener.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A canary's name for each wall, so that what arrives tells which one it came through. */
  const origin = (wall: 'product' | 'policy' | 'none') => `http://${wall}.canary.test:${listener.port}`;

  async function newPage(): Promise<Page> {
    return (await rig.browser.newContext({ viewport: { width: 1024, height: 700 } })).newPage();
  }

  /**
   * A message with `html`, shown as a page; gives the document that the screen made of it. Reached as the mail within a
   * mail, so that the screen need not be loaded anew for each.
   */
  async function openMessage(page: Page, html: string): Promise<string> {
    if (!page.url().includes('message-given')) await rig.open(page, 'message-given', '');
    const back = page.getByRole('button', { name: 'Torna al messaggio che lo contiene' });
    if (await back.isVisible()) await back.click();
    rig.give(html);
    await page.getByRole('button', { name: 'Leggi il messaggio altro.eml' }).click();
    await back.waitFor();
    const kept = page.waitForRequest(request => request.url().endsWith('/message/keep'));
    await page.getByRole('button', { name: 'Mostra come pagina' }).click();
    const body = JSON.parse((await kept).postData() ?? '') as { readonly html: string; readonly use: string };
    expect(body.use).toBe('read');
    await page.frameLocator('iframe.t-message-frame').locator('html').waitFor({ state: 'attached' });
    return body.html;
  }

  /** `html` as a document of its own, with no wall at all. */
  async function openBare(page: Page, html: string): Promise<void> {
    await page.goto(`http://127.0.0.1:${listener.port}/empty`);
    await page
      .evaluate(`document.open(); document.write(${JSON.stringify(html)}); document.close()`)
      .catch(() => undefined);
    await page.waitForLoadState('load').catch(() => undefined);
  }

  test('fetches nothing and looks up no name: cleaned and framed, cleaned alone, framed alone', async () => {
    const [screen, bare] = [await newPage(), await newPage()];
    for (const html of groups(fetchingMail(origin('product')))) {
      await openBare(bare, await openMessage(screen, html));
    }
    for (const html of groups(fetchingMail(origin('policy')))) await frameAlone(screen, html);
    // Without a wall the same messages reach the listener: it listens, and they do want to fetch.
    for (const html of groups(fetchingMail(origin('none')))) {
      // Each in a page of its own: some of them navigate, at a time of their choosing.
      const open = await newPage();
      await openBare(open, html);
      await open.context().close();
    }
    await Promise.all([screen.context().close(), bare.context().close()]);
    expect(listener.asked('none').length).toBeGreaterThan(60);
    expect(listener.asked('product')).toEqual([]);
    expect(listener.asked('policy')).toEqual([]);
  });

  test('runs nothing, whatever becomes of it when it is written and read again', async () => {
    const script = 'top.hacked=1';
    const found: string[] = [];
    const [screen, bare] = [await newPage(), await newPage()];
    screen.on('dialog', dialog => found.push(`dialog: ${dialog.message()}`));
    for (const html of scriptingMail(script)) {
      const document = await openMessage(screen, html);
      if ((await screen.evaluate('window.hacked')) !== undefined) found.push(`ran: ${html}`);
      await openBare(bare, '<p>x</p>');
      const odds = await bare.evaluate<readonly string[]>(`(${whatIsOdd})(${JSON.stringify(document)})`);
      found.push(...odds.map(odd => `${odd}: ${html}`));
      // The frame's policy alone, should the cleaning be wrong one day.
      await frameAlone(screen, html);
      if ((await screen.evaluate('window.hacked')) !== undefined) found.push(`ran in the frame: ${html}`);
    }
    expect(found).toEqual([]);

    let ran = 0;
    for (const html of scriptingMail(script)) {
      await openBare(bare, html);
      if ((await bare.evaluate('window.hacked').catch(() => undefined)) === 1) ran += 1;
    }
    await Promise.all([screen.context().close(), bare.context().close()]);
    expect(ran).toBeGreaterThan(15);
  });

  test('no name was looked up either', async () => {
    await rig.close();
    const log = await readFile(netLog(), 'utf8');
    expect(log).toContain('none.canary.test');
    expect(log).not.toContain('product.canary.test');
  });

  /** The message as it came, in the frame and under the policy of messages. */
  async function frameAlone(page: Page, html: string): Promise<void> {
    await page.evaluate(async raw => {
      interface Frame {
        src: string;
        setAttribute(name: string, value: string): void;
        addEventListener(name: string, listener: () => void): void;
        remove(): void;
      }
      const { document, fetch } = globalThis as unknown as {
        document: { createElement(name: string): Frame; body: { append(frame: Frame): void } };
        fetch: (url: string, init: object) => Promise<{ text(): Promise<string> }>;
      };
      const kept = await fetch('/message/keep', { method: 'POST', body: JSON.stringify({ html: raw, use: 'read' }) });
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', '');
      frame.src = await kept.text();
      await new Promise<void>(resolve => {
        frame.addEventListener('load', resolve);
        document.body.append(frame);
      });
      frame.remove();
    }, html);
  }
});

function groups(pieces: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(pieces.length / atOnce) }, (_, index) =>
    pieces.slice(index * atOnce, (index + 1) * atOnce).join('\n'),
  );
}

/** Runs in a page: what a document, read once more, has that no message may have. */
const whatIsOdd = `document => {
  const odd = [];
  const read = new DOMParser().parseFromString(document, 'text/html');
  for (const element of read.querySelectorAll('*')) {
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') odd.push(element.namespaceURI);
    if (/^(script|iframe|frame|frameset|object|embed|form|input|button|select|textarea|link|base|svg|math|template|noscript|xmp|plaintext|audio|video|dialog|marquee|a)$/i.test(element.localName))
      odd.push(element.localName);
    for (const { name, value } of element.attributes) {
      if (/^on|^(href|srcset|action|formaction|ping|background|poster|data|id|name|is|slot|nonce|target|xlink:href)$/i.test(name)) odd.push(name);
      if (name === 'src' && !/^data:image\\/(png|jpe?g|gif|webp|bmp);base64,/i.test(value)) odd.push('src ' + value);
    }
  }
  return odd;
}`;
