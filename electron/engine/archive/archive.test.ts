import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveOf, archivePlace, mail, testPorts, withArchive } from '../testing/test-archive.ts';
import { testDirectory } from '../testing/test-directory.ts';
import { openArchive, openForChecking, openOrCreateArchive } from './archive.ts';
import { names } from './layout.ts';

test('one process at a time writes to an archive; reading goes on beside it', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: [mail('1')] }]);
  await withArchive(root, async () => {
    await expect(openArchive(root, 'write', testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_IN_USE' });
    await expect(openForChecking(root, testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_IN_USE' });
    (await openArchive(root, 'read', testPorts())).close();
  });
  (await openArchive(root, 'write', testPorts())).close();
});

test('an archive of a newer version is refused and left as it is', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: [mail('1')] }]);
  const path = join(root, names.description);
  const newer = readFileSync(path, 'utf8').replace('"version": 1', '"version": 2');
  writeFileSync(path, newer);
  const before = readdirSync(root).sort();
  for (const mode of ['read', 'write'] as const) {
    await expect(openArchive(root, mode, testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_NEWER' });
  }
  expect(readdirSync(root).sort()).toEqual(before);
  expect(readFileSync(path, 'utf8')).toBe(newer);
});

test('a folder that holds anything else is refused, and nothing is left in it', async () => {
  const root = testDirectory();
  writeFileSync(join(root, 'Bilancio.xlsx'), 'not ours');
  await expect(openOrCreateArchive(root, null, testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_NOT_AN_ARCHIVE' });
  expect(readdirSync(root)).toEqual(['Bilancio.xlsx']);
});

test('a folder that is not there, or is no archive, has its own answer', async () => {
  const root = testDirectory();
  await expect(openArchive(join(root, 'no'), 'read', testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_NOT_FOUND' });
  await expect(openArchive(root, 'read', testPorts())).rejects.toMatchObject({ code: 'ARCHIVE_NOT_AN_ARCHIVE' });
  expect(readdirSync(root)).toEqual([]);
});

test('a creation that was cut short is finished by the next', async () => {
  const root = archivePlace();
  mkdirSync(join(root, 'data', 'mail'), { recursive: true });
  writeFileSync(join(root, `${names.description}.part`), '{"format":"trav');
  const format = await withArchive(root, archive => archive.description.mailFormat, { mailFormat: 'eml' });
  expect(format).toBe('eml');
});

test('an archive is mbox or EML for life', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: [mail('1')] }], 'eml');
  const asMbox = openOrCreateArchive(root, 'mbox', testPorts());
  await expect(asMbox).rejects.toMatchObject({ code: 'ARCHIVE_FORMAT_FIXED', problem: { details: { format: 'eml' } } });
  // The refusal let go of the lock.
  expect(await withArchive(root, archive => archive.description.mailFormat)).toBe('eml');
});

test('a catalogue damaged in the middle is an ordinary trouble with its own name', async () => {
  const root = await archiveOf([{ path: ['INBOX'], messages: [mail('1')] }]);
  const path = join(root, names.catalogue);
  const damaged = readFileSync(path);
  damaged.fill(0xff, 4096);
  writeFileSync(path, damaged);
  const opened = openArchive(root, 'write', testPorts());
  await expect(opened).rejects.toMatchObject({ code: 'ARCHIVE_CATALOGUE_DAMAGED' });
});
