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

export function openNode(
  database: NodeDatabase,
  entry: Pick<NodeEntry, 'nid' | 'dataBid' | 'subnodesBid'>,
  faults: Faults,
): PstNode {
  let children: Map<number, NodeEntry> | null = null;
  return {
    nid: entry.nid,
    dataBid: entry.dataBid,
    subnodesBid: entry.subnodesBid,
    database,
    faults,
    data: () => openDataTree(database, entry.dataBid, faults),
    subnode(nid) {
      if (entry.subnodesBid === 0) return null;
      children ??= readSubnodes(database, entry.subnodesBid, faults);
      const found = children.get(nid);
      return found === undefined ? null : openNode(database, found, faults);
    },
  };
}

/** [MS-PST] 2.2.2.8.3.3: SLBLOCK holds entries, SIBLOCK names SLBLOCKs. */
function readSubnodes(database: NodeDatabase, bid: number, faults: Faults): Map<number, NodeEntry> {
  const { format } = database.header;
  const word = format.wordBytes;
  // dwPadding exists in the 64-bit layouts only.
  const entriesAt = word === 4 ? 4 : 8;
  const found = new Map<number, NodeEntry>();
  const seen = new Set<number>();

  function collect(parent: number, level: number | null): void {
    if (seen.has(parent)) throw damaged('cycle');
    seen.add(parent);
    const octets = database.block(parent, faults);
    if (octets.length < entriesAt || octets[0] !== subnodeKind) throw damaged('subnodes-malformed');
    const own = octets[1] ?? 0;
    if (own > 1 || (level !== null && own !== level)) throw damaged('subnodes-malformed');
    const count = octets.readUInt16LE(2);
    const entryBytes = own === 0 ? 3 * word : 2 * word;
    if (entriesAt + count * entryBytes > octets.length) throw damaged('subnodes-malformed');
    for (let index = 0; index < count; index++) {
      const at = entriesAt + index * entryBytes;
      if (own === 1) {
        collect(readWord(octets, at + word, format), 0);
        continue;
      }
      const nid = octets.readUInt32LE(at);
      found.set(nid, {
        nid,
        dataBid: readWord(octets, at + word, format),
        subnodesBid: readWord(octets, at + 2 * word, format),
        parentNid: 0,
      });
    }
  }

  collect(bid, null);
  return found;
}
