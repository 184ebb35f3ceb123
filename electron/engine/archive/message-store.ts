/**
 * Where the octets of a folder's messages go. The two ways a person can choose (mbox, EML) implement this; the folder
 * writer drives them. Between `begin` and `finish` or `discard` one message is being written.
 */
export interface MessageStore {
  /** @param announcedSize what the source claims, to roll over in time; may be wrong or null */
  begin(number: number, internalDate: string | null, announcedSize: number | null): Promise<void>;
  /** Resolves when more may come; undefined where there is nothing to wait for. The piece must not change afterwards. */
  write(piece: Buffer): Promise<void> | undefined;
  finish(): Promise<StoredPlace>;
  /** Takes back everything since `begin`. */
  discard(): Promise<void>;
  /** Makes every finished message permanent. Others may be written meanwhile. */
  sync(): Promise<void>;
  /** The files whose committed length a checkpoint must record, with their lengths as of now. */
  lengths(): readonly { readonly path: string; readonly octets: number }[];
  close(): Promise<void>;
}

export interface StoredPlace {
  /** Relative to the archive. */
  readonly file: string;
  readonly offset: number;
  readonly storedOctets: number;
  /** Offset behind everything that belongs to the message: where the next one may begin. */
  readonly end: number;
}
