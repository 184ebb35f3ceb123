import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { createMessageFrames, type FrameUse } from '../../electron/hosts/web/message-frames.ts';
import { securityHeaders } from '../../electron/hosts/web/security-headers.ts';
import { startChromium } from '../rig/chromium-browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface GalleryRig {
  readonly browser: Browser;
  /** Of the gallery's page, without a fragment. */
  readonly address: string;
  /**
   * Opens a state and waits until it stands still.
   *
   * @param given HTML of the message that the state `message-given` shows
   */
  open(page: Page, name: string, given?: string): Promise<void>;
  /** Another message for `message-given`, shown when it is next read. */
  give(html: string): void;
  close(): Promise<void>;
}

/** Builds the screens with the scripted engine, serves them on loopback under the product's policy, starts Chromium. */
export async function startGallery(chromiumPath: string, args: readonly string[] = []): Promise<GalleryRig> {
  const outDir = await mkdtemp(join(tmpdir(), 'travaso-gallery-'));
  await build({
    configFile: join(root, 'renderer/vite.config.ts'),
    root: join(root, 'renderer'),
    mode: 'gallery',
    logLevel: 'error',
    build: { outDir },
  });
  const frames = createMessageFrames();
  let givenHtml = '';
  const server = createServer((request, response) => {
    if (request.url === '/message/keep') {
      void text(request).then(body => {
        const { html, use } = JSON.parse(body) as { readonly html: string; readonly use: FrameUse };
        response.end(frames.keep(html, use));
      });
      return;
    }
    if (request.url === '/message/given') {
      response.end(givenHtml);
      return;
    }
    const frame = frames.take(request.url ?? '');
    if (frame !== undefined) {
      response.writeHead(200, frame.headers).end(frame.html);
      return;
    }
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    readFile(join(outDir, path)).then(
      content => {
        response.writeHead(200, {
          ...securityHeaders,
          'content-type': types[extname(path)] ?? 'application/octet-stream',
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await startChromium(chromiumPath, args);
  const address = `http://127.0.0.1:${port}/testing/gallery.html`;
  return {
    browser,
    address,
    give(html) {
      givenHtml = html;
    },
    async open(page, name, given) {
      await page.goto('about:blank');
      givenHtml = given ?? '';
      await page.goto(name === '' ? address : `${address}#${encodeURIComponent(name)}`);
      if (name !== '') await page.waitForSelector('html[data-ready] h1', { timeout: 15_000 });
      await page.evaluate('document.fonts.ready');
    },
    async close() {
      await browser.close();
      await new Promise(resolve => server.close(resolve));
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

/** What a page must never do: log an error, break the policy, or ask anything of another machine. */
export async function watchComplaints(page: Page, address: string): Promise<readonly string[]> {
  const complaints: string[] = [];
  // Not every breach of the policy reaches the console: an `eval` that is tried and caught does not.
  await page.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    console.error('policy:', violatedDirective, blockedURI.slice(0, 80), sourceFile))`);
  const { origin } = new URL(address);
  page.on('console', message => {
    if (message.type() === 'error' || message.text().includes('Content Security Policy')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && url !== 'about:blank')
      complaints.push(`request: ${url}`);
  });
  return complaints;
}
