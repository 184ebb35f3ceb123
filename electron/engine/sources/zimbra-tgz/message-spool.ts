import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const pieceOctets = 256 * 1024;
/** Left free on the disk: the archive may be on the same one. */
const reserveOctets = 1024 ** 3;

/**
 * Messages of a compressed export, laid out where any of them can be read at once. The file has no name from the moment
 * it is open, so that nobody else finds it and nothing of it stays behind, whatever happens to the program.
 */
export class MessageSpool {
  readonly #handle: FileHandle;
  readonly #places = new Map<string, { readonly start: number; readonly end: number }>();
  #end = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Null when the disk for temporary files has no room for `octets`, or does not say. */
  static async create(octets: number, folder: string = tmpdir()): Promise<MessageSpool | null> {
    try {
      const { bavail, bsize } = await statfs(folder);
      if (bavail * bsize < octets + reserveOctets) return null;
      const place = await mkdtemp(join(folder, 'travaso-'));
      try {
        return new MessageSpool(await open(join(place, 'spool'), 'wx+', 0o600));
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    } catch {
      // It only saves time: where it cannot be, the export is read again instead.
      return null;
    }
  }

  async add(key: string, body: AsyncIterable<Buffer>): Promise<void> {
    const start = this.#end;
    for await (const piece of body) {
      await this.#handle.write(piece, 0, piece.length, this.#end);
      this.#end += piece.length;
    }
    this.#places.set(key, { start, end: this.#end });
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  async *body(key: string): AsyncGenerator<Buffer> {
    const { start, end } = this.#places.get(key) ?? { start: 0, end: 0 };
    for (let position = start; position < end;) {
      const piece = Buffer.allocUnsafe(Math.min(pieceOctets, end - position));
      const { bytesRead } = await this.#handle.read(piece, 0, piece.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
