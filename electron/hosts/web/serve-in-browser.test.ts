import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../../shared/contract.ts';
import { dataFolder } from './data-folder.ts';
import { serveInBrowser } from './serve-in-browser.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'travaso-serve-'));
  mkdirSync(join(home, 'screens'));
  writeFileSync(join(home, 'screens', 'index.html'), '<!doctype html>');
  vi.stubEnv('HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function serve(open: boolean): Promise<readonly string[]> {
  const shown: string[] = [];
  const host = await serveInBrowser({
    engine: { api: {} as Api, events: { subscribe: () => () => undefined } },
    rendererDir: join(home, 'screens'),
    version: '0.0.0',
    language: 'it',
    env: { XDG_CONFIG_HOME: join(home, 'config') },
    open,
    showLink: link => shown.push(link),
  });
  await host.close();
  return shown;
}

test('without opening, the person is shown the link', async () => {
  expect(await serve(false)).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)]);
});

test.skipIf(process.platform !== 'linux')('where no browser can be opened, the person is shown the link', async () => {
  vi.stubEnv('PATH', join(home, 'nothing'));
  expect(await serve(true)).toHaveLength(1);
});

test.skipIf(process.platform !== 'linux')(
  'the browser is given a private file, and the token in no argument',
  async () => {
    const seen = join(home, 'arguments');
    mkdirSync(join(home, 'bin'));
    writeFileSync(
      join(home, 'bin', 'xdg-open'),
      `#!/bin/sh\nprintf %s "$1" > "${seen}.new" && mv "${seen}.new" "${seen}"\n`,
    );
    chmodSync(join(home, 'bin', 'xdg-open'), 0o755);
    vi.stubEnv('PATH', join(home, 'bin') + delimiter + (process.env['PATH'] ?? ''));
    expect(await serve(true)).toEqual([]);
    await expect.poll(() => existsSync(seen)).toBe(true);
    const file = new URL(readFileSync(seen, 'utf8'));
    expect(file.protocol).toBe('file:');
    expect(file.href).not.toContain('token');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/content="0;url=http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}"/);
  },
);

test('window and browser remember in the same place', () => {
  expect(dataFolder({ XDG_CONFIG_HOME: '/c' }, 'linux')).toBe(join('/c', 'Travaso'));
  expect(dataFolder({ APPDATA: '/r' }, 'win32')).toBe(join('/r', 'Travaso'));
  expect(dataFolder({}, 'darwin')).toBe(join(homedir(), 'Library', 'Application Support', 'Travaso'));
});
