import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atExit } from './at-exit.ts';
import { createTestDirectory, mountPoint } from './test-directory.ts';

const run = promisify(execFile);

/** `vfat` and `exfat` are what sticks come with: names without case, no links. Kernels in containers may lack vfat. */
export type ImageKind = 'vfat' | 'exfat' | 'ext4' | 'tmpfs';

/** A small file system of its own: a stick, a disk that fills up, a share that turns read-only. */
export interface LoopImage extends AsyncDisposable {
  /** Where it is mounted; this user may write there. */
  readonly path: string;
  remount(mode: 'ro' | 'rw'): Promise<void>;
  /** Makes a `tmpfs` larger while it is in use; the others only make room by `fillLeaving`. Octets. */
  grow(bytes: number): Promise<void>;
  /** Writes a file `filler` that leaves about this many octets free; a later call replaces it. */
  fillLeaving(bytes: number): Promise<void>;
  /** Takes it away under whoever uses it, as a pulled stick. Programs inside keep a dead folder. */
  yank(): Promise<void>;
}

export interface LoopImageOptions {
  readonly kind: ImageKind;
  /** Size in octets; at least 40 MB for `vfat`, below which FAT32 has too few clusters. */
  readonly bytes: number;
}

/** Null where `mountImage` works, else the reason, for the line a skipped test prints. Tries it once. */
export async function imagesUnavailable(kind: ImageKind): Promise<string | null> {
  const known = reasons.get(kind);
  if (known !== undefined) return known;
  let reason: string | null = null;
  if (process.getuid?.() !== 0) reason = 'mounting needs root';
  else {
    try {
      const image = await mountImage({ kind, bytes: 40e6 });
      await image[Symbol.asyncDispose]();
    } catch (error) {
      reason = `mounting a ${kind} image failed: ${String(error)}`;
    }
  }
  reasons.set(kind, reason);
  if (reason !== null) console.warn(`SKIPPED: tests on a ${kind} file system: ${reason}`);
  return reason;
}
const reasons = new Map<ImageKind, string | null>();

/** Makes and mounts one, empty. Needs root and, but for tmpfs, loop devices; throws where it cannot. */
export async function mountImage({ kind, bytes }: LoopImageOptions): Promise<LoopImage> {
  const { path: directory, remove } = createTestDirectory(kind);
  const path = mountPoint(directory);
  const image = join(directory, 'image');
  await mkdir(path);
  try {
    await mount(kind, bytes, image, path);
  } catch (error) {
    remove();
    throw error;
  }

  let mounted = true;
  const forget = atExit(() => {
    // Lazily: something in this very process may still have a file open.
    if (mounted) execFileSync('umount', ['-l', path]);
  });
  const unmount = async (...flags: readonly string[]): Promise<void> => {
    if (mounted) await run('umount', [...flags, path]);
    mounted = false;
  };

  return {
    path,
    async remount(mode) {
      await run('mount', ['-o', `remount,${mode}`, path]);
    },
    async grow(size) {
      if (kind !== 'tmpfs') throw new RangeError('Only a tmpfs grows while mounted; make room with fillLeaving');
      await run('mount', ['-o', `remount,size=${size}`, path]);
    },
    async fillLeaving(left) {
      const filler = join(path, 'filler');
      await rm(filler, { force: true });
      const { bavail, bsize } = await statfs(path);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)));
    },
    yank: () => unmount('-l'),
    async [Symbol.asyncDispose]() {
      await unmount().catch(() => unmount('-l'));
      forget();
      remove();
    },
  };
}

async function mount(kind: ImageKind, bytes: number, image: string, path: string): Promise<void> {
  if (kind === 'tmpfs') {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
    return;
  }
  await writeFile(image, '');
  await truncate(image, bytes);
  const [makeFileSystem, ...args] = makers[kind];
  await run(makeFileSystem, [...args, image]);
  const type =
    kind === 'exfat' && !readFileSync('/proc/filesystems', 'utf8').includes('\texfat\n') ? 'exfat-fuse' : kind;
  await run('mount', ['-t', type, '-o', 'loop', image, path]);
}

const makers = {
  vfat: ['mkfs.vfat', '-F', '32'],
  exfat: ['mkfs.exfat'],
  // No blocks set aside for root: tests often run as root, for whom the disk would otherwise be full later.
  ext4: ['mkfs.ext4', '-q', '-m', '0'],
} as const satisfies Record<Exclude<ImageKind, 'tmpfs'>, readonly string[]>;
