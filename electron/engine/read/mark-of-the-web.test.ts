import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testDirectory } from '../testing/test-directory.ts';
import { markOfTheWeb, quarantine } from './mark-of-the-web.ts';

const now = new Date('2026-03-04T08:15:00Z');

function someFile(): { readonly directory: string; readonly path: string } {
  const directory = testDirectory();
  const path = join(directory, 'allegato.exe');
  writeFileSync(path, 'x');
  return { directory, path };
}

test('names the internet zone in the stream that Windows reads', async () => {
  const { path } = someFile();
  // Elsewhere than on NTFS a stream's name is a file's name.
  await markOfTheWeb(path, 'win32', now);
  expect(readFileSync(`${path}:Zone.Identifier`, 'latin1')).toBe('[ZoneTransfer]\r\nZoneId=3\r\n');
});

test('leaves the file as it is where there is no such mark', async () => {
  const { directory, path } = someFile();
  await markOfTheWeb(path, 'linux', now);
  expect(readdirSync(directory)).toEqual(['allegato.exe']);
});

test('writes quarantine as macOS does', () => {
  expect(quarantine(now)).toMatch(/^0081;69a7ea04;Travaso;[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(Number.parseInt('69a7ea04', 16) * 1000).toBe(now.getTime());
});
