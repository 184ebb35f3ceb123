import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FaultPort } from '../ports.ts';
import { onDisk } from './disk-problem.ts';
import { syncDirectory } from './durable-file.ts';

/** Pieces are gathered to this many octets before the operating system is called. */
const writeOctets = 1024 * 1024;
/** More than this many octets waiting for the disk hold back the writer: memory does not grow with a slow disk. */
const waitingOctets = 8 * writeOctets;

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
  private waiting: Buffer[] = [];
  private waitingLength = 0;
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
    await file.cutTo(length);
    return file;
  }

  /** Octets appended so far, written or not. */
  get length(): number {
    return this.appended;
  }

  /** Appends; the piece must not be changed afterwards. Follow with `await ready()` before much more. */
  push(piece: Buffer): void {
    this.throwIfFailed();
    this.waiting.push(piece);
    this.waitingLength += piece.length;
    this.appended += piece.length;
    if (this.waitingLength >= writeOctets) this.startWriting();
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

  /** Forgets everything behind `length`: a message that broke off, or the torn end that a crash left. */
  async cutTo(length: number): Promise<void> {
    await this.drain();
    const { size } = await onDisk(this.path, () => this.handle.stat());
    if (size === length) {
      this.appended = length;
      this.written = length;
      return;
    }
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
    if (this.waitingLength > 0) this.startWriting();
    await this.writing;
    this.throwIfFailed();
  }

  private startWriting(): void {
    const pieces = this.waiting;
    this.waiting = [];
    this.waitingLength = 0;
    this.writing = this.writing.then(async () => {
      if (this.failure !== null) return;
      try {
        this.faults.reached('archive.write', 'before');
        await onDisk(this.path, () => this.writeAll(pieces));
        this.faults.reached('archive.write', 'after');
      } catch (error) {
        this.failure = { error };
      }
    });
  }

  private async writeAll(pieces: readonly Buffer[]): Promise<void> {
    // writev takes at most IOV_MAX (1024 on Linux) pieces and may write only part of them on a full disk.
    for (let first = 0; first < pieces.length; first += 512) {
      const group = pieces.slice(first, first + 512);
      const wanted = group.reduce((sum, piece) => sum + piece.length, 0);
      const { bytesWritten } = await this.handle.writev(group, this.written);
      this.written += bytesWritten;
      if (bytesWritten < wanted) await this.writeRest(Buffer.concat(group).subarray(bytesWritten));
    }
  }

  private async writeRest(rest: Buffer): Promise<void> {
    for (let done = 0; done < rest.length;) {
      const { bytesWritten } = await this.handle.write(rest, done, rest.length - done, this.written);
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
