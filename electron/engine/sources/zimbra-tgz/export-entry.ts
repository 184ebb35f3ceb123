/** One file in an export, whatever holds it: a tar or a ZIP. */
export interface ExportEntry {
  readonly path: string;
  readonly isFile: boolean;
  readonly isFolder: boolean;
  /** What the container says; a file that was cut off has less. */
  readonly size: number;
  readonly modified: Date | null;
  /** Where no `.meta` tells more. */
  readonly unread: boolean;
  /** Once, and before the next entry is asked for. */
  body(): AsyncIterable<Buffer>;
}

export interface ExportStream {
  /** The next entry, null behind the last. What is left of the one before is skipped. */
  next(): Promise<ExportEntry | null>;
  /** Known when `next` has returned null. */
  readonly damage: 'cut-off' | 'corrupt' | null;
  close(): Promise<void>;
}
