import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { TravasoError } from '../../../shared/errors.ts';
import { readDescription } from '../archive/archive.ts';
import { diskProblem, onDisk } from '../archive/disk-problem.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { decrypterFor } from './sealing-key.ts';
import type { OpeningKey } from './sealing-key.ts';
import { unpackTar } from './unpack-tar.ts';

export interface UnsealOptions {
  readonly from: string;
  /** A folder that is empty or does not exist yet. */
  readonly to: string;
  readonly key: OpeningKey;
  readonly context: JobContext;
}

/** First line of every age file. */
const magic = 'age-encryption.org/v1\n';

/**
 * Makes an archive again from a sealed copy. age authenticates every 64 KiB before giving it out, so a changed or
 * shortened file ends in an error at the place of the change; what came before it is taken away again.
 *
 * @throws EXPORT_PLACE_TAKEN, INPUT_FILE_INVALID, SEALED_COPY_INVALID, SEALED_KEY_WRONG, SEALED_COPY_DAMAGED
 */
export async function runUnseal({ from, to, key, context }: UnsealOptions): Promise<JobOutcome> {
  const target = resolve(to);
  const size = await sizeOfSealed(from);
  const decrypter = await decrypterFor(key);
  await assertVacant(target);
  context.total(0, size);
  context.phase('transferring');
  const plain = await begin(decrypter.decrypt(readOf(from, context)), from);
  await onDisk(target, () => mkdir(target, { recursive: true }));
  try {
    await unpack(plain, target, context, from);
    await readDescription(target);
  } catch (error) {
    await empty(target);
    throw error;
  }
  return { written: [target] };
}

async function unpack(plain: Readable, target: string, context: JobContext, from: string): Promise<void> {
  try {
    await unpackTar(addAbortSignal(context.signal, plain), target);
  } catch (error) {
    if (context.signal.aborted) throw error;
    const problem = diskProblem(error, target);
    if (problem instanceof TravasoError && problem.code.startsWith('DISK_')) throw problem;
    throw new TravasoError('SEALED_COPY_DAMAGED', { file: from }, { cause: error });
  } finally {
    plain.destroy();
  }
}

/** Header and key are looked at before the first octet is given out: nothing has been written by then. */
async function begin(decrypting: Promise<ReadableStream<Uint8Array> | globalThis.ReadableStream>, from: string) {
  try {
    return Readable.fromWeb((await decrypting) as ReadableStream<Uint8Array>);
  } catch (cause) {
    throw new TravasoError('SEALED_KEY_WRONG', { file: from }, { cause });
  }
}

function readOf(from: string, context: JobContext): globalThis.ReadableStream<Uint8Array> {
  const file = createReadStream(from, { highWaterMark: 1024 * 1024 });
  file.on('data', (piece: string | Buffer) => context.done(0, piece.length));
  return Readable.toWeb(file) as globalThis.ReadableStream<Uint8Array>;
}

async function sizeOfSealed(from: string): Promise<number> {
  try {
    const file = await open(from, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
      if (buffer.toString('latin1', 0, bytesRead) !== magic)
        throw new TravasoError('SEALED_COPY_INVALID', { file: from });
      return (await file.stat()).size;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TravasoError) throw error;
    throw new TravasoError('INPUT_FILE_INVALID', { file: from }, { cause: error });
  }
}

async function assertVacant(target: string): Promise<void> {
  const found = await stat(target).catch(() => null);
  if (found === null) return;
  const entries = found.isDirectory() ? await onDisk(target, () => readdir(target)) : ['taken'];
  if (entries.length > 0) throw new TravasoError('EXPORT_PLACE_TAKEN', { path: target });
}

async function empty(target: string): Promise<void> {
  const entries = await readdir(target).catch(() => []);
  await Promise.all(entries.map(entry => rm(resolve(target, entry), { recursive: true, force: true })));
}
