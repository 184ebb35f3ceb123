import { open, rm } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';

/**
 * Writes a file that does not exist yet, as a whole: half of one would pass for a whole one, and is taken away again.
 *
 * @param mark is called while the file is still empty, so that nobody ever meets it unmarked
 * @returns octets written
 * @throws SAVE_FILE_EXISTS, disk errors, and whatever the content throws
 */
export async function saveNewFile(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  mark?: (path: string) => Promise<void>,
): Promise<number> {
  const handle = await open(path, 'wx').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new TravasoError('SAVE_FILE_EXISTS', { path }, { cause: error });
    }
    throw diskProblem(error, path);
  });
  try {
    await mark?.(path);
    let written = 0;
    for await (const piece of content) {
      await onDisk(path, () => handle.writeFile(piece));
      written += piece.length;
    }
    await onDisk(path, () => handle.sync());
    await handle.close();
    return written;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}
