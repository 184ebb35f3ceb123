import { damaged, reasonOf } from '../damage.ts';
import type { Faults } from '../damage.ts';
import type { NodeDatabase } from './node-database.ts';
import { isInternalBlock, readWord } from './words.ts';

/** The data of a node: a sequence of blocks, of which only those asked for are in memory. */
export interface DataTree {
  readonly blockCount: number;
  /** Throws damage. */
  block(index: number): Promise<Buffer>;
  /** All readable blocks in order; an unreadable one is noted and left out. */
  stream(): AsyncGenerator<Buffer>;
  /** All octets at once. Throws damage, `too-large` beyond `limit` octets. */
  whole(limit: number): Promise<Buffer>;
}

const externalKind = 0x01;

/**
 * [MS-PST] 2.2.2.8.3: a single data block, an XBLOCK naming data blocks, or an XXBLOCK naming XBLOCKs. A block named
 * twice would be a cycle or a bomb; no program shares a block within one tree.
 */
export async function openDataTree(database: NodeDatabase, bid: number, faults: Faults): Promise<DataTree> {
  const { format } = database.header;
  const leaves: number[] = [];
  const seen = new Set<number>();

  async function collect(parent: number, level: number): Promise<void> {
    const octets = await database.block(parent, faults);
    if (octets.length < 8 || octets[0] !== externalKind || octets[1] !== level) throw damaged('data-tree-malformed');
    const count = octets.readUInt16LE(2);
    if (8 + count * format.wordBytes > octets.length) throw damaged('data-tree-malformed');
    for (let index = 0; index < count; index++) {
      const child = readWord(octets, 8 + index * format.wordBytes, format);
      if (seen.has(child)) throw damaged('cycle');
      seen.add(child);
      if (level > 1) await collect(child, level - 1);
      else leaves.push(child);
    }
  }

  if (bid !== 0 && isInternalBlock(bid)) {
    const top = await database.block(bid, faults);
    const level = top[1] ?? 0;
    if (top[0] !== externalKind || (level !== 1 && level !== 2)) throw damaged('data-tree-malformed');
    try {
      await collect(bid, level);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      // What comes before the break is still in its place; what comes after has lost it.
      faults.note(reason);
    }
  } else if (bid !== 0) {
    leaves.push(bid);
  }

  const block = async (index: number): Promise<Buffer> => {
    const leaf = leaves[index];
    if (leaf === undefined) throw damaged('data-tree-malformed');
    return database.block(leaf, faults);
  };
  return {
    blockCount: leaves.length,
    block,
    async *stream() {
      for (let index = 0; index < leaves.length; index++) {
        try {
          yield await block(index);
        } catch (error) {
          const reason = reasonOf(error);
          if (reason === null) throw error;
          faults.note(reason);
        }
      }
    },
    async whole(limit) {
      const pieces: Buffer[] = [];
      let bytes = 0;
      for (let index = 0; index < leaves.length; index++) {
        const piece = await block(index);
        bytes += piece.length;
        if (bytes > limit) throw damaged('too-large');
        pieces.push(piece);
      }
      const [only] = pieces;
      return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
    },
  };
}
