import { link, readFile, statfs, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { imagesUnavailable, mountImage, type ImageKind } from './loop-image.ts';

const kinds: readonly ImageKind[] = ['vfat', 'exfat', 'ext4', 'tmpfs'];
const usable = new Map<ImageKind, boolean>();
for (const kind of kinds) usable.set(kind, (await imagesUnavailable(kind)) === null);

for (const kind of kinds) {
  test.skipIf(usable.get(kind) !== true)(`${kind} fills up, turns read-only and goes away`, async () => {
    const image = await mountImage({ kind, bytes: 40e6 });
    const file = join(image.path, 'a');
    await writeFile(file, 'kept');
    await image.fillLeaving(100_000);
    await expect(writeFile(join(image.path, 'b'), Buffer.alloc(300_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    await image.fillLeaving(1_000_000);
    await writeFile(join(image.path, 'b'), Buffer.alloc(300_000));
    await image.remount('ro');
    await expect(writeFile(file, 'no')).rejects.toMatchObject({ code: 'EROFS' });
    await image.remount('rw');
    expect(await readFile(file, 'utf8')).toBe('kept');
    await image.yank();
    expect(existsSync(file)).toBe(false);
    await image[Symbol.asyncDispose]();
    expect(existsSync(dirname(image.path))).toBe(false);
  });
}

test.skipIf(usable.get('tmpfs') !== true)('a tmpfs grows with its content', async () => {
  await using image = await mountImage({ kind: 'tmpfs', bytes: 20e6 });
  await writeFile(join(image.path, 'a'), 'kept');
  await image.grow(60e6);
  const { bavail, bsize } = await statfs(image.path);
  expect(bavail * bsize).toBeGreaterThan(40e6);
  expect(await readFile(join(image.path, 'a'), 'utf8')).toBe('kept');
});

for (const kind of ['vfat', 'exfat'] as const) {
  test.skipIf(usable.get(kind) !== true)(`${kind} is what a stick is: no case, no colon, no links`, async () => {
    await using image = await mountImage({ kind, bytes: 40e6 });
    const file = join(image.path, 'Ferie');
    await writeFile(file, 'x');
    expect(existsSync(join(image.path, 'FERIE'))).toBe(true);
    await expect(writeFile(join(image.path, 'a:b'), 'x')).rejects.toThrow();
    await expect(link(file, join(image.path, 'b'))).rejects.toThrow();
  });
}
