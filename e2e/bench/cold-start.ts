import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { atExit } from '../rig/at-exit.ts';
import { findChromium, startChromium } from '../rig/chromium-browser.ts';
import { electronRuntime } from '../rig/electron-app.ts';
import { endGroup } from '../rig/process-group.ts';
import { markdownTable } from './markdown.ts';
import { engineOptions } from './travaso.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');

/** One start on a data folder that does not exist yet: milliseconds from the process to the first text on the screen. */
type ColdStart = (dataDir: string) => Promise<number>;

/** How long people look at nothing after they opened Travaso, in each host that is to be had. */
export async function coldStartTable(directory: string, runs: number, say: (text: string) => void): Promise<string> {
  execFileSync(process.execPath, [join(root, 'build/scripts/build-app.mjs')], { cwd: root, stdio: 'pipe' });
  const hosts = [
    { name: 'window', remark: 'Electron, its own window', start: await startInWindow() },
    { name: 'browser', remark: '`travaso serve`, the browser open already', start: await startInBrowser() },
  ];
  const body: string[][] = [];
  for (const { name, remark, start } of hosts) {
    if (start === null) {
      body.push([name, 'not to be had here']);
      continue;
    }
    const taken: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      taken.push(await start(join(directory, `start-${name}-${run}`)));
      say(`start in the ${name}: ${taken.at(-1)?.toFixed(0) ?? ''} ms (${run + 1} of ${runs})`);
    }
    const sorted = taken.toSorted((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
    body.push([name, median.toFixed(0), sorted.map(ms => ms.toFixed(0)).join(', '), remark]);
  }
  const head = ['', 'median ms', 'each', ''];
  return `### Cold start: from the process to first contentful paint\n\n${markdownTable(head, body)}\n`;
}

/** Started as people start it: no debugger holds it up, and the page is asked only after it was painted. */
async function startInWindow(): Promise<ColdStart | null> {
  const runtime = await electronRuntime();
  if (runtime === null) return null;
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const options = [...asRoot, '--disable-gpu', '--lang=it', '--remote-debugging-port=0'];
  return async dataDir => {
    const began = epochMs();
    const child = spawn(
      runtime.executable,
      [...options, `--user-data-dir=${dataDir}`, join(dist, 'electron', 'main.cjs')],
      {
        env: { ...process.env, DISPLAY: runtime.display, TRAVASO_ENGINE_NODE: process.execPath },
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      },
    );
    return await whileRunning(child, async () => {
      const address = await lineOf(child.stderr, /^DevTools listening on (ws:\S+)/);
      const browser = await chromium.connectOverCDP(address);
      const [context] = browser.contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (page === undefined) throw new Error('Electron opened no window');
      return (await paintedAt(page)) - began;
    });
  };
}

async function startInBrowser(): Promise<ColdStart | null> {
  const program = findChromium();
  if (program === null) return null;
  const browser = await startChromium(program);
  atExit(() => void browser.close());
  const serve = [...engineOptions.args, join(root, 'electron/hosts/cli.ts'), 'serve', '--no-open'];
  return async dataDir => {
    const context = await browser.newContext({ locale: 'it-IT' });
    const page = await context.newPage();
    const began = epochMs();
    const child = spawn(process.execPath, serve, {
      env: { ...process.env, ...engineOptions.env, XDG_CONFIG_HOME: dataDir, HOME: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    return await whileRunning(child, async () => {
      await page.goto(await lineOf(child.stdout, /(http:\/\/\S+)/));
      const painted = await paintedAt(page);
      await context.close();
      return painted - began;
    });
  };
}

/** Milliseconds since 1970 with fractions, on the clock that pages read, too. */
function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** On the clock of `epochMs`. Before the page proper comes the one that takes the link's token. */
async function paintedAt(page: Page): Promise<number> {
  await page.waitForSelector('h1');
  return await page.evaluate<number>(`new Promise(resolve => new PerformanceObserver(list => {
    const [paint] = list.getEntriesByName('first-contentful-paint');
    if (paint !== undefined) resolve(performance.timeOrigin + paint.startTime);
  }).observe({ type: 'paint', buffered: true }))`);
}

async function whileRunning<T>(child: ChildProcess, use: () => Promise<T>): Promise<T> {
  const forget = atExit(() => child.kill('SIGKILL'));
  try {
    return await use();
  } finally {
    await endGroup(child.pid ?? 0);
    forget();
  }
}

async function lineOf(stream: Readable, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) {
      // Whatever else it says must not fill the pipe.
      stream.resume();
      return found;
    }
  }
  throw new Error(`the process ended without saying ${pattern.source}`);
}
