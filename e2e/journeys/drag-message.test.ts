import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { electronRuntime, startElectronApp } from '../rig/electron-app.ts';
import type { ElectronApp } from '../rig/electron-app.ts';
import { runCli } from '../rig/run-cli.ts';
import { choosePath } from '../rig/window-calls.ts';
import { directory } from './archive-person.ts';
import { mouse } from './hands.ts';

/** A message leaves the window by the mouse. The system's part begins with `startDrag`, which is looked at here. */
const runtime = await electronRuntime();

const message = Buffer.from(
  'From: Luca <luca@ente.it>\r\nTo: anna@ente.it\r\nSubject: Verbale 12/2019: =?utf-8?q?citt=C3=A0_=E2=80=AEfdp?=.exe\r\n' +
    'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nperch\xe9\r\n',
  'latin1',
);

test.skipIf(runtime === null)(
  'a message is dragged out of the window as its file, which goes with the app',
  async () => {
    if (runtime === null) throw new Error('no Electron');
    const home = directory();
    const archive = await archiveOf(message, home);
    const dataDir = join(home, 'dati');
    // As a killed run leaves it.
    mkdirSync(join(dataDir, 'dragged', 'm-before'), { recursive: true });
    const started = await startElectronApp(runtime, { dataDir });
    expect(existsSync(join(dataDir, 'dragged'))).toBe(false);
    const { page } = started;
    await recordDrags(started);
    await choosePath(started, archive);
    await mouse.press(page, 'Archivio');
    await mouse.press(page, 'Apri un altro archivio');
    const row = page.locator('[role=grid] [data-index="0"] .t-line-title');
    await row.waitFor();

    await row.hover();
    await page.mouse.down();
    await page.mouse.move(500, 500, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => drags(started)).toHaveLength(1);
    const [{ file, picture }] = (await drags(started)) as [Drag];
    expect(picture).toBe(true);
    expect(basename(file)).toBe('Verbale 12-2019- città fdp.exe.eml');
    expect(readFileSync(file).equals(message)).toBe(true);
    expect(await page.getByRole('alert').count()).toBe(0);

    await started.app.close();
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(dataDir)).not.toContain('dragged');
  },
);

interface Drag {
  readonly file: string;
  readonly picture: boolean;
}

function recordDrags({ app }: ElectronApp): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const seen: Drag[] = [];
    Object.assign(globalThis, { drags: seen });
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    contents.startDrag = ({ file, icon }) => {
      seen.push({ file, picture: typeof icon !== 'string' && !icon.isEmpty() });
    };
  });
}

function drags({ app }: ElectronApp): Promise<readonly Drag[]> {
  return app.evaluate(() => (globalThis as unknown as { drags: Drag[] }).drags);
}

async function archiveOf(octets: Buffer, home: string): Promise<string> {
  const mail = directory();
  mkdirSync(join(mail, 'Verbali'));
  writeFileSync(join(mail, 'Verbali', '1.eml'), octets);
  const archive = join(home, 'Posta');
  const { exitCode } = await runCli(['backup', '--source', `eml:${mail}`, '--archive', archive]);
  expect(exitCode).toBe(0);
  return archive;
}
