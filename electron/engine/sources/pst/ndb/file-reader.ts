import { closeSync, fstatSync, openSync, readSync, readvSync } from 'node:fs';

/** Positional reading of a file of any size. */
export interface FileReader {
  readonly size: number;
  /**
   * The octets at `offset`; fewer than `length` when the file ends before. They are shared, not to be written to, and
   * good until some hundreds more were read: copy what stays.
   */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

const windowBytes = 64 * 1024;
const windowsKept = 256;
/** Windows read in one go for someone who reads on from the one before. */
const windowsAhead = 4;

/**
 * Opens a file for reading only. Reads hold up whoever asks, and with it the thread: a PST is read on a thread of its
 * own, where going by way of the thread pool costs more than the reading itself. Neighbouring pages and blocks are read together: 64 KiB windows, of which the last
 * 256 stay in memory, so that memory is bounded (16 MiB) however large the file is.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- likewise
export async function openFileReader(path: string, onRead: () => void = () => undefined): Promise<FileReader> {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  const windows = new Map<number, Buffer>();
  /** Memory of windows that were given up. New memory for each would have the collector run for it all the time. */
  const free: ArrayBuffer[] = [];

  function load(index: number, count: number): readonly Buffer[] {
    const start = index * windowBytes;
    const buffers = Array.from({ length: count }, (_, ahead) => {
      const length = Math.min(windowBytes, size - start - ahead * windowBytes);
      return Buffer.from(free.pop() ?? new ArrayBuffer(windowBytes), 0, Math.max(0, length));
    }).filter(({ length }) => length > 0);
    let filled = readvSync(handle, buffers, start);
    onRead();
    return buffers.map((buffer, ahead) => {
      let own = Math.max(0, Math.min(buffer.length, filled - ahead * windowBytes));
      while (own < buffer.length) {
        const more = readSync(handle, buffer, own, buffer.length - own, start + ahead * windowBytes + own);
        onRead();
        if (more === 0) break;
        own += more;
      }
      filled = Math.max(filled, ahead * windowBytes + own);
      return buffer.subarray(0, own);
    });
  }

  function keep(index: number, window: Buffer): void {
    windows.set(index, window);
    if (windows.size <= windowsKept) return;
    for (const [oldest, { buffer }] of windows) {
      windows.delete(oldest);
      if (buffer.byteLength === windowBytes) free.push(buffer as ArrayBuffer);
      break;
    }
  }

  function windowAt(index: number): Buffer {
    const known = windows.get(index);
    if (known !== undefined) {
      // Re-inserted: a Map iterates in insertion order, which makes it a least-recently-used list.
      windows.delete(index);
      windows.set(index, known);
      return known;
    }
    const count = windows.has(index - 1) ? windowsAhead : 1;
    const [own = Buffer.alloc(0), ...others] = load(index, count);
    for (const [ahead, window] of others.entries()) {
      if (windows.has(index + 1 + ahead)) free.push(window.buffer as ArrayBuffer);
      else keep(index + 1 + ahead, window);
    }
    keep(index, own);
    return own;
  }

  function read(offset: number, length: number): Buffer {
    const end = Math.min(offset + length, size);
    if (!(offset >= 0 && offset < end)) return Buffer.alloc(0);
    const pieces: Buffer[] = [];
    for (let at = offset; at < end;) {
      const index = Math.floor(at / windowBytes);
      const window = windowAt(index);
      const piece = window.subarray(at - index * windowBytes, end - index * windowBytes);
      // The file became shorter after it was opened.
      if (piece.length === 0) break;
      pieces.push(piece);
      at += piece.length;
    }
    const [first] = pieces;
    return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
  }

  return {
    size,
    // eslint-disable-next-line @typescript-eslint/require-await -- a reader may also have to wait
    read: async (offset, length) => read(offset, length),
    // eslint-disable-next-line @typescript-eslint/require-await -- likewise
    close: async () => {
      closeSync(handle);
    },
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
