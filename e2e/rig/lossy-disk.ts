import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';

/**
 * A disk that loses, at a power cut, whatever was not synced: SIGKILL alone leaves everything written in the kernel's
 * memory, and a program that never synced would look safe. Watches the promise half of `node:fs` in this process.
 * SQLite writes past it and is trusted with its own syncing.
 */
export interface LossyDisk {
  /** Takes away what a power cut would take. Half of the files keep their length and lose their content (ext4 does). */
  cutPower(): void;
  /** What is not safe yet, for the next process: killing one does not sync its files. */
  remember(): void;
}

interface TrackedFile {
  /** Octets from the beginning that are safe. */
  safe: number;
  /** Whether the name is: a new file's is once its directory was synced. */
  named: boolean;
}

/** @param stateFile carries what is unsafe from one process to the next */
export function installLossyDisk(stateFile: string): LossyDisk {
  const files = new Map<string, TrackedFile>(
    fs.existsSync(stateFile) ? (JSON.parse(fs.readFileSync(stateFile, 'utf8')) as [string, TrackedFile][]) : [],
  );
  const real = { ...fs.promises };

  const track = (path: string, flags: string): TrackedFile | null => {
    const before = fs.lstatSync(path, { throwIfNoEntry: false });
    if (before?.isDirectory() === true) return null;
    const known = files.get(path) ?? { safe: before?.size ?? 0, named: before !== undefined };
    if (flags.startsWith('w')) known.safe = 0;
    if (flags !== 'r') files.set(path, known);
    return known;
  };
  const cutTo = (path: string, length: number): void => {
    const file = files.get(path);
    if (file !== undefined) file.safe = Math.min(file.safe, length);
  };

  const open = async (path: string, flags = 'r'): Promise<FileHandle> => {
    const file = track(path, flags);
    const handle = await real.open(path, flags);
    const syncing = (sync: () => Promise<void>) => async (): Promise<void> => {
      const { size } = await handle.stat();
      await sync();
      if (file !== null) file.safe = Math.max(file.safe, size);
      else for (const [name, each] of files) if (dirname(name) === path) each.named = true;
    };
    const truncate = handle.truncate.bind(handle);
    return Object.assign(handle, {
      sync: syncing(handle.sync.bind(handle)),
      datasync: syncing(handle.datasync.bind(handle)),
      truncate: async (length = 0): Promise<void> => {
        await truncate(length);
        cutTo(path, length);
      },
    });
  };
  Object.assign(fs.promises, {
    open,
    truncate: async (path: string, length = 0): Promise<void> => {
      await real.truncate(path, length);
      cutTo(path, length);
    },
    rename: async (from: string, to: string): Promise<void> => {
      await real.rename(from, to);
      const moved = files.get(from);
      files.delete(from);
      if (moved !== undefined) files.set(to, moved);
    },
    rm: async (path: string, options: fs.RmOptions): Promise<void> => {
      await real.rm(path, options);
      files.delete(path);
    },
  });
  syncBuiltinESMExports();

  return {
    cutPower() {
      for (const [path, { safe, named }] of files) {
        const size = fs.lstatSync(path, { throwIfNoEntry: false })?.size;
        if (size === undefined) continue;
        if (!named) fs.unlinkSync(path);
        else if (size > safe) {
          fs.truncateSync(path, safe);
          const keepsLength = createHash('sha256').update(path).digest()[0] ?? 0;
          if (keepsLength % 2 === 0) fs.truncateSync(path, size);
        }
      }
      fs.rmSync(stateFile, { force: true });
    },
    remember() {
      fs.writeFileSync(stateFile, JSON.stringify([...files]));
    },
  };
}
