import { createWriteStream } from 'node:fs';
import { link, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { TravasoError } from '../../../shared/errors.ts';
import type { Archive } from '../archive/archive.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';
import { names } from '../archive/layout.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { encrypterFor } from './sealing-key.ts';
import type { SealingKey } from './sealing-key.ts';

export interface SealOptions {
  readonly archive: Pick<Archive, 'root'>;
  /** A file that does not exist yet, outside of the archive. */
  readonly to: string;
  readonly key: SealingKey;
  readonly context: JobContext;
}

/**
 * Writes the whole archive as one encrypted file: a tar in age format (age-encryption.org/v1), which the stock `age` and
 * `tar` open too. Nothing is written in clear but to the archive itself, and the file gets its name when it is whole.
 *
 * @throws EXPORT_PLACE_TAKEN, PASSWORD_MISSING, RECIPIENT_INVALID, disk errors
 */
export async function runSeal({ archive, to, key, context }: SealOptions): Promise<JobOutcome> {
  const target = resolve(to);
  const encrypter = encrypterFor(key);
  if (target.startsWith(resolve(archive.root) + sep) || (await exists(target)))
    throw new TravasoError('EXPORT_PLACE_TAKEN', { path: target });
  const files = await filesOf(archive.root);
  context.total(0, files.octets);
  context.phase('transferring');
  const part = `${target}.part`;
  try {
    // `portable` leaves out user names and the like; nobody's business on another computer.
    const pack = create({ cwd: archive.root, portable: true, prefix: basename(archive.root) }, [...files.names]);
    const plain = Readable.toWeb(Readable.from(counted(pack, context))) as ReadableStream<Uint8Array>;
    const sealed = await encrypter.encrypt(plain);
    await pipeline(
      Readable.fromWeb(sealed as ReadableStream<Uint8Array>),
      createWriteStream(part, { flags: 'wx', mode: 0o600 }),
      { signal: context.signal },
    );
    await makePermanent(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw diskProblem(error, target);
  }
  return { written: [target] };
}

/** What is made anew by itself, or means nothing elsewhere. */
const leftOut = (name: string): boolean => name.startsWith(names.lock) || /\.sqlite-|^search\.sqlite/.test(name);

/**
 * Relative paths in the order they go in. The description is last: what was unpacked only in part is then not taken for
 * an archive.
 */
async function filesOf(root: string): Promise<{ readonly names: readonly string[]; readonly octets: number }> {
  const entries = await onDisk(root, () => readdir(root, { recursive: true, withFileTypes: true }));
  const found: string[] = [];
  let octets = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(resolve(root).length + 1).replaceAll(sep, '/');
    if (leftOut(name)) continue;
    found.push(name);
    octets += (await onDisk(path, () => stat(path))).size;
  }
  found.sort();
  const description = found.filter(name => name === names.description);
  return { names: [...found.filter(name => name !== names.description), ...description], octets };
}

async function* counted(pack: AsyncIterable<Buffer>, context: JobContext): AsyncGenerator<Buffer> {
  for await (const piece of pack) {
    context.signal.throwIfAborted();
    context.done(0, piece.length);
    yield piece;
  }
}

async function makePermanent(part: string, target: string): Promise<void> {
  const handle = await open(part, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  // A link refuses to replace what may have come meanwhile; file systems without links can only be asked beforehand.
  await link(part, target).then(
    () => unlink(part),
    () => rename(part, target),
  );
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
