import { closeSync, fstatSync, openSync, readSync, readvSync } from 'node:fs';

/** Positional reading of a file of any size. */
export interface FileReader {
  readonly size: number;
  /** Fills `target` with the octets at `offset`. Returns how many: fewer when the file ends before. */
  read(offset: number, target: Buffer): number;
  close(): void;
}

const windowBytes = 16 * 1024;
const windowsKept = 512;
/** Windows read in one go for someone who reads on from the one before. */
const windowsAhead = 8;

/**
 * Opens a file for reading only. Reads hold up whoever asks, and with it the thread: a PST is read on a thread of its
 * own, where going by way of the thread pool costs more than the reading itself. Neighbouring pages and blocks are read
 * together: windows of 16 KiB, small enough that the large attachments between them are left alone while a file is
 * listed. The last 512 stay in memory, so that memory is bounded (8 MiB) however large the file is.
 *
 * @param onRead called whenever the disk has given something
 */
export function openFileReader(path: string, onRead: () => void = () => undefined): FileReader {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  const windows = new Map<number, Buffer>();
  /** Memory of windows that were given up. New memory for each would have the collector run for it all the time. */
  const free: Buffer[] = [];
  let last: { readonly index: number; readonly window: Buffer } | null = null;

  function load(index: number, count: number): readonly Buffer[] {
    const start = index * windowBytes;
    const buffers: Buffer[] = [];
    for (let at = start; buffers.length < count && at < size; at += windowBytes) {
      buffers.push((free.pop() ?? Buffer.allocUnsafeSlow(windowBytes)).subarray(0, Math.min(windowBytes, size - at)));
    }
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

  function release(window: Buffer): void {
    free.push(Buffer.from(window.buffer as ArrayBuffer));
  }

  function keep(index: number, window: Buffer): void {
    windows.set(index, window);
    if (windows.size <= windowsKept) return;
    for (const [oldest, given] of windows) {
      windows.delete(oldest);
      if (last?.index === oldest) last = null;
      release(given);
      break;
    }
  }

  function windowAt(index: number): Buffer {
    if (last?.index === index) return last.window;
    let own = windows.get(index);
    if (own !== undefined) {
      // Re-inserted: a Map iterates in insertion order, which makes it a least-recently-used list.
      windows.delete(index);
      windows.set(index, own);
    } else {
      const [first = Buffer.alloc(0), ...others] = load(index, windows.has(index - 1) ? windowsAhead : 1);
      own = first;
      for (const [ahead, window] of others.entries()) {
        if (windows.has(index + 1 + ahead)) release(window);
        else keep(index + 1 + ahead, window);
      }
      keep(index, own);
    }
    last = { index, window: own };
    return own;
  }

  return {
    size,
    read(offset, target) {
      const end = Math.min(offset + target.length, size);
      if (!(offset >= 0 && offset < end)) return 0;
      let at = offset;
      while (at < end) {
        const index = Math.floor(at / windowBytes);
        const inside = at - index * windowBytes;
        const copied = windowAt(index).copy(target, at - offset, inside, inside + end - at);
        // The file became shorter after it was opened.
        if (copied === 0) break;
        at += copied;
      }
      return at - offset;
    },
    close: () => {
      closeSync(handle);
    },
  };
}

/** The same over octets in memory. */
export function readerOfBuffer(content: Buffer): FileReader {
  return {
    size: content.length,
    read: (offset, target) => (offset >= 0 && offset < content.length ? content.copy(target, 0, offset) : 0),
    close: () => undefined,
  };
}
