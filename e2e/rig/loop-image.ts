import { execFile, execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atExit } from './at-exit.ts';

const run = promisify(execFile);

export type ImageKind = 'vfat' | 'ext4' | 'tmpfs';

/** A small file system of its own: a stick, a disk that fills up, a share that turns read-only. */
export interface LoopImage extends AsyncDisposable {
  /** Where it is mounted; this user may write there. */
  readonly path: string;
  remount(mode: 'ro' | 'rw'): Promise<void>;
  /** Makes it larger, with its content and while it is in use. Not for `vfat`. Octets. */
  grow(bytes: number): Promise<void>;
  /** Writes a file `filler` that leaves about this many octets free; a later call replaces it. */
  fillLeaving(bytes: number): Promise<void>;
  /** Takes it away under whoever uses it, as a pulled stick. Programs inside keep a dead folder. */
  yank(): Promise<void>;
}

export interface LoopImageOptions {
  readonly kind: ImageKind;
  /** Size in octets. FAT32 needs 33 MB at least; below, it is FAT16, which mounts as well. */
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
      await using _image = await mountImage({ kind, bytes: 40e6 });
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
  const directory = await mkdtemp(join(tmpdir(), `travaso-${kind}-`));
  const path = join(directory, 'mounted');
  const image = join(directory, 'image');
  await mkdir(path);
  try {
    await mount(kind, bytes, image, path);
  } catch (error) {
    rmSync(directory, { recursive: true });
    throw error;
  }

  let mounted = true;
  const forget = atExit(() => {
    // Lazily: something in this very process may still have a file open.
    if (mounted) execFileSync('umount', ['-l', path]);
    rmSync(directory, { recursive: true, force: true });
  });
  const unmount = async (...flags: readonly string[]): Promise<void> => {
    if (mounted) await run('umount', [...flags, path]);
    mounted = false;
  };

  return {
    path,
    remount: async mode => void (await run('mount', ['-o', `remount,${mode}`, path])),
    async grow(size) {
      if (kind === 'vfat') throw new RangeError('FAT cannot grow in place');
      if (kind === 'tmpfs') return void (await run('mount', ['-o', `remount,size=${size}`, path]));
      await truncate(image, size);
      const { stdout } = await run('findmnt', ['-no', 'SOURCE', path]);
      await run('losetup', ['-c', stdout.trim()]);
      await run('resize2fs', [stdout.trim()]);
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
      rmSync(directory, { recursive: true, force: true });
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
  if (kind === 'vfat') await run('mkfs.vfat', [...(bytes >= 33e6 ? ['-F', '32'] : []), image]);
  // No blocks set aside for root: tests often run as root, for whom the disk would otherwise be full later.
  else await run('mkfs.ext4', ['-q', '-m', '0', image]);
  await run('mount', ['-o', 'loop', image, path]);
}
