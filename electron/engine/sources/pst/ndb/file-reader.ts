import { open } from 'node:fs/promises';

/** Positional reading of a file of any size. Buffers handed out are shared and must not be written to. */
export interface FileReader {
  readonly size: number;
  /** The octets at `offset`; fewer than `length` when the file ends before. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

const windowBytes = 64 * 1024;
const windowsKept = 256;

/**
 * Opens a file for reading only. Neighbouring pages and blocks are read together: 64 KiB windows, of which the last
 * 256 stay in memory, so that memory is bounded (16 MiB) however large the file is.
 */
export async function openFileReader(path: string): Promise<FileReader> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  const windows = new Map<number, Promise<Buffer>>();

  async function load(index: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(windowBytes, size - index * windowBytes));
    let filled = 0;
    while (filled < buffer.length) {
      const position = index * windowBytes + filled;
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  function windowAt(index: number): Promise<Buffer> {
    const known = windows.get(index);
    if (known !== undefined) {
      // Re-inserted: a Map iterates in insertion order, which makes it a least-recently-used list.
      windows.delete(index);
      windows.set(index, known);
      return known;
    }
    const loading = load(index);
    loading.catch(() => windows.delete(index));
    windows.set(index, loading);
    if (windows.size > windowsKept) {
      for (const oldest of windows.keys()) {
        windows.delete(oldest);
        break;
      }
    }
    return loading;
  }

  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (offset < 0 || offset >= end) return Buffer.alloc(0);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end;) {
        const index = Math.floor(at / windowBytes);
        const window = await windowAt(index);
        const from = at - index * windowBytes;
        const piece = window.subarray(from, Math.min(window.length, end - index * windowBytes));
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
      Promise.resolve(offset < 0 ? Buffer.alloc(0) : content.subarray(offset, Math.max(offset, offset + length))),
    close: () => Promise.resolve(),
  };
}
