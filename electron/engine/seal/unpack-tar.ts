import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Parser } from 'tar';
import type { ReadEntry } from 'tar';

/**
 * Writes the files of a tar below `target`, one after the other, without the one folder they all lie in. What is no
 * plain file, or wants to lie elsewhere, is passed over: our own copies hold no such thing. When it rejects, nothing is
 * being written any more, so that what is there can be taken away.
 */
export async function unpackTar(plain: AsyncIterable<Buffer>, target: string): Promise<void> {
  const stop = new AbortController();
  const parser = new Parser({ strict: true });
  let written: Promise<void> = Promise.resolve();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  parser.on('entry', (entry: ReadEntry) => {
    written = written.then(() => writeEntry(entry, target, stop.signal));
    written.catch(failed.reject);
  });
  parser.on('warn', (_code: string, _message: string, cause: unknown) => failed.reject(cause));
  parser.on('error', failed.reject);
  const feed = async (): Promise<void> => {
    for await (const piece of plain) {
      if (!parser.write(piece)) await once(parser, 'drain', { signal: stop.signal });
    }
    const ended = once(parser, 'end', { signal: stop.signal });
    parser.end();
    await ended;
    await written;
  };
  try {
    await Promise.race([feed(), failed.promise]);
  } finally {
    stop.abort();
    await written.catch(() => undefined);
  }
}

async function writeEntry(entry: ReadEntry, target: string, signal: AbortSignal): Promise<void> {
  const path = placeOf(entry.path);
  if (path === null || !['File', 'OldFile', 'ContiguousFile'].includes(entry.type)) {
    entry.resume();
    return;
  }
  const file = join(target, ...path);
  await mkdir(dirname(file), { recursive: true });
  // `flush`: made permanent before it counts as written.
  await pipeline(entry as AsyncIterable<Buffer>, createWriteStream(file, { flags: 'wx', flush: true }), { signal });
}

/** Segments below the common folder; null for whatever would lead out of it. */
function placeOf(path: string): readonly string[] | null {
  const segments = path.split('/').filter(segment => segment !== '' && segment !== '.');
  const below = segments.slice(1);
  const escapes =
    path.startsWith('/') || below.length === 0 || segments.some(segment => /^\.\.$|[\\\0]|^[a-z]:/i.test(segment));
  return escapes ? null : below;
}
