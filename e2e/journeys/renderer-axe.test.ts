import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../rig/chromium-browser.ts';
import { startGallery, watchComplaints } from './gallery-rig.ts';
import type { GalleryRig } from './gallery-rig.ts';

/**
 * Every screen in every state the scripted engine can bring about, in every way a person may need to see it: clean by
 * axe-core under the WCAG 2.2 AA rules, nothing cut off sideways, no complaint of the browser. Leaves a picture of each
 * in `artifacts/screenshots`.
 */
const chromium = findChromium();

const pictures = fileURLToPath(new URL('../../artifacts/screenshots/', import.meta.url));
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Way {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly media?: Parameters<Page['emulateMedia']>[0];
  readonly pictured?: boolean;
}
const ways: readonly Way[] = [
  { name: 'window', width: 1024, height: 700, pictured: true },
  { name: 'dark', width: 1024, height: 700, media: { colorScheme: 'dark' }, pictured: true },
  // A window of 1024 by 700 at 200 % and of 1280 by 1024 at 400 % has this many CSS pixels.
  { name: 'zoom-200', width: 512, height: 350, pictured: true },
  { name: 'reflow-400', width: 320, height: 256, pictured: true },
  { name: 'forced-colours', width: 1024, height: 700, media: { forcedColors: 'active' } },
  { name: 'reduced-motion', width: 1024, height: 700, media: { reducedMotion: 'reduce' } },
];

let rig: GalleryRig;
let axe: string;
beforeAll(async () => {
  if (chromium === null) return;
  axe = await readFile(axePath, 'utf8');
  rig = await startGallery(chromium);
  await mkdir(pictures, { recursive: true });
});
afterAll(async () => {
  if (chromium !== null) await rig.close();
});

test.skipIf(chromium === null)(
  'every screen and state is accessible in every way of seeing it',
  async () => {
    const context = await rig.browser.newContext({ timezoneId: 'Europe/Rome', locale: 'it-IT' });
    const page = await context.newPage();
    await rig.open(page, '');
    const names = await page.evaluate<string[]>('window.travasoGallery.names');
    expect(names.length).toBeGreaterThan(60);
    const only = process.env['TRAVASO_SCREENS'];
    const wanted = names.filter(name => only === undefined || new RegExp(only).test(name));

    const found: string[] = [];
    const complaints = await watchComplaints(page, rig.address);
    for (const name of wanted) {
      const before = complaints.length;
      await page.setViewportSize({ width: 1024, height: 700 });
      await rig.open(page, name);
      // axe needs no help from the page's own policy: it is put there as the tester, not as the page.
      await page.evaluate(axe);
      for (const way of ways) {
        await page.emulateMedia({
          colorScheme: 'light',
          forcedColors: 'none',
          reducedMotion: 'no-preference',
          ...way.media,
        });
        await page.setViewportSize({ width: way.width, height: way.height });
        for (const trouble of await lookAt(page)) found.push(`${name} (${way.name}): ${trouble}`);
        if (way.pictured === true)
          await page.screenshot({ path: `${pictures}${way.name}-${name}.png`, fullPage: way.name === 'window' });
      }
      for (const complaint of complaints.slice(before)) found.push(`${name}: ${complaint}`);
    }
    await context.close();
    expect(found).toEqual([]);
  },
  900_000,
);

async function lookAt(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    async ([tags]) => {
      interface Axe {
        run(
          context: unknown,
          options: unknown,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
      }
      const page = globalThis as unknown as {
        axe: Axe;
        document: { documentElement: { scrollWidth: number; clientWidth: number } };
      };
      const { violations } = await page.axe.run(page.document, { runOnly: tags, resultTypes: ['violations'] });
      const { scrollWidth, clientWidth } = page.document.documentElement;
      return [
        ...violations.map(
          ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
        ),
        ...(scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} > ${clientWidth}`] : []),
      ];
    },
    [rules] as const,
  );
}
