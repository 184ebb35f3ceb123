import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TravasoError } from '../../../shared/errors.ts';
import type { FaultPort } from '../ports.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory } from './durable-file.ts';

/** Pieces are gathered into blocks of this many octets, one call of the operating system each. */
const blockOctets = 256 * 1024;
/** More than this many octets waiting for the disk hold back the writer: memory does not grow with a slow disk. */
const waitingOctets = 32 * blockOctets;

/**
 * A file that only grows, except that a torn end can be cut off. Writes go out in the background; `sync` makes all
 * that was appended permanent. The first failure sticks: every later call reports it, so that none can pretend.
 */
export class AppendFile {
  readonly path: string;
  private readonly handle: FileHandle;
  private readonly faults: FaultPort;
  private appended: number;
  private written: number;
  /**
   * Copied, not kept: a piece is a slice of what a socket delivered, and slices that wait for the disk keep their socket
   * buffers alive long enough to become old ones, which the collector frees late. Null while nothing waits.
   */
  private block: Buffer | null = null;
  private blockLength = 0;
  private writing: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;

  private constructor(path: string, handle: FileHandle, length: number, faults: FaultPort) {
    this.path = path;
    this.handle = handle;
    this.appended = length;
    this.written = length;
    this.faults = faults;
  }

  /**
   * @param length the octets that count; whatever the file holds beyond them is a torn end of an earlier run
   */
  static async open(path: string, length: number, faults: FaultPort): Promise<AppendFile> {
    const handle = await onDisk(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      return await openOrCreate(path);
    });
    const file = new AppendFile(path, handle, length, faults);
    try {
      await file.cutTo(length);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return file;
  }

  /** Octets appended so far, written or not. */
  get length(): number {
    return this.appended;
  }

  /** Appends a copy of the piece. Follow with `await ready()` before much more. */
  push(piece: Buffer): void {
    this.throwIfFailed();
    this.appended += piece.length;
    for (let from = 0; from < piece.length;) {
      this.block ??= Buffer.allocUnsafeSlow(blockOctets);
      const copied = piece.copy(this.block, this.blockLength, from);
      from += copied;
      this.blockLength += copied;
      if (this.blockLength === blockOctets) this.startWriting();
    }
  }

  /** A promise when the disk has to catch up before more is pushed; undefined, at no cost, most of the time. */
  ready(): Promise<void> | undefined {
    return this.appended - this.written > waitingOctets ? this.drain() : undefined;
  }

  /** Makes everything appended before this call permanent. Appending may go on meanwhile. */
  async sync(): Promise<void> {
    await this.drain();
    this.faults.reached('archive.sync', 'before');
    await onDisk(this.path, () => this.handle.datasync());
    this.faults.reached('archive.sync', 'after');
  }

  /**
   * Forgets everything behind `length`: a message that broke off, or the torn end that a crash left.
   *
   * @throws ARCHIVE_DAMAGED when the file is shorter: truncating would fill it up with zeros
   */
  async cutTo(length: number): Promise<void> {
    await this.drain();
    const { size } = await onDisk(this.path, () => this.handle.stat());
    if (size === length) {
      this.appended = length;
      this.written = length;
      return;
    }
    if (size < length) throw new TravasoError('ARCHIVE_DAMAGED', { file: this.path, octets: size, expected: length });
    this.faults.reached('archive.truncate', 'before');
    await onDisk(this.path, () => this.handle.truncate(length));
    this.faults.reached('archive.truncate', 'after');
    this.appended = length;
    this.written = length;
  }

  /** Closes without making anything permanent: what was not synced does not count. */
  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    await this.handle.close();
  }

  private async drain(): Promise<void> {
    this.startWriting();
    await this.writing;
    this.throwIfFailed();
  }

  private startWriting(): void {
    if (this.block === null) return;
    const octets = this.block.subarray(0, this.blockLength);
    this.block = null;
    this.blockLength = 0;
    this.writing = this.writing.then(async () => {
      if (this.failure !== null) return;
      try {
        this.faults.reached('archive.write', 'before');
        await onDisk(this.path, () => this.writeAll(octets));
        this.faults.reached('archive.write', 'after');
      } catch (error) {
        this.failure = { error };
      }
    });
  }

  /** One call may write only part of it, on a disk that is nearly full. */
  private async writeAll(octets: Buffer): Promise<void> {
    for (let done = 0; done < octets.length;) {
      const { bytesWritten } = await this.handle.write(octets, done, octets.length - done, this.written);
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }

  private throwIfFailed(): void {
    if (this.failure !== null) throw this.failure.error;
  }
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const handle = await open(path, 'wx+');
    await syncDirectory(dirname(path));
    return handle;
  }
}
