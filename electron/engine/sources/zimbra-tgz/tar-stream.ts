import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { Parser } from 'tar';
import type { ReadEntry } from 'tar';
import { TravasoError } from '../../../../shared/errors.ts';
import { headOf, octetsOf } from '../files/file-tree.ts';
import type { OpenFile, TreeFile } from '../files/file-tree.ts';
import type { ExportEntry, ExportStream } from './export-entry.ts';

/** Mail shrinks to a third, `.meta` files to a tenth. What inflates beyond this was made to fill the disk. */
const highestRatio = 200;
const ratioFreeOctets = 64 * 1024 * 1024;
/** POSIX.1 (ustar): two blocks of zeros end an archive. */
const endOctets = 1024;
const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** Whether octets from the start of a file are those of a tar (POSIX and GNU) or of a gzip, which may hold one. */
export function beginsLikeTar(head: Buffer): 'tar' | 'gzip' | null {
  if (head.subarray(0, 2).equals(gzipMagic)) return 'gzip';
  return head.subarray(257, 262).toString('latin1') === 'ustar' ? 'tar' : null;
}

/**
 * The entries of a `.tar` or `.tgz`, one after the other, without unpacking anything to the disk. A file that was cut
 * off, or is corrupt from some place on, ends early and says so in `damage`.
 */
export async function openTarStream(file: TreeFile): Promise<ExportStream> {
  const kind = beginsLikeTar(await headOf(file, 512));
  if (kind === null) throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: file.path.join('/'), expected: 'tgz' });
  const opened = await file.open();
  return new TarStream(opened, file, kind === 'gzip');
}

class TarStream implements ExportStream {
  damage: ExportStream['damage'] = null;
  readonly #file: OpenFile;
  readonly #parser = new Parser({ strict: false });
  readonly #waiting: ReadEntry[] = [];
  readonly #stop = new AbortController();
  readonly #pumped: Promise<void>;
  #wake: () => void = () => undefined;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #current: ReadEntry | null = null;

  constructor(opened: OpenFile, file: TreeFile, compressed: boolean) {
    this.#file = opened;
    this.#parser.on('entry', (entry: ReadEntry) => {
      this.#waiting.push(entry);
      this.#wake();
    });
    this.#parser.on('warn', (code: string) => {
      if (code === 'TAR_BAD_ARCHIVE') this.damage ??= 'cut-off';
      if (code === 'TAR_ENTRY_INVALID') this.damage ??= 'corrupt';
    });
    this.#pumped = this.#pump(file, compressed)
      .catch((error: unknown) => {
        if (this.#stop.signal.aborted) return;
        // A gzip that breaks cannot be entered again further on: what came before is all there is.
        if (isZlibError(error)) this.damage = 'corrupt';
        else this.#failure = { error };
      })
      .finally(() => {
        this.#ended = true;
        this.#wake();
      });
  }

  async next(): Promise<ExportEntry | null> {
    this.#current?.resume();
    this.#current = null;
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== null) throw this.#failure.error;
    const entry = this.#waiting.shift();
    if (entry === undefined) return null;
    this.#current = entry;
    return {
      path: entry.path,
      isFile: entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile',
      isFolder: entry.type === 'Directory',
      size: entry.size,
      modified: entry.mtime ?? null,
      // Zimbra tells by the owner's right to write whether a message was read.
      unread: entry.mode !== undefined && (entry.mode & 0o200) === 0,
      body: () => entry,
    };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#current?.resume();
    for (const entry of this.#waiting) entry.resume();
    await this.#pumped;
    await this.#file.close();
  }

  async #pump(file: TreeFile, compressed: boolean): Promise<void> {
    const parser = this.#parser;
    let read = 0;
    let inflated = 0;
    let tail = Buffer.alloc(0);
    const stored = Readable.from(counted(octetsOf(this.#file, 0, file.size), octets => (read += octets)));
    const feed = async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        inflated += piece.length;
        if (inflated > ratioFreeOctets && inflated > read * highestRatio) {
          throw new TravasoError('INPUT_FILE_INVALID', { file: file.path.join('/'), reason: 'inflates-too-much' });
        }
        tail = Buffer.concat([tail, piece.subarray(-endOctets)]).subarray(-endOctets);
        if (!parser.write(piece)) await once(parser, 'drain', { signal: this.#stop.signal });
      }
      // A download that broke off between two entries, which servers give no length to know by.
      if (tail.some(octet => octet !== 0)) this.damage ??= 'cut-off';
      // Ends the entry under way, too: with a warning when octets of it are missing.
      parser.end();
    };
    const { signal } = this.#stop;
    // SYNC_FLUSH: a file that was cut off gives all it has instead of an error that takes the last octets with it.
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 128 * 1024 });
    try {
      if (compressed) await pipeline(stored, gunzip, feed, { signal });
      else await pipeline(stored, feed, { signal });
    } catch (error) {
      parser.end();
      throw error;
    }
  }
}

async function* counted(pieces: AsyncIterable<Buffer>, count: (octets: number) => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}
