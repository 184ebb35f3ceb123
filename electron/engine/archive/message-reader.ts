import type { FileHandle } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import type { ArchiveFiles } from './archive.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import type { ArchivedMessage } from './catalogue/message-table.ts';
import { emlPath, resolveIn } from './layout.ts';
import { openStored, readFrom } from './read-stored.ts';

interface OpenFile {
  readonly path: string;
  readonly handle: Promise<FileHandle>;
  /** Bodies being read from it. */
  readers: number;
}

/**
 * Reads messages of one archive, one after the other or several at a time, keeping the mbox file open that was read
 * last: messages are read mostly in the order they lie in. Another is closed as soon as nobody reads from it, for a
 * mailbox may have more folders than a process may have files open.
 */
export class MessageReader {
  private readonly archive: ArchiveFiles;
  private readonly paths = new Map<number, string>();
  private readonly files = new Set<OpenFile>();
  private last: OpenFile | null = null;

  constructor(archive: ArchiveFiles) {
    this.archive = archive;
  }

  /** Archive-relative path of the file that holds the message. */
  fileOf(folder: ArchivedFolder, message: ArchivedMessage): string {
    if (message.fileId === null) return emlPath(folder.stem, message.number);
    let path = this.paths.get(message.fileId);
    if (path === undefined) {
      const { db } = this.archive.catalogue;
      const found = db.prepare('SELECT path FROM files WHERE id = ?').pluck().get(message.fileId);
      if (typeof found !== 'string') throw new TravasoError('ARCHIVE_CATALOGUE_DAMAGED', { path: this.archive.root });
      path = found;
      this.paths.set(message.fileId, path);
    }
    return path;
  }

  async *body(folder: ArchivedFolder, message: ArchivedMessage): AsyncGenerator<Buffer> {
    const path = resolveIn(this.archive.root, this.fileOf(folder, message));
    if (message.fileId === null) {
      const handle = await openStored(path);
      try {
        yield* readFrom(handle, path, message);
      } finally {
        await handle.close();
      }
      return;
    }
    const before = this.last;
    const file = before?.path === path ? before : { path, handle: openStored(path), readers: 0 };
    this.last = file;
    this.files.add(file);
    file.readers += 1;
    try {
      const [handle] = await Promise.all([file.handle, before === null ? undefined : this.closeIfIdle(before)]);
      yield* readFrom(handle, path, message);
    } catch (error) {
      // Whatever was wrong with the file, the next message opens it afresh.
      if (this.last === file) this.last = null;
      throw error;
    } finally {
      file.readers -= 1;
      await this.closeIfIdle(file);
    }
  }

  /** The header section with the blank line, at most `limit` octets of it. */
  async header(folder: ArchivedFolder, message: ArchivedMessage, limit = 256 * 1024): Promise<Buffer> {
    let seen = Buffer.alloc(0);
    for await (const piece of this.body(folder, message)) {
      seen = Buffer.concat([seen, piece]);
      const end = /\r?\n\r?\n/.exec(seen.toString('latin1'));
      if (end !== null) return seen.subarray(0, end.index + end[0].length);
      if (seen.length >= limit) return seen.subarray(0, limit);
    }
    return seen;
  }

  async close(): Promise<void> {
    this.last = null;
    await Promise.all([...this.files].map(file => this.closeFile(file)));
  }

  private async closeIfIdle(file: OpenFile): Promise<void> {
    if (file !== this.last && file.readers === 0) await this.closeFile(file);
  }

  private async closeFile(file: OpenFile): Promise<void> {
    if (!this.files.delete(file)) return;
    const handle = await file.handle.catch(() => null);
    await handle?.close();
  }
}
