import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TravasoError } from '../../../shared/errors.ts';
import { failOnce } from '../testing/failing-faults.ts';
import { testDirectory } from '../testing/test-directory.ts';
import { AppendFile } from './append-file.ts';
import { noFaults } from './no-faults.ts';

test('a file shorter than what counts is refused, and not filled up with zeros', async () => {
  const path = join(testDirectory(), 'short.mbox');
  writeFileSync(path, 'short');
  await expect(AppendFile.open(path, 100, noFaults)).rejects.toMatchObject({ code: 'ARCHIVE_DAMAGED' });
  expect(readFileSync(path, 'utf8')).toBe('short');
});

test('what lies behind the length that counts is cut off, and appending goes on from there', async () => {
  const path = join(testDirectory(), 'torn.mbox');
  writeFileSync(path, 'whole|torn');
  const file = await AppendFile.open(path, 6, noFaults);
  file.push(Buffer.from('x'.repeat(700_000)));
  file.push(Buffer.from('end'));
  await file.sync();
  await file.close();
  expect(readFileSync(path, 'utf8')).toBe(`whole|${'x'.repeat(700_000)}end`);
});

test('the first failed write sticks: nothing later can pretend to be on disk', async () => {
  const path = join(testDirectory(), 'full.mbox');
  const file = await AppendFile.open(path, 0, failOnce('archive.write', 1, new TravasoError('DISK_FULL', {})));
  file.push(Buffer.from('a'));
  await expect(file.sync()).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(() => file.push(Buffer.from('b'))).toThrow('DISK_FULL');
  await expect(file.sync()).rejects.toMatchObject({ code: 'DISK_FULL' });
  await file.close();
});
