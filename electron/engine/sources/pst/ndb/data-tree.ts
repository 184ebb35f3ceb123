import { damaged, reasonOf } from '../damage.ts';
import type { Faults } from '../damage.ts';
import type { NodeDatabase } from './node-database.ts';
import { isInternalBlock, readWord } from './words.ts';

/** The data of a node: a sequence of blocks, of which only those asked for are in memory. */
export interface DataTree {
  readonly blockCount: number;
  /** Throws damage. */
  block(index: number): Buffer;
  /** All readable blocks in order; an unreadable one is noted and left out. */
  stream(): Generator<Buffer>;
  /** All octets at once. Throws damage, `too-large` beyond `limit` octets. */
  whole(limit: number): Buffer;
}

const externalKind = 0x01;

export function openDataTree(database: NodeDatabase, bid: number, faults: Faults): DataTree {
  if (bid === 0) return new BlockSequence(database, [], faults);
  return new BlockSequence(database, isInternalBlock(bid) ? leavesBelow(database, bid, faults) : [bid], faults);
}

/**
 * [MS-PST] 2.2.2.8.3: a single data block, an XBLOCK naming data blocks, or an XXBLOCK naming XBLOCKs. A block named
 * twice would be a cycle or a bomb; no program shares a block within one tree.
 */
function leavesBelow(database: NodeDatabase, bid: number, faults: Faults): readonly number[] {
  const { format } = database.header;
  const leaves: number[] = [];
  const seen = new Set<number>();

  function collect(parent: number, level: number): void {
    const octets = database.block(parent, faults);
    if (octets.length < 8 || octets[0] !== externalKind || octets[1] !== level) throw damaged('data-tree-malformed');
    const count = octets.readUInt16LE(2);
    if (8 + count * format.wordBytes > octets.length) throw damaged('data-tree-malformed');
    for (let index = 0; index < count; index++) {
      const child = readWord(octets, 8 + index * format.wordBytes, format);
      if (seen.has(child)) throw damaged('cycle');
      seen.add(child);
      if (level > 1) collect(child, level - 1);
      else leaves.push(child);
    }
  }

  const top = database.block(bid, faults);
  const level = top[1] ?? 0;
  if (top[0] !== externalKind || (level !== 1 && level !== 2)) throw damaged('data-tree-malformed');
  try {
    collect(bid, level);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    // What comes before the break is still in its place; what comes after has lost it.
    faults.note(reason);
  }
  return leaves;
}

class BlockSequence implements DataTree {
  private readonly database: NodeDatabase;
  private readonly leaves: readonly number[];
  private readonly faults: Faults;

  constructor(database: NodeDatabase, leaves: readonly number[], faults: Faults) {
    this.database = database;
    this.leaves = leaves;
    this.faults = faults;
  }

  get blockCount(): number {
    return this.leaves.length;
  }

  block(index: number): Buffer {
    const leaf = this.leaves[index];
    if (leaf === undefined) throw damaged('data-tree-malformed');
    return this.database.block(leaf, this.faults);
  }

  *stream(): Generator<Buffer> {
    for (let index = 0; index < this.leaves.length; index++) {
      try {
        yield this.block(index);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) throw error;
        this.faults.note(reason);
      }
    }
  }

  whole(limit: number): Buffer {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for (let index = 0; index < this.leaves.length; index++) {
      const piece = this.block(index);
      bytes += piece.length;
      if (bytes > limit) throw damaged('too-large');
      pieces.push(piece);
    }
    const [only] = pieces;
    return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  }
}
