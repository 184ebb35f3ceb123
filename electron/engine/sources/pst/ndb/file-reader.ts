import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Positional reading of a file of any size. */
export interface FileReader {
  readonly size: number;
  /** Fills `target` with the octets at `offset`. Returns how many: fewer when the file ends before. */
  read(offset: number, target: Buffer): number;
  close(): void;
}

const windowBytes = 16 * 1024;
/** A power of two. */
const windowsKept = 256;
/** Windows read in one go for someone who reads on from the one before. */
const windowsAhead = 8;

/** Not by `%`, which takes its time with numbers that are no small integers. */
function placeOf(index: number): number {
  return index & (windowsKept - 1);
}

/**
 * Opens a file for reading only. Reads hold up whoever asks, and with it the thread: a PST is read on a thread of its
 * own, where going by way of the thread pool costs more than the reading itself. Neighbouring pages and blocks are read
 * together: windows of 16 KiB, small enough that the large attachments between them are left alone while a file is
 * listed. Each window has one place in memory where it may stand, so that memory is bounded (4 MiB) however large the
 * file is, nothing is given out or collected, and neighbours stand side by side.
 *
 * @param onRead called whenever the disk has given something
 */
export function openFileReader(path: string, onRead: () => void = () => undefined): FileReader {
  const handle = openSync(path, 'r');
  const { size } = fstatSync(handle);
  const memory = Buffer.allocUnsafeSlow(windowsKept * windowBytes);
  /** Which window stands in a place, and how many octets of it. */
  const standing = new Float64Array(windowsKept).fill(-1);
  const filled = new Int32Array(windowsKept);

  /** Fills places from that of window `index` on. Fewer octets than asked for mean that the file has become shorter. */
  function load(index: number, count: number): void {
    const place = placeOf(index);
    const windows = Math.min(count, windowsKept - place);
    for (let ahead = 0; ahead < windows; ahead++) standing[place + ahead] = -1;
    const start = index * windowBytes;
    const wanted = Math.min(windows * windowBytes, size - start);
    let bytes = 0;
    while (bytes < wanted) {
      const more = readSync(handle, memory, place * windowBytes + bytes, wanted - bytes, start + bytes);
      onRead();
      if (more === 0) break;
      bytes += more;
    }
    for (let ahead = 0; ahead < windows && start + ahead * windowBytes < size; ahead++) {
      standing[place + ahead] = index + ahead;
      filled[place + ahead] = Math.max(0, Math.min(windowBytes, bytes - ahead * windowBytes));
    }
  }

  return {
    size,
    read(offset, target) {
      const end = Math.min(offset + target.length, size);
      if (!(offset >= 0 && offset < end)) return 0;
      let at = offset;
      while (at < end) {
        const index = Math.floor(at / windowBytes);
        const place = placeOf(index);
        if (standing[place] !== index) load(index, standing[placeOf(index - 1)] === index - 1 ? windowsAhead : 1);
        const inside = at - index * windowBytes;
        const until = Math.min(filled[place] ?? 0, inside + end - at);
        if (until <= inside) break;
        const from = place * windowBytes;
        memory.copy(target, at - offset, from + inside, from + until);
        at += until - inside;
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
