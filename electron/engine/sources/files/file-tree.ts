import type { Problem } from '../../../../shared/errors.ts';

/**
 * Files to read mail from, wherever they lie: a folder of the disk, one file of it, or a ZIP. Nothing here can write.
 */
export interface FileTree {
  /** For people: the last part of the path that was chosen. */
  readonly name: string;
  /** The tree is one single file of the disk. */
  readonly isFile: boolean;
  /** Everything below, in an order that is the same at each call. Links are named in `problems` and not followed. */
  list(signal: AbortSignal): Promise<TreeListing>;
  close(): Promise<void>;
}

export interface TreeListing {
  readonly files: readonly TreeFile[];
  /** Folders below the root, outermost first, also those without files. */
  readonly folders: readonly (readonly string[])[];
  readonly problems: readonly Problem[];
}

export interface TreeFile {
  /** Below the root; the name alone when the root is this file. */
  readonly path: readonly string[];
  /** Octets, when it was listed. */
  readonly size: number;
  readonly modified: Date | null;
  open(): Promise<OpenFile>;
}

export interface OpenFile {
  /** False where going back means reading again from the start (a compressed file). */
  readonly randomAccess: boolean;
  /** A buffer of its own, shorter than `length` only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
  /** Whether somebody wrote to the file since it was listed: what is known of it is void then. */
  changed(): Promise<boolean>;
  close(): Promise<void>;
}

const pieceOctets = 256 * 1024;

/** The octets from `start` up to, not including, `end`. Ends early where the file does. */
export async function* octetsOf(file: OpenFile, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end;) {
    const piece = await file.read(position, Math.min(pieceOctets, end - position));
    if (piece.length === 0) return;
    position += piece.length;
    yield piece;
  }
}

/** The first octets of a file, at most `length`. */
export async function headOf(file: TreeFile, length: number): Promise<Buffer> {
  const opened = await file.open();
  try {
    return await opened.read(0, Math.min(length, file.size));
  } finally {
    await opened.close();
  }
}

/** A mark that is equal as long as nobody wrote to the file. */
export function fileMark(file: TreeFile): string {
  return `${file.size}-${file.modified?.getTime() ?? ''}`;
}
