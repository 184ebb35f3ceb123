import { TravasoError } from '../../../../shared/errors.ts';

/** A storage of a compound file ([MS-CFB]): streams and storages by their names. */
export interface CompoundStorage {
  /** The octets of a stream; null when there is none of that name. Throws `SOURCE_FILE_DAMAGED`. */
  stream(name: string): Buffer | null;
  streamNames(): readonly string[];
  storage(name: string): CompoundStorage | null;
  storageNames(): readonly string[];
}

/** [MS-CFB] 2.2: the signature every compound file begins with. */
export const compoundMagic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
export const compoundHeaderOctets = 512;

/** [MS-CFB] 2.1: sector numbers above this mark free sectors, ends of chains and the like. */
const lastSector = 0xfffffffa;
const noStream = 0xffffffff;
const entryOctets = 128;
const kinds = { storage: 1, stream: 2, root: 5 };
/** Outlook makes some dozens of streams of a message; a file that names more was made to do harm. */
const mostEntries = 200_000;

interface Entry {
  readonly name: string;
  readonly kind: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

interface CompoundHeader {
  readonly sectorOctets: number;
  readonly miniOctets: number;
  readonly firstDirectory: number;
  readonly miniCutoff: number;
  readonly firstMiniTable: number;
  readonly firstTableList: number;
}

/** Where the directory begins, in octets; null for what is no compound file. */
export function directoryStart(head: Buffer): number | null {
  if (head.length < compoundHeaderOctets || !head.subarray(0, compoundMagic.length).equals(compoundMagic)) return null;
  const { sectorOctets, firstDirectory } = readHeader(head);
  return (firstDirectory + 1) * sectorOctets;
}

/**
 * Opens a compound file that is in memory. Chains of sectors and trees of names are followed as far as the file is long
 * and no step further: no loop in them can hold the reader up. Throws `SOURCE_FILE_DAMAGED`.
 */
export function openCompoundFile(octets: Buffer): CompoundStorage {
  if (directoryStart(octets) === null) throw broken();
  const header = readHeader(octets);
  const { sectorOctets, miniOctets } = header;
  const sector = (number: number): Buffer => {
    const start = (number + 1) * sectorOctets;
    if (start >= octets.length) throw broken();
    return octets.subarray(start, start + sectorOctets);
  };
  const table = readTable(octets, header, sector);
  const chain = (first: number, links: readonly number[]): number[] => {
    const found: number[] = [];
    for (let at = first; at <= lastSector; at = links[at] ?? noStream) {
      if (found.length > links.length) throw broken();
      found.push(at);
    }
    return found;
  };
  const read = (first: number): Buffer => Buffer.concat(chain(first, table).map(sector));

  const entries = readDirectory(read(header.firstDirectory));
  const [root] = entries;
  if (root?.kind !== kinds.root) throw broken();
  const miniStream = root.start > lastSector ? Buffer.alloc(0) : read(root.start);
  const miniTable = header.firstMiniTable > lastSector ? [] : numbersIn(read(header.firstMiniTable));
  const contentOf = ({ start, size }: Entry): Buffer => {
    if (size === 0) return Buffer.alloc(0);
    if (size > octets.length) throw broken();
    const content =
      size >= header.miniCutoff
        ? read(start)
        : Buffer.concat(chain(start, miniTable).map(at => miniStream.subarray(at * miniOctets, (at + 1) * miniOctets)));
    if (content.length < size) throw broken();
    return content.subarray(0, size);
  };

  const storageOf = (entry: Entry): CompoundStorage => {
    const below = childrenOf(entries, entry.child);
    const named = (kind: number, name: string): Entry | undefined =>
      below.find(each => each.kind === kind && each.name.toLowerCase() === name.toLowerCase());
    const names = (kind: number): string[] => below.filter(each => each.kind === kind).map(({ name }) => name);
    return {
      stream: name => {
        const found = named(kinds.stream, name);
        return found === undefined ? null : contentOf(found);
      },
      streamNames: () => names(kinds.stream),
      storage: name => {
        const found = named(kinds.storage, name);
        return found === undefined ? null : storageOf(found);
      },
      storageNames: () => names(kinds.storage),
    };
  };
  return storageOf(root);
}

function readHeader(octets: Buffer): CompoundHeader {
  const shift = octets.readUInt16LE(30);
  // Version 3 has sectors of 512 octets, version 4 of 4096; nothing else is allowed.
  if ((shift !== 9 && shift !== 12) || octets.readUInt16LE(32) !== 6) throw broken();
  return {
    sectorOctets: 1 << shift,
    miniOctets: 64,
    firstDirectory: octets.readUInt32LE(48),
    miniCutoff: octets.readUInt32LE(56),
    firstMiniTable: octets.readUInt32LE(60),
    firstTableList: octets.readUInt32LE(68),
  };
}

/** The file allocation table: its first 109 sectors are named in the header, the others in a chain of lists. */
function readTable(octets: Buffer, header: CompoundHeader, sector: (number: number) => Buffer): number[] {
  const sectors = numbersIn(octets.subarray(76, compoundHeaderOctets));
  const seen = new Set<number>();
  for (let at = header.firstTableList; at <= lastSector && !seen.has(at);) {
    seen.add(at);
    const list = numbersIn(sector(at));
    at = list.pop() ?? noStream;
    for (const number of list) sectors.push(number);
  }
  const links: number[] = [];
  // A sector that is named twice would make the table longer than the file.
  for (const number of new Set(sectors)) {
    if (number > lastSector) continue;
    for (const link of numbersIn(sector(number))) links.push(link);
  }
  return links;
}

function numbersIn(octets: Buffer): number[] {
  return Array.from({ length: octets.length >> 2 }, (_, index) => octets.readUInt32LE(index * 4));
}

function readDirectory(octets: Buffer): readonly Entry[] {
  const count = Math.min(Math.floor(octets.length / entryOctets), mostEntries);
  return Array.from({ length: count }, (_, index): Entry => {
    const at = index * entryOctets;
    const nameOctets = Math.min(Math.max(0, octets.readUInt16LE(at + 64) - 2), 62) & ~1;
    return {
      name: octets.toString('utf16le', at, at + nameOctets),
      kind: octets[at + 66] ?? 0,
      left: octets.readUInt32LE(at + 68),
      right: octets.readUInt32LE(at + 72),
      child: octets.readUInt32LE(at + 76),
      start: octets.readUInt32LE(at + 116),
      // The high half counts in version 4 only, and no message is that large.
      size: octets.readUInt32LE(at + 120),
    };
  });
}

/** The entries of the tree below `top`, in the order of their names. Each counts once, so a cycle ends. */
function childrenOf(entries: readonly Entry[], top: number): readonly Entry[] {
  const found: Entry[] = [];
  const seen = new Set<number>();
  const open = [top];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entry = entries[at];
    if (entry === undefined || seen.has(at)) continue;
    seen.add(at);
    if (entry.kind === kinds.storage || entry.kind === kinds.stream) found.push(entry);
    open.push(entry.left, entry.right);
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function broken(): TravasoError {
  return new TravasoError('SOURCE_FILE_DAMAGED', { reason: 'compound-file' });
}
