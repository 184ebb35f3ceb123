import { collectFaults, damaged, reasonOf } from '../damage.ts';
import type { Faults } from '../damage.ts';
import { parseBlockEntry, readBlock } from './block.ts';
import type { BlockEntry } from './block.ts';
import { openBTree } from './btree.ts';
import type { LostRange } from './btree.ts';
import type { FileReader } from './file-reader.ts';
import { readHeader } from './header.ts';
import type { PstHeader } from './header.ts';
import { pageTypes } from './page.ts';
import { salvageEntries } from './salvage.ts';
import { Slab } from './slab.ts';
import { readWord } from './words.ts';

/** NBTENTRY ([MS-PST] 2.2.2.7.7.4). Block ids are 0 where the node has none. */
export interface NodeEntry {
  readonly nid: number;
  readonly dataBid: number;
  readonly subnodesBid: number;
  /** The folder of a message or folder; 0 for every other node. */
  readonly parentNid: number;
}

/** The node database layer ([MS-PST] 2.2): nodes by id, blocks by id. */
export interface NodeDatabase {
  readonly header: PstHeader;
  readonly fileBytes: number;
  /** Every node once, ascending. Branches that are broken are searched for in the whole file. */
  nodes(faults: Faults): Generator<NodeEntry>;
  node(nid: number, faults: Faults): NodeEntry | null;
  /** The decoded octets of a block. Throws damage. */
  block(bid: number, faults: Faults): Buffer;
}

/** Blocks in memory, each in the one place where it may stand. A power of two. */
const blocksKept = 64;

export function openNodeDatabase(reader: FileReader): NodeDatabase {
  const header = readHeader(reader);
  const { format } = header;
  const toNode = (octets: Buffer, at: number): NodeEntry => ({
    nid: octets.readUInt32LE(at),
    dataBid: readWord(octets, at + format.wordBytes, format),
    subnodesBid: readWord(octets, at + 2 * format.wordBytes, format),
    parentNid: octets.readUInt32LE(at + 3 * format.wordBytes),
  });
  const toBlock = (octets: Buffer, at: number): BlockEntry => parseBlockEntry(octets, at, format);
  const nodeTree = openBTree(reader, format, pageTypes.nodeBTree, header.nodeRoot, toNode);
  const blockTree = openBTree(reader, format, pageTypes.blockBTree, header.blockRoot, toBlock);
  const recent: (Buffer | undefined)[] = new Array<undefined>(blocksKept);
  const recentBids = new Float64Array(blocksKept).fill(-1);
  let recentCount = 0;
  const slab = new Slab();
  let salvagedNodes: Map<number, NodeEntry> | null = null;
  let salvagedBlocks: Map<number, BlockEntry> | null = null;

  function salvageNodes(lost: readonly LostRange[]): Map<number, NodeEntry> {
    const newest = new Map<number, { readonly pageBid: number; readonly node: NodeEntry }>();
    for (const { key, octets, pageBid } of salvageEntries(reader, format, pageTypes.nodeBTree)) {
      // Outside of the lost stretches the tree itself has spoken: what is not in it was deleted.
      if (!lost.some(range => key >= range.first && key < range.end)) continue;
      const known = newest.get(key);
      if (known === undefined || pageBid > known.pageBid) newest.set(key, { pageBid, node: toNode(octets, 0) });
    }
    return new Map([...newest].map(([nid, { node }]) => [nid, node]));
  }

  function salvageBlocks(): Map<number, BlockEntry> {
    const newest = new Map<number, { readonly pageBid: number; readonly entry: BlockEntry }>();
    for (const { octets, pageBid } of salvageEntries(reader, format, pageTypes.blockBTree)) {
      const entry = toBlock(octets, 0);
      const known = newest.get(entry.bid);
      if (known === undefined || pageBid > known.pageBid) newest.set(entry.bid, { pageBid, entry });
    }
    return new Map([...newest].map(([bid, { entry }]) => [bid, entry]));
  }

  function findBlock(bid: number, faults: Faults): BlockEntry | null {
    // [MS-PST] 2.2.2.2: the reserved bit 0 takes no part in a search.
    const key = bid - (bid & 1);
    try {
      return blockTree.find(key, faults) ?? (bid === key ? null : blockTree.find(bid, faults));
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      salvagedBlocks ??= salvageBlocks();
      const entry = salvagedBlocks.get(key);
      if (entry === undefined) throw error;
      return entry;
    }
  }

  return {
    header,
    fileBytes: reader.size,

    *nodes(faults) {
      const lost: LostRange[] = [];
      yield* nodeTree.entries(faults, range => lost.push(range));
      if (lost.length === 0) return;
      salvagedNodes ??= salvageNodes(lost);
      yield* salvagedNodes.values();
    },

    node(nid, faults) {
      try {
        const entry = nodeTree.find(nid, faults);
        if (entry !== null) return entry;
      } catch (error) {
        if (reasonOf(error) === null) throw error;
        if (salvagedNodes === null) {
          const lost: LostRange[] = [];
          const entries = nodeTree.entries(collectFaults(), range => lost.push(range));
          while (entries.next().done !== true);
          salvagedNodes = salvageNodes(lost);
        }
      }
      return salvagedNodes?.get(nid) ?? null;
    },

    block(bid, faults) {
      if (Number.isNaN(bid)) throw damaged('block-missing');
      // Ids go up in steps of four ([MS-PST] 2.2.2.2).
      const place = (bid >>> 2) & (blocksKept - 1);
      const known = recent[place];
      if (known !== undefined && recentBids[place] === bid) return known;
      const entry = findBlock(bid, faults);
      if (entry === null) throw damaged('block-missing');
      const { octets, sound } = readBlock(reader, header, entry, slab);
      // What is not sound, or was found by pages that are not, is read again each time, so that every item it belongs to
      // learns of it, whatever was read before.
      if (!sound) faults.note('block-checksum');
      if (!sound || !blockTree.wasSound) return octets;
      // All at once: a block that stayed longer than its neighbours would hold the memory that it shares with them.
      if (++recentCount > blocksKept) {
        recent.fill(undefined);
        recentCount = 1;
      }
      recent[place] = octets;
      recentBids[place] = bid;
      return octets;
    },
  };
}
