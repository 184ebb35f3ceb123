import type { FaultPort } from '../ports.ts';
import { AppendFile } from './append-file.ts';
import { mboxPath, resolveIn } from './layout.ts';
import { MboxrdQuoter } from './mboxrd.ts';
import type { MessageStore, StoredPlace } from './message-store.ts';

const LF = 0x0a;
const lineEnd = Buffer.from('\n');

export interface MboxStoreOptions {
  readonly root: string;
  readonly stem: string;
  /** Committed lengths of the parts that exist, first part first. */
  readonly partOctets: readonly number[];
  readonly rollOverOctets: number;
  readonly faults: FaultPort;
}

/**
 * One mboxrd file per folder, in parts. The separator lines and the blank line behind each message are ours and end in
 * LF; the message's own octets keep whatever line ends they came with.
 */
export class MboxStore implements MessageStore {
  private readonly options: MboxStoreOptions;
  private part: number;
  private file: AppendFile | null = null;
  /** Parts filled up in this run whose data still has to be made permanent. */
  private filled: AppendFile[] = [];
  private quoter = new MboxrdQuoter();
  private entryStart = 0;
  private messageStart = 0;
  private endsWithLineEnd = true;

  constructor(options: MboxStoreOptions) {
    this.options = options;
    this.part = Math.max(1, options.partOctets.length);
  }

  async begin(_number: number, internalDate: string | null, announcedSize: number | null): Promise<void> {
    const file = await this.fileFor(announcedSize ?? 0);
    this.entryStart = file.length;
    this.quoter = new MboxrdQuoter();
    // An empty message is followed by its blank line only: it needs no line end of its own.
    this.endsWithLineEnd = true;
    file.push(separatorLine(internalDate));
    this.messageStart = file.length;
  }

  write(piece: Buffer): Promise<void> | undefined {
    const file = this.open();
    if (piece.length > 0) this.endsWithLineEnd = piece[piece.length - 1] === LF;
    for (const quoted of this.quoter.push(piece)) file.push(quoted);
    return file.ready();
  }

  async finish(): Promise<StoredPlace> {
    const file = this.open();
    file.push(this.quoter.end());
    const storedOctets = file.length - this.messageStart;
    if (!this.endsWithLineEnd) file.push(lineEnd);
    file.push(lineEnd);
    await file.ready();
    return { file: mboxPath(this.options.stem, this.part), offset: this.messageStart, storedOctets, end: file.length };
  }

  async discard(): Promise<void> {
    await this.open().cutTo(this.entryStart);
  }

  async sync(): Promise<void> {
    // As of now: a part that is filled while this waits holds messages this does not cover, and stays open for the next.
    const filled = [...this.filled];
    await Promise.all(this.openFiles().map(file => file.sync()));
    await Promise.all(filled.map(file => file.close()));
    this.filled = this.filled.filter(file => !filled.includes(file));
  }

  lengths(): readonly { readonly path: string; readonly octets: number }[] {
    const firstOpen = this.part - this.filled.length;
    return this.openFiles().map((file, index) => ({
      path: mboxPath(this.options.stem, firstOpen + index),
      octets: file.length,
    }));
  }

  async close(): Promise<void> {
    await Promise.all(this.openFiles().map(file => file.close()));
    this.filled = [];
    this.file = null;
  }

  private async fileFor(size: number): Promise<AppendFile> {
    if (this.file !== null && this.file.length > 0 && this.file.length + size > this.options.rollOverOctets) {
      this.filled.push(this.file);
      this.file = null;
      this.part += 1;
    }
    if (this.file === null) {
      const path = resolveIn(this.options.root, mboxPath(this.options.stem, this.part));
      this.file = await AppendFile.open(path, this.options.partOctets[this.part - 1] ?? 0, this.options.faults);
      // A part of an earlier run may be full already.
      return await this.fileFor(size);
    }
    return this.file;
  }

  private openFiles(): AppendFile[] {
    return this.file === null ? this.filled : [...this.filled, this.file];
  }

  private open(): AppendFile {
    if (this.file === null) throw new Error('no message was begun');
    return this.file;
  }
}

function separatorLine(internalDate: string | null): Buffer {
  return Buffer.from(`From - ${asctime(internalDate)}\n`);
}

/** The date form of mbox's `From ` line, in UTC. Without a date the epoch: readers insist on some date there. */
function asctime(internalDate: string | null): string {
  const date = new Date(internalDate ?? 0);
  const [weekday, day, month, year, time] = (Number.isNaN(date.getTime()) ? new Date(0) : date)
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${weekday} ${month} ${day?.replace(/^0/, ' ')} ${time} ${year}`;
}

/** One message as an mboxrd entry, for files outside the archive. */
export async function* mboxEntry(internalDate: string | null, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield separatorLine(internalDate);
  const quoter = new MboxrdQuoter();
  let last = LF;
  for await (const piece of body) {
    last = piece.at(-1) ?? last;
    yield* quoter.push(piece);
  }
  yield quoter.end();
  yield last === LF ? lineEnd : Buffer.from('\n\n');
}
