import type { ExportEntry, ExportStream } from './export-entry.ts';
import { MessageSpool } from './message-spool.ts';

/** One container of an export: a tar, or a tree of files. */
export interface ExportPart {
  readonly name: string;
  /** Equal as long as nobody wrote to it. */
  readonly mark: string;
  open(): Promise<ExportStream>;
}

/** Which file of the source, and the place of the entry in it, 0 for the first. */
export interface Place {
  readonly part: number;
  readonly ordinal: number;
}

type Sized = Place & { readonly announcedSize: number | null };

/** How often the reader begins a part anew before it lays the messages out instead. */
const patience = 3;

/**
 * Reads single messages of parts that can only be read forward. It keeps its place from one page of messages to the
 * next, and going back means beginning anew. That is enough for an export folder by folder; one of a whole mailbox has
 * its items in the order of their numbers (Zimbra's ArchiveFormatter searches with SortBy.NONE), all folders mixed, and
 * would be inflated once for each folder. After a few such turns one more pass lays all messages out in a temporary
 * file; where the disk has no room for that, the turns go on.
 */
export class ExportReader {
  readonly #parts: readonly ExportPart[];
  readonly #messages: readonly Sized[];
  #open: { readonly part: number; readonly stream: ExportStream; next: number } | null = null;
  #turns = 0;
  #spool: MessageSpool | null = null;

  /** @param messages everything that may be asked for */
  constructor(parts: readonly ExportPart[], messages: readonly Sized[]) {
    this.#parts = parts;
    this.#messages = messages;
  }

  /** Null when the part ends before it. */
  async body(place: Place, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null> {
    if (!this.#isAhead(place)) {
      this.#turns += 1;
      if (this.#turns === patience) await this.#layOut(signal);
    }
    if (this.#spool?.has(nameOf(place)) === true) return this.#spool.body(nameOf(place));
    return (await this.#entryAt(place, signal))?.body() ?? null;
  }

  async close(): Promise<void> {
    await this.#leave();
    const spool = this.#spool;
    this.#spool = null;
    await spool?.close();
  }

  #isAhead({ part, ordinal }: Place): boolean {
    return this.#open === null || (this.#open.part <= part && (this.#open.part < part || this.#open.next <= ordinal));
  }

  async #entryAt({ part, ordinal }: Place, signal: AbortSignal): Promise<ExportEntry | null> {
    if (this.#open === null || this.#open.part !== part || this.#open.next > ordinal) {
      await this.#leave();
      const stream = await this.#parts[part]?.open();
      if (stream === undefined) return null;
      this.#open = { part, stream, next: 0 };
    }
    for (;;) {
      signal.throwIfAborted();
      const entry = await this.#open.stream.next();
      if (entry === null) return null;
      this.#open.next += 1;
      if (this.#open.next > ordinal) return entry;
    }
  }

  async #layOut(signal: AbortSignal): Promise<void> {
    const octets = this.#messages.reduce((sum, { announcedSize }) => sum + (announcedSize ?? 0), 0);
    const spool = await MessageSpool.create(octets);
    if (spool === null) return;
    const forward = this.#messages.toSorted((a, b) => a.part - b.part || a.ordinal - b.ordinal);
    try {
      await this.#leave();
      for (const message of forward) {
        const entry = await this.#entryAt(message, signal);
        if (entry !== null) await spool.add(nameOf(message), entry.body());
      }
      this.#spool = spool;
    } catch (error) {
      await spool.close();
      signal.throwIfAborted();
      // The disk filled up after all: nothing is lost but time.
      if (!isDiskFull(error)) throw error;
    } finally {
      await this.#leave();
    }
  }

  async #leave(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.stream.close();
  }
}

function nameOf({ part, ordinal }: Place): string {
  return `${part}:${ordinal}`;
}

function isDiskFull(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'EFBIG')
  );
}
