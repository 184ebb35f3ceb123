import type { OpenFile } from './file-tree.ts';

const chunkOctets = 256 * 1024;

/**
 * Many small neighbouring pieces of a large file for the price of one read. What it hands out was in the file as it was
 * listed: it looks for changes after each read, and throws what `changed` makes.
 */
export class ReadAhead {
  readonly #file: OpenFile;
  readonly #changed: () => Error;
  #chunk: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(file: OpenFile, changed: () => Error) {
    this.#file = file;
    this.#changed = changed;
  }

  /** The octets from `start` up to, not including, `end`, in pieces that stay as they are. */
  async *octets(start: number, end: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    for (let position = start; position < end;) {
      signal.throwIfAborted();
      if (position < this.#start || position >= this.#start + this.#chunk.length) await this.#fill(position);
      const piece = this.#chunk.subarray(position - this.#start, end - this.#start);
      if (piece.length === 0) throw this.#changed();
      position += piece.length;
      yield piece;
    }
  }

  async #fill(position: number): Promise<void> {
    this.#chunk = await this.#file.read(position, chunkOctets);
    this.#start = position;
    if (await this.#file.changed()) throw this.#changed();
  }
}
