import { open } from 'node:fs/promises';

/** Positional reading of a file of any size. */
export interface FileReader {
  readonly size: number;
  /** The octets at `offset`, which are the caller's own; fewer than `length` when the file ends before. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

const windowBytes = 64 * 1024;
const windowsKept = 256;
/** Windows read in one go for someone who reads on from the one before. */
const windowsAhead = 4;

interface Window {
  readonly octets: Buffer;
  /** Octets filled; less than the window at the end of the file. */
  bytes: number;
  /** Null once filled. */
  loading: Promise<void> | null;
  /** Readers that will copy from it; as long as there are any its octets must not be used for another place. */
  users: number;
}

/**
 * Opens a file for reading only. Neighbouring pages and blocks are read together, in windows of 64 KiB. The last 256
 * stay in memory and are used over and over, so that memory is bounded (16 MiB) however large the file is.
 */
export async function openFileReader(path: string): Promise<FileReader> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  const windows = new Map<number, Window>();
  const spare: Buffer[] = [];

  async function fill(position: number, loaded: readonly Window[]): Promise<void> {
    let filled = 0;
    const wanted = Math.min(loaded.length * windowBytes, size - position);
    while (filled < wanted) {
      const from = Math.floor(filled / windowBytes);
      const rest = loaded.slice(from).map(({ octets }) => octets);
      const views = [rest[0]?.subarray(filled % windowBytes) ?? Buffer.alloc(0), ...rest.slice(1)];
      const { bytesRead } = await handle.readv(views, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    for (const [at, window] of loaded.entries()) {
      window.bytes = Math.min(Math.max(0, filled - at * windowBytes), windowBytes);
      window.loading = null;
    }
  }

  /** Makes room for `count` windows, of those that nobody is about to copy from. */
  function evict(count: number): void {
    for (const [index, { octets, users, loading }] of windows) {
      if (windows.size + count <= windowsKept) return;
      if (users > 0 || loading !== null) continue;
      windows.delete(index);
      spare.push(octets);
    }
  }

  function windowAt(index: number): Window {
    const known = windows.get(index);
    if (known !== undefined) {
      // Re-inserted: a Map iterates in insertion order, which makes it a least-recently-used list.
      windows.delete(index);
      windows.set(index, known);
      return known;
    }
    let count = 1;
    const most = windows.has(index - 1) ? windowsAhead : 1;
    while (count < most && !windows.has(index + count) && (index + count) * windowBytes < size) count++;
    evict(count);
    const create = (): Window => ({
      octets: spare.pop() ?? Buffer.allocUnsafeSlow(windowBytes),
      bytes: 0,
      loading: null,
      users: 0,
    });
    const first = create();
    const loaded = [first, ...Array.from({ length: count - 1 }, create)];
    const loading = fill(index * windowBytes, loaded).catch((error: unknown) => {
      // Tried again when it is wanted again; who waits for it now hears of it.
      for (let at = 0; at < count; at++) windows.delete(index + at);
      throw error;
    });
    // Nobody may be waiting for the windows read ahead.
    loading.catch(() => undefined);
    for (const [at, window] of loaded.entries()) {
      window.loading = loading;
      windows.set(index + at, window);
    }
    return first;
  }

  return {
    size,
    async read(offset, length) {
      const end = Math.min(offset + length, size);
      if (!(offset >= 0 && offset < end)) return Buffer.alloc(0);
      const out = Buffer.allocUnsafe(end - offset);
      for (let at = offset; at < end;) {
        const index = Math.floor(at / windowBytes);
        const window = windowAt(index);
        window.users++;
        try {
          if (window.loading !== null) await window.loading;
          const from = at - index * windowBytes;
          const to = Math.min(window.bytes, end - index * windowBytes);
          // The file became shorter after it was opened.
          if (to <= from) return out.subarray(0, at - offset);
          at += window.octets.copy(out, at - offset, from, to);
        } finally {
          window.users--;
        }
      }
      return out;
    },
    close: () => handle.close(),
  };
}

/** The same over octets in memory. */
export function readerOfBuffer(content: Buffer): FileReader {
  return {
    size: content.length,
    read: (offset, length) =>
      Promise.resolve(Buffer.from(offset >= 0 ? content.subarray(offset, offset + Math.max(0, length)) : '')),
    close: () => Promise.resolve(),
  };
}
