/** What the sources need of a library that reads ZIP files. Sizes are the directory's word and may lie. */
export interface ZipFile {
  /** The entries of the central directory, in its order. */
  entries(): AsyncIterable<ZipEntry>;
  /** The inflated octets of one entry. Throws when they are not what the directory says. */
  read(entry: ZipEntry): Promise<AsyncIterable<Buffer>>;
  close(): Promise<void>;
}

export interface ZipEntry {
  /** As it stands in the directory, with `/` between the parts; a folder ends with one. */
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly modified: Date | null;
  readonly encrypted: boolean;
  /** A symbolic link by its Unix mode. */
  readonly link: boolean;
}

export type OpenZip = (path: string) => Promise<ZipFile>;
