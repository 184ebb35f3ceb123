import { damaged } from '../damage.ts';
import type { DataTree } from '../ndb/data-tree.ts';
import type { PstNode } from '../ndb/node.ts';

/** [MS-PST] 2.3.1.2, bClientSig: what the heap is for. */
export const heapKinds = { tableContext: 0x7c, propertyContext: 0xbc } as const;

const heapSignature = 0xec;
const nothing = Buffer.alloc(0);

/** Heap-on-Node ([MS-PST] 2.3.1): small items inside a node's data blocks, named by heap ids. */
export class Heap {
  readonly node: PstNode;
  readonly kind: number;
  readonly rootHid: number;
  private readonly data: DataTree;
  /** It holds everything in most messages, and the root of everything in the others. */
  private readonly first: Buffer;
  private readonly indexBits: number;
  /** Where the item lies that `locate` was last asked for. Fields, since most items are read in place at once. */
  block: Buffer = nothing;
  start = 0;
  end = 0;

  /** Throws damage. */
  constructor(node: PstNode) {
    this.node = node;
    this.data = node.data();
    this.first = this.data.blockCount === 0 ? nothing : this.data.block(0);
    if (this.first.length < 12 || this.first[2] !== heapSignature) throw damaged('heap-malformed');
    this.kind = this.first.readUInt8(3);
    this.rootHid = this.first.readUInt32LE(4);
    this.indexBits = node.database.header.format.heapIndexBits;
  }

  /** The octets of an item. Throws damage. */
  item(hid: number): Buffer {
    this.locate(hid);
    return this.block.subarray(this.start, this.end);
  }

  /** Sets `block`, `start` and `end`. Throws damage. */
  locate(hid: number): void {
    if (hid === 0) {
      this.block = nothing;
      this.start = 0;
      this.end = 0;
      return;
    }
    if (!isHeapId(hid)) throw damaged('heap-malformed');
    const blockIndex = hid >>> (5 + this.indexBits);
    const index = (hid >>> 5) & ((1 << this.indexBits) - 1);
    const block = blockIndex === 0 ? this.first : this.data.block(blockIndex);
    if (block.length < 2) throw damaged('heap-malformed');
    // HNPAGEMAP: cAlloc, cFree, then the cAlloc + 1 offsets between which the items lie.
    const map = block.readUInt16LE(0);
    if (map + 4 > block.length) throw damaged('heap-malformed');
    const offset = map + 4 + 2 * (index - 1);
    if (index < 1 || index > block.readUInt16LE(map) || offset + 4 > block.length) throw damaged('heap-malformed');
    const start = block.readUInt16LE(offset);
    const end = block.readUInt16LE(offset + 2);
    if (start > end || end > block.length) throw damaged('heap-malformed');
    this.block = block;
    this.start = start;
    this.end = end;
  }
}

/** A heap id, as opposed to the id of a subnode, has type bits of 0 ([MS-PST] 2.3.3.2, HNID). */
export function isHeapId(hnid: number): boolean {
  return (hnid & 0x1f) === 0;
}
