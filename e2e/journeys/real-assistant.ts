import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { MicrosoftSettings } from '../../electron/engine/signin/microsoft/microsoft-settings.ts';
import { atExit } from '../rig/at-exit.ts';
import { builtApp } from '../rig/built-app.ts';
import { startChromium } from '../rig/chromium-browser.ts';
import { startElectronApp, type ElectronApp, type ElectronRuntime } from '../rig/electron-app.ts';
import { endGroup, groupProcesses } from '../rig/process-group.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { choosePath, recordBrowserPages, recordedBrowserPages } from '../rig/window-calls.ts';
import { watchComplaints } from './gallery-rig.ts';
import type { ScreensFacts } from './serve-screens.ts';

/** What the screens have given the host to keep; of it, what journeys look at. */
export interface Kept {
  readonly step: string;
  readonly source: { readonly mail: string; readonly server: string };
  readonly target: { readonly mail: string; readonly server: string };
  readonly archive: string | null;
  readonly jobs: Readonly<Record<'backup' | 'verify' | 'plan' | 'upload' | 'check', string | null>>;
}

/** The assistant as it is built for people, in one of its two hosts, on an engine that talks to real servers. */
export interface Assistant extends AsyncDisposable {
  /** The screen in front of the person; another one after `reopen`, `kill` and `start`. */
  readonly page: Page;
  /** What the pages so far logged as errors or asked of other machines. */
  readonly complaints: readonly string[];
  /** The folder that the person may choose for the archive. */
  readonly home: string;
  /** Where the host keeps what it must know at the next start. */
  readonly dataDir: string;
  /** Every page that the system's browser was told to show, oldest first. */
  browserPages(): Promise<readonly string[]>;
  /** Processes whose arguments and environment other programs can read: the host, the engine. */
  readonly pids: readonly number[];
  /** Null before the person took the first step. */
  kept(): Kept | null;
  /** The buttons between asking for a folder and having chosen `home`; none where the system's dialog answers. */
  readonly homeIsPickedBy: readonly string[];
  /** What the system's next dialogs answer; a host without them asks on the screen. */
  answerDialogs(path: string): Promise<void>;
  /** The buttons between asking for something within `home` and having chosen it; none where a dialog answers. */
  pickedBy(path: string): readonly string[];
  /** Closes what the person sees while the engine goes on, and opens it again. */
  reopen(): Promise<void>;
  /** SIGKILL to the whole app, then a new start. What was in memory is gone. */
  killAndStart(): Promise<void>;
}

/** In the Electron window, which can open others. */
export interface WindowAssistant extends Assistant {
  /** The next one that opens beside the screen's, by what is done in between. */
  otherWindow(open: () => Promise<void>): Promise<Page>;
  titleOf(window: Page): Promise<string>;
}

export interface AssistantOptions {
  /** Default: a folder of its own. */
  readonly home?: string;
  /** A PEM file of authorities that this computer trusts, as an administration hands them out. */
  readonly authorities?: string;
  /** Where Microsoft 365 is. */
  readonly microsoft?: Partial<MicrosoftSettings>;
  /** Names that lead to this computer, in the browser host. */
  readonly names?: readonly string[];
}

const patienceMs = 120_000;

/** Beneath `travaso serve`, in the system browser. */
export async function assistantInBrowser(chromium: string, options: AssistantOptions = {}): Promise<Assistant> {
  const place = placeFor(options);
  const browser = await startChromium(chromium);
  const context = await browser.newContext({
    viewport: { width: 1024, height: 700 },
    locale: 'it-IT',
  });
  const complaints: (readonly string[])[] = [];
  let host = await startHost(place, options);
  let page = await openPage(host.link);

  async function openPage(address: string): Promise<Page> {
    const opened = await context.newPage();
    opened.setDefaultTimeout(patienceMs);
    complaints.push(await watchComplaints(opened, host.link));
    await opened.goto(address);
    await opened.waitForSelector('h1');
    return opened;
  }

  return {
    ...place,
    get page() {
      return page;
    },
    get complaints() {
      return complaints.flat();
    },
    browserPages: () => Promise.resolve(host.pages),
    get pids() {
      return [host.pid];
    },
    homeIsPickedBy: ['home', 'Usa questa cartella'],
    answerDialogs: () => Promise.resolve(),
    pickedBy: path => [
      'home',
      ...relative(place.home, path).split(sep),
      ...(statSync(path).isDirectory() ? ['Usa questa cartella'] : []),
    ],
    async reopen() {
      await page.close();
      page = await openPage(new URL(host.link).origin);
    },
    async killAndStart() {
      await host.kill();
      await page.close();
      host = await startHost(place, options);
      page = await openPage(host.link);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await host.kill();
      place.remove();
    },
  };
}

/** In the Electron window. */
export async function assistantInWindow(
  runtime: ElectronRuntime,
  options: AssistantOptions = {},
): Promise<WindowAssistant> {
  const place = placeFor(options);
  const complaints: string[] = [];
  let started = await start();

  async function start(): Promise<ElectronApp> {
    const { authorities, microsoft } = options;
    const app = await startElectronApp(runtime, {
      dataDir: place.dataDir,
      ...(microsoft === undefined ? {} : { worker: 'e2e/rig/rigged-worker.ts' }),
      env: {
        ...(authorities === undefined ? {} : { SSL_CERT_FILE: authorities }),
        ...(microsoft === undefined ? {} : { RIG_MICROSOFT: JSON.stringify(microsoft) }),
      },
    });
    await recordBrowserPages(app);
    app.page.setDefaultTimeout(patienceMs);
    app.page.on('console', message => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    app.page.on('pageerror', error => complaints.push(String(error)));
    await choosePath(app, place.home);
    await app.page.waitForSelector('h1');
    return app;
  }

  return {
    ...place,
    get page() {
      return started.page;
    },
    complaints,
    async otherWindow(open) {
      const opened = started.app.waitForEvent('window', { timeout: patienceMs });
      await open();
      return await opened;
    },
    async titleOf(window) {
      const own = await started.app.browserWindow(window);
      return await own.evaluate((shown: Electron.BrowserWindow) => shown.getTitle());
    },
    browserPages: () => recordedBrowserPages(started),
    get pids() {
      return groupProcesses(started.app.process().pid ?? 0);
    },
    homeIsPickedBy: [],
    answerDialogs: path => choosePath(started, path),
    pickedBy: () => [],
    async reopen() {
      const { app, command } = started;
      await app.evaluate(
        ({ BrowserWindow, dialog }) =>
          new Promise<void>(resolve => {
            // The first answer: go on without the window.
            dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
            const window = BrowserWindow.getAllWindows()[0];
            window?.once('hide', () => resolve());
            window?.close();
          }),
      );
      // Starting the program once more is how a person gets the window back.
      const shown = app.evaluate(
        ({ BrowserWindow }) =>
          new Promise<void>(resolve => BrowserWindow.getAllWindows()[0]?.once('show', () => resolve())),
      );
      await once(spawn(command.executable, [...command.args], { env: command.env, stdio: 'ignore' }), 'exit');
      await shown;
    },
    async killAndStart() {
      const ended = started.app.waitForEvent('close');
      // Playwright starts it as the leader of a group, in which its engine's process is too.
      await endGroup(started.app.process().pid ?? 0);
      await ended;
      started = await start();
    },
    async [Symbol.asyncDispose]() {
      await endGroup(started.app.process().pid ?? 0);
      place.remove();
    },
  };
}

interface PlaceOfWork {
  readonly home: string;
  readonly dataDir: string;
  readonly kept: () => Kept | null;
  readonly remove: () => void;
}

function placeFor({ home }: AssistantOptions): PlaceOfWork {
  const directory = createTestDirectory('assistant');
  const ownHome = join(directory.path, 'home');
  mkdirSync(ownHome);
  const dataDir = join(directory.path, 'data');
  return {
    home: home ?? ownHome,
    dataDir,
    remove: directory.remove,
    kept() {
      try {
        return (JSON.parse(readFileSync(join(dataDir, 'screen.json'), 'utf8')) as { wizard: Kept | null }).wizard;
      } catch {
        // Nothing was kept yet.
        return null;
      }
    },
  };
}

const hostProgram = fileURLToPath(new URL('serve-screens.ts', import.meta.url));

interface ScreensHost {
  readonly link: string;
  readonly pid: number;
  readonly pages: readonly string[];
  kill(): Promise<void>;
}

async function startHost(
  { dataDir, home }: PlaceOfWork,
  { authorities, microsoft = {}, names = [] }: AssistantOptions,
): Promise<ScreensHost> {
  const facts: ScreensFacts = { rendererDir: join(builtApp(), 'renderer'), dataDir, home, microsoft, names };
  const child = spawn(process.execPath, [hostProgram, JSON.stringify(facts)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...(authorities === undefined ? {} : { SSL_CERT_FILE: authorities }) },
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [link] = (await once(lines, 'line')) as [string];
  const pages: string[] = [];
  lines.on('line', page => pages.push(page));
  return {
    link,
    pid: child.pid ?? 0,
    pages,
    async kill() {
      child.kill('SIGKILL');
      await exited;
      forget();
    },
  };
}
