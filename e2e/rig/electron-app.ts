import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, errors, type ElectronApplication, type Page } from 'playwright-core';
import { builtApp, type BuiltWorker } from './built-app.ts';
import { virtualDisplay } from './virtual-display.ts';

/** A real Electron and a display to run it on. */
export interface ElectronRuntime {
  readonly executable: string;
  readonly display: string;
}

export interface ElectronApp extends AsyncDisposable {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** How it was started, for starting it once more. */
  readonly command: { readonly executable: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv };
}

let found: Promise<ElectronRuntime | null> | null = null;

/**
 * The Electron named by `ELECTRON_OVERRIDE_DIST_PATH`, or the downloaded one, or the one for closed networks beside
 * the checkout; null, and said aloud once, where none can be had.
 */
export function electronRuntime(): Promise<ElectronRuntime | null> {
  return (found ??= findRuntime());
}

async function findRuntime(): Promise<ElectronRuntime | null> {
  const executable = findExecutable();
  const display = executable === null ? null : await virtualDisplay();
  if (executable !== null && display !== null) return { executable, display };
  console.warn(
    `SKIPPED: tests in the real window: no ${executable === null ? 'Electron runtime' : 'display'} to be had`,
  );
  return null;
}

function findExecutable(): string | null {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const downloaded = fileURLToPath(new URL('../../node_modules/electron/dist/', import.meta.url));
  for (const folder of [named, downloaded, named === undefined ? repackagedRuntime() : undefined]) {
    if (folder !== undefined && existsSync(join(folder, 'electron'))) return join(folder, 'electron');
  }
  return null;
}

function repackagedRuntime(): string | undefined {
  const script = fileURLToPath(new URL('../../../shared/tools/electron-runtime.sh', import.meta.url));
  if (!existsSync(script)) return undefined;
  try {
    return execFileSync(script, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 }).trim();
  } catch {
    return undefined;
  }
}

export interface StartOptions {
  /** Where the app keeps what it remembers. */
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further switches of Chromium's. */
  readonly args?: readonly string[];
  /** What runs in the engine's place. */
  readonly worker?: BuiltWorker;
  /** Where that runs: on this Node, or in Electron's utility process as it does for people. This Node by default. */
  readonly workerOn?: 'node' | 'utility-process';
}

/** Starts the built app in a real window. */
export async function startElectronApp(
  { executable, display }: ElectronRuntime,
  { dataDir, env = {}, args: furtherArgs = [], worker, workerOn = 'node' }: StartOptions,
): Promise<ElectronApp> {
  const args = [
    // Chromium refuses its sandbox to root, which is who runs tests in containers.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    ...furtherArgs,
    '--lang=it',
    `--user-data-dir=${dataDir}`,
    join(builtApp(worker), 'electron', 'main.cjs'),
  ];
  const onNode = workerOn === 'node' ? { TRAVASO_ENGINE_NODE: process.execPath } : {};
  const environment = { ...process.env, DISPLAY: display, ...onNode, ...env };
  const app = await launch({ executablePath: executable, args, env: environment, timeout: 45_000 });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return {
    app,
    page,
    command: { executable, args, env: environment },
    [Symbol.asyncDispose]: () => app.close(),
  };
}

/**
 * Playwright attaches to the main process and to Chromium while the app comes up. Now and then it misses a beat there and
 * waits for good beside an app that runs; the next attempt gets in.
 */
async function launch(options: Parameters<typeof _electron.launch>[0], attempts = 3): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options);
  } catch (error) {
    if (attempts === 1 || !(error instanceof errors.TimeoutError)) throw error;
    console.warn('Electron came up without Playwright noticing; started once more.');
    return await launch(options, attempts - 1);
  }
}
