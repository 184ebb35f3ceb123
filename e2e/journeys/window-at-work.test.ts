import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronRuntime, startElectronApp, type ElectronApp } from '../rig/electron-app.ts';

const runtime = await electronRuntime();

describe.skipIf(runtime === null)('the window while something is at work, the engine in its utility process', () => {
  let dataDir: string;
  let started: ElectronApp;
  let jobId: string;

  beforeEach(async () => {
    if (runtime === null) return;
    // Its own for each start, so that none is mistaken for a second start of the one before.
    dataDir = mkdtempSync(join(tmpdir(), 'travaso-work-'));
    started = await startElectronApp(runtime, {
      dataDir,
      worker: 'e2e/rig/stand-in-worker.ts',
      workerOn: 'utility-process',
      env: { NODE_OPTIONS: '', TRAVASO_UNRELATED: 'x' },
    });
    // Records what the main process asks of the system, where there is no other way to see it.
    await started.app.evaluate(({ dialog, BrowserWindow, Notification }) => {
      const seen = globalThis as unknown as { questions: string[]; notes: string[] };
      seen.questions = [];
      seen.notes = [];
      dialog.showMessageBox = ((_window: unknown, { message, buttons }: Electron.MessageBoxOptions) => {
        seen.questions.push(`${message} ${buttons?.join(' | ') ?? ''}`);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
      Notification.isSupported = () => true;
      Notification.prototype.show = function (this: Electron.Notification) {
        seen.notes.push(`${this.title}: ${this.body}`);
      };
      BrowserWindow.getAllWindows()[0]?.blur();
    });
    const folder = mkdtempSync(join(dataDir, 'archive-'));
    await started.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, folder);
    await call('host.pickFolder', { startAt: null });
    const source = { address: 'imap://anna@posta.example', signInId: null };
    const begun = await call('backup.start', { archive: folder, source, format: null, folders: [] });
    jobId = (begun as { value: { jobId: string } }).value.jobId;
  });
  afterEach(async () => {
    await started[Symbol.asyncDispose]();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const call = (method: string, input: unknown) =>
    started.page.evaluate(`window.travaso.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`);
  const isAwake = () => started.app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0));
  const isVisible = () => started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  const seen = (what: 'questions' | 'notes') =>
    started.app.evaluate((_, name) => (globalThis as unknown as Record<string, string[]>)[name], what);

  test('runs the engine in the utility process, in little memory, told no secret by arguments', async () => {
    const { value } = (await call('diagnostics.read', {})) as { value: { text: string } };
    const facts = JSON.parse(value.text) as {
      readonly utility: boolean;
      readonly variables: readonly string[];
      readonly args: readonly string[];
      readonly youngGeneration: number;
    };
    expect(facts.utility).toBe(true);
    expect(facts.args).toEqual([dataDir, expect.stringMatching(/organisation\.json$/)]);
    // Two halves of 4 MiB, as `build/scripts/engine-options.mjs` says; without its flags it would be several times that.
    expect(facts.youngGeneration).toBeLessThanOrEqual(8 * 2 ** 20);
    expect(facts.variables).not.toContain('NODE_OPTIONS');
    expect(await call('signIn.password', { password: 'segreta' })).toMatchObject({ ok: true });
  });

  test('keeps the computer awake while a job is at work, and no longer', async () => {
    await expect.poll(isAwake).toBe(true);
    await call('jobs.cancel', { jobId });
    await expect.poll(isAwake).toBe(false);
  });

  test('lets the computer sleep when the engine died with its job', async () => {
    await expect.poll(isAwake).toBe(true);
    expect(await call('jobs.pause', { jobId })).toMatchObject({ ok: false, problem: { code: 'ENGINE_STOPPED' } });
    await expect.poll(isAwake).toBe(false);
  });

  test('tells the engine that the line is lost when the computer slept', async () => {
    await expect.poll(isAwake).toBe(true);
    await started.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    await expect
      .poll(() => call('diagnostics.read', {}))
      .toMatchObject({
        value: { text: expect.stringContaining('"told":["lineLost"]') as string },
      });
  });

  test('closing asks, goes on without the window, and comes back with the outcome, told once', async () => {
    await expect.poll(isAwake).toBe(true);
    await started.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(isVisible).toBe(false);
    expect(await seen('questions')).toEqual([expect.stringMatching(/Travaso.* \| .* \| /)]);
    await call('jobs.cancel', { jobId });
    await expect.poll(isVisible).toBe(true);
    const notes = (await seen('notes')) ?? [];
    expect(notes).toHaveLength(1);
    expect(notes[0]).not.toContain('archive');
  });

  test('a reloaded page hears of the job that is at work', async () => {
    await started.page.reload();
    const first = started.page.evaluate(`new Promise(resolve => window.travaso.subscribe(resolve))`);
    expect(await first).toMatchObject({ name: 'job.changed', payload: { id: jobId, status: 'running' } });
  });
});
