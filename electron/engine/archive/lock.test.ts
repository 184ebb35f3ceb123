import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testDirectory } from '../testing/test-directory.ts';
import { lockArchive } from './lock.ts';

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) console.warn('read-only media are not tested: only root can mount them');

test('a lock is held by one, and free again once it was let go', () => {
  const path = join(testDirectory(), 'travaso.lock');
  const held = lockArchive(path);
  expect(() => lockArchive(path)).toThrow('ARCHIVE_IN_USE');
  held.release();
  held.release();
  lockArchive(path).release();
  expect(readFileSync(path)).toHaveLength(0);
});

test('a lock file that is somebody else’s is left alone', () => {
  const path = join(testDirectory(), 'travaso.lock');
  writeFileSync(path, 'not a database, and long enough to be taken for one'.repeat(20));
  expect(() => lockArchive(path)).toThrow('ARCHIVE_DAMAGED');
  expect(readFileSync(path, 'utf8')).toContain('not a database');
});

test.skipIf(!isRoot)('on read-only media there is nothing to lock, whether or not the file is there', () => {
  const mounted = join(testDirectory(), 'media');
  mkdirSync(mounted);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mounted]);
  onTestFinished(() => void execFileSync('umount', ['-l', mounted]));
  lockArchive(join(mounted, 'there')).release();
  execFileSync('mount', ['-o', 'remount,ro', mounted]);
  for (const name of ['there', 'not-there']) {
    expect(() => lockArchive(join(mounted, name))).toThrow('DISK_NOT_WRITABLE');
  }
});
