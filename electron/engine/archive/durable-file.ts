import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FaultPort } from '../ports.ts';
import { onDisk } from './disk-problem.ts';

/**
 * Replaces a small file as a whole: written beside, made permanent, renamed over. After a crash either the old or the
 * new content is there, never a mixture.
 */
export async function replaceFile(path: string, content: string, faults: FaultPort): Promise<void> {
  const beside = `${path}.part`;
  faults.reached('archive.replace', 'before');
  await onDisk(path, async () => {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameInsistently(beside, path);
    await syncDirectory(dirname(path));
  });
  faults.reached('archive.replace', 'after');
}

/** Removes a file that need not exist, for good. */
export async function removeFile(path: string, faults: FaultPort): Promise<void> {
  faults.reached('archive.remove', 'before');
  await onDisk(path, async () => {
    await rm(path, { force: true });
    await syncDirectory(dirname(path));
  });
  faults.reached('archive.remove', 'after');
}

/** Makes the octets of a file permanent, whoever wrote them: any handle on the file will do. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Makes new names in a directory permanent. Windows cannot open a directory and does not need it. */
export async function syncDirectory(path: string): Promise<void> {
  let directory;
  try {
    directory = await open(path, 'r');
  } catch (error) {
    if (isCode(error, 'EPERM', 'EISDIR', 'EACCES')) return;
    throw error;
  }
  try {
    await directory.sync();
  } catch (error) {
    // Some file systems (FAT through FUSE, SMB) have no notion of it: then the rename is as permanent as it gets.
    if (!isCode(error, 'EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR')) throw error;
  } finally {
    await directory.close();
  }
}

/** A virus scanner on Windows may hold a file for a moment; graceful-fs insists for up to a minute, so do we. */
async function renameInsistently(from: string, to: string): Promise<void> {
  for (let wait = 10; ; wait *= 2) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (wait > 30_000 || !isCode(error, 'EPERM', 'EBUSY', 'EACCES')) throw error;
      await new Promise(resolve => setTimeout(resolve, wait));
    }
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
