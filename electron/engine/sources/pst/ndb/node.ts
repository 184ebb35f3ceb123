import { damaged } from '../damage.ts';
import type { Faults } from '../damage.ts';
import { openDataTree } from './data-tree.ts';
import type { DataTree } from './data-tree.ts';
import type { NodeDatabase, NodeEntry } from './node-database.ts';
import { readWord } from './words.ts';

/** A node or subnode, opened: its data and the nodes below it. */
export interface PstNode {
  readonly nid: number;
  /** Block ids of data and subnodes: together they are the node's identity within the file. */
  readonly dataBid: number;
  readonly subnodesBid: number;
  readonly database: NodeDatabase;
  /** Shared with every subnode, so that one item's damage comes together in one place. */
  readonly faults: Faults;
  /** Throws damage. */
  data(): DataTree;
  /** The subnode with this id, or null. Throws damage when the list of subnodes is unreadable. */
  subnode(nid: number): PstNode | null;
}

const subnodeKind = 0x02;

type Entry = Pick<NodeEntry, 'nid' | 'dataBid' | 'subnodesBid'>;

export function openNode(database: NodeDatabase, entry: Entry, faults: Faults): PstNode {
  return new OpenNode(database, entry, faults);
}

class OpenNode implements PstNode {
  readonly nid: number;
  readonly dataBid: number;
  readonly subnodesBid: number;
  readonly database: NodeDatabase;
  readonly faults: Faults;
  private children: Subnodes | null = null;

  constructor(database: NodeDatabase, { nid, dataBid, subnodesBid }: Entry, faults: Faults) {
    this.nid = nid;
    this.dataBid = dataBid;
    this.subnodesBid = subnodesBid;
    this.database = database;
    this.faults = faults;
  }

  data(): DataTree {
    return openDataTree(this.database, this.dataBid, this.faults);
  }

  subnode(nid: number): PstNode | null {
    if (this.subnodesBid === 0) return null;
    this.children ??= readSubnodes(this.database, this.subnodesBid, this.faults);
    const found = this.children(nid);
    return found === null ? null : new OpenNode(this.database, found, this.faults);
  }
}

/** dwPadding exists in the 64-bit layouts only. */
function entriesAt(word: number): number {
  return word === 4 ? 4 : 8;
}

type Subnodes = (nid: number) => Entry | null;

/**
 * [MS-PST] 2.2.2.8.3.3: SLBLOCK holds entries, SIBLOCK names SLBLOCKs. Nearly every node has one SLBLOCK of a few
 * entries, which are looked through as they lie there. Of two with the same id, which only damage makes, the last one
 * counts. Throws damage.
 */
function readSubnodes(database: NodeDatabase, bid: number, faults: Faults): Subnodes {
  const { format } = database.header;
  const word = format.wordBytes;
  const entry = (list: Buffer, index: number): Entry => {
    const at = entriesAt(word) + index * 3 * word;
    return {
      nid: list.readUInt32LE(at),
      dataBid: readWord(list, at + word, format),
      subnodesBid: readWord(list, at + 2 * word, format),
    };
  };
  const top = listBlock(database, bid, null, faults);
  if (top[1] === 0) {
    return nid => {
      for (let index = top.readUInt16LE(2) - 1; index >= 0; index--) {
        if (top.readUInt32LE(entriesAt(word) + index * 3 * word) === nid) return entry(top, index);
      }
      return null;
    };
  }
  const found = new Map<number, Entry>();
  const seen = new Set([bid]);
  for (let child = 0; child < top.readUInt16LE(2); child++) {
    const childBid = readWord(top, entriesAt(word) + child * 2 * word + word, format);
    if (seen.has(childBid)) throw damaged('cycle');
    seen.add(childBid);
    const list = listBlock(database, childBid, 0, faults);
    for (let index = 0; index < list.readUInt16LE(2); index++) {
      const one = entry(list, index);
      found.set(one.nid, one);
    }
  }
  return nid => found.get(nid) ?? null;
}

function listBlock(database: NodeDatabase, bid: number, level: number | null, faults: Faults): Buffer {
  const word = database.header.format.wordBytes;
  const octets = database.block(bid, faults);
  if (octets.length < entriesAt(word) || octets[0] !== subnodeKind) throw damaged('subnodes-malformed');
  const own = octets[1] ?? 0;
  if (own > 1 || (level !== null && own !== level)) throw damaged('subnodes-malformed');
  const entryBytes = own === 0 ? 3 * word : 2 * word;
  if (entriesAt(word) + octets.readUInt16LE(2) * entryBytes > octets.length) throw damaged('subnodes-malformed');
  return octets;
}
