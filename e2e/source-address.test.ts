import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sampleStore } from '../electron/engine/sources/pst/testing/sample-store.ts';
import { unicodeFormat } from '../electron/engine/sources/pst/ndb/file-format.ts';
import { imagesUnavailable, mountImage } from './rig/loop-image.ts';
import type { CliResult } from './rig/run-cli.ts';
import { runHere } from './rig/run-here.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** `--source` without a scheme: a path is recognised by what is in it, and anything else gets its own sentence. */
function directory(): string {
  const made = createTestDirectory('source-address');
  onTestFinished(made.remove);
  return made.path;
}

const message = 'From: anna@ente.it\r\nDate: Mon, 4 Mar 2019 08:15:00 +0100\r\nSubject: x\r\n\r\ntesto\r\n';

const backup = (source: string, ...more: readonly string[]): Promise<CliResult> =>
  runHere(['backup', '--source', source, '--archive', join(directory(), 'archive'), ...more]);

const codeOf = ({ result }: CliResult): unknown =>
  (result?.['problem'] as { readonly code?: string } | undefined)?.code ?? null;

test('a path is recognised, and the address is said for the next time', async () => {
  const path = join(directory(), 'vacanze.jpg');
  writeFileSync(path, sampleStore(unicodeFormat, 1));
  const said = await backup(path, '--lang', 'it');
  expect(said.exitCode).toBe(0);
  expect(said.stderr).toContain(`Riconosciuto: pst:${path}\n`);
  const asJson = await backup(path, '--json');
  expect(asJson.stderr).toBe('');
  expect(asJson.result).toMatchObject({ status: 'succeeded', messages: { found: 62 } });
});

test('a folder with mail of several kinds: which one, and how to say it', async () => {
  const folder = directory();
  writeFileSync(join(folder, '1.eml'), message);
  writeFileSync(join(folder, 'backup.pst'), sampleStore(unicodeFormat, 0));
  const told = await backup(folder, '--json');
  expect([told.exitCode, codeOf(told)]).toEqual([64, 'SOURCE_KIND_AMBIGUOUS']);
  expect((await backup(folder, '--lang', 'it')).stderr).toContain(`pst:${join(folder, 'backup.pst')}`);
});

test.each([
  ['no mail in it', () => written('bilancio.xlsx', 'x'), 65, 'INPUT_FILE_NOT_MAIL'],
  ['nothing in it', () => written('backup.pst', ''), 65, 'INPUT_FILE_EMPTY'],
  ['no such file', () => join(directory(), 'backup.pst'), 65, 'INPUT_FILE_INVALID'],
  ['no such file under Windows', () => 'C:\\Posta\\backup.pst', 65, 'INPUT_FILE_INVALID'],
  ['an account without a scheme', () => 'anna@posta.ente.it', 64, 'ACCOUNT_ADDRESS_INVALID'],
  ['another scheme', () => 'ftp://anna@posta.ente.it', 64, 'ACCOUNT_KIND_UNSUPPORTED'],
])('%s', async (_, source, exit, code) => {
  const told = await backup(source(), '--json');
  expect([told.exitCode, codeOf(told)]).toEqual([exit, code]);
});

test('an archive is not made among the files it is made from', async () => {
  const folder = directory();
  writeFileSync(join(folder, '1.eml'), message);
  const told = await runHere(['backup', '--source', folder, '--archive', join(folder, 'Travaso'), '--json']);
  expect([told.exitCode, codeOf(told)]).toEqual([64, 'ARCHIVE_INSIDE_SOURCE']);
});

const noTmpfs = await imagesUnavailable('tmpfs');

test.skipIf(noTmpfs !== null)('no room on the disk: said so, and the file it comes from stays as it was', async () => {
  await using disk = await mountImage({ kind: 'tmpfs', bytes: 600_000 });
  const path = join(directory(), 'backup.pst');
  const octets = sampleStore(unicodeFormat, 1);
  writeFileSync(path, octets);
  const told = await runHere(['backup', '--source', path, '--archive', join(disk.path, 'archive'), '--json']);
  expect([told.exitCode, codeOf(told)]).toEqual([73, 'DISK_FULL']);
  expect(readFileSync(path)).toEqual(octets);
});

test('the help names every kind of source and target', async () => {
  const { text } = await runHere(['backup', '--help']);
  for (const kind of ['imaps:', 'pst:', 'mbox:', 'eml:', 'maildir:', 'tgz:']) expect(text).toContain(kind);
  expect((await runHere(['upload', '--help'])).text).toContain('microsoft365:');
});

function written(name: string, content: string): string {
  const path = join(directory(), name);
  writeFileSync(path, content);
  return path;
}
