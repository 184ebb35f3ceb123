import type { FileHandle } from 'node:fs/promises';
import { TravasoError } from '../../../shared/errors.ts';
import type { ArchiveFiles } from './archive.ts';
import type { ArchivedFolder } from './catalogue/folder-table.ts';
import type { ArchivedMessage } from './catalogue/message-table.ts';
import { emlPath, resolveIn } from './layout.ts';
import { openStored, readFrom } from './read-stored.ts';

/**
 * Reads messages of one archive, one after the other or several at a time, keeping the mbox file open that was read
 * last: messages are read mostly in the order they lie in.
 */
export class MessageReader {
  private readonly archive: ArchiveFiles;
  private readonly paths = new Map<number, string>();
  private open: { readonly path: string; readonly handle: Promise<FileHandle> } | null = null;
  private readonly retired: Promise<FileHandle>[] = [];

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
    if (this.open?.path !== path) {
      // Another body may still be read from the file before: it is closed with the reader.
      if (this.open !== null) this.retired.push(this.open.handle);
      this.open = { path, handle: openStored(path) };
    }
    yield* readFrom(await this.open.handle, path, message);
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
    const handles = this.open === null ? this.retired : [...this.retired, this.open.handle];
    this.open = null;
    for (const handle of await Promise.allSettled(handles)) {
      if (handle.status === 'fulfilled') await handle.value.close();
    }
  }
}
