import { open } from 'node:fs/promises';

/** Positional reading of a file of any size. */
export interface FileReader {
  readonly size: number;
  /**
   * The octets at `offset`; fewer than `length` when the file ends before. They are shared and not to be written to,
   * and whoever keeps them keeps all that was read together with them: copy what stays.
   */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

const windowBytes = 64 * 1024;
const windowsKept = 256;
/** Windows read in one go for someone who reads on from the one before. */
const windowsAhead = 4;

/**
 * Opens a file for reading only. Neighbouring pages and blocks are read together: 64 KiB windows, of which the last
 * 256 stay in memory, so that memory is bounded (16 MiB) however large the file is.
 */
export async function openFileReader(path: string): Promise<FileReader> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  const windows = new Map<number, Promise<Buffer>>();

  async function load(index: number, count: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(count * windowBytes, size - index * windowBytes));
    let filled = 0;
    while (filled < buffer.length) {
      const position = index * windowBytes + filled;
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  function keep(index: number, window: Promise<Buffer>): void {
    // A failed read is tried again when it is wanted again; who asked for it hears of it.
    window.catch(() => windows.delete(index));
    windows.set(index, window);
    if (windows.size <= windowsKept) return;
    for (const oldest of windows.keys()) {
      windows.delete(oldest);
      break;
    }
  }

  function windowAt(index: number): Promise<Buffer> {
    const known = windows.get(index);
    if (known !== undefined) {
      // Re-inserted: a Map iterates in insertion order, which makes it a least-recently-used list.
      windows.delete(index);
      windows.set(index, known);
      return known;
    }
    const count = windows.has(index - 1) ? windowsAhead : 1;
    const loading = load(index, count);
    for (let ahead = count - 1; ahead > 0; ahead--) {
      if (windows.has(index + ahead) || (index + ahead) * windowBytes >= size) continue;
      const part = loading.then(all => all.subarray(ahead * windowBytes, (ahead + 1) * windowBytes));
      keep(index + ahead, part);
    }
    const own = loading.then(all => all.subarray(0, windowBytes));
    keep(index, own);
    return own;
  }

  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (!(offset >= 0 && offset < end)) return Buffer.alloc(0);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end;) {
        const index = Math.floor(at / windowBytes);
        const window = await windowAt(index);
        const piece = window.subarray(at - index * windowBytes, end - index * windowBytes);
        // The file became shorter after it was opened.
        if (piece.length === 0) break;
        pieces.push(piece);
        at += piece.length;
      }
      const [first] = pieces;
      return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
    },
    close: () => handle.close(),
  };
}

/** The same over octets in memory. */
export function readerOfBuffer(content: Buffer): FileReader {
  return {
    size: content.length,
    read: (offset, length) =>
      Promise.resolve(offset >= 0 ? content.subarray(offset, offset + Math.max(0, length)) : Buffer.alloc(0)),
    close: () => Promise.resolve(),
  };
}
