import { damaged } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';

/** [MS-PST] 2.3.1.2, bClientSig: what the heap is for. */
export const heapKinds = { tableContext: 0x7c, propertyContext: 0xbc } as const;

/** Heap-on-Node ([MS-PST] 2.3.1): small items inside a node's data blocks, named by heap ids. */
export interface Heap {
  readonly node: PstNode;
  readonly kind: number;
  readonly rootHid: number;
  /** Throws damage. */
  item(hid: number): Promise<Buffer>;
}

const heapSignature = 0xec;

export async function openHeap(node: PstNode): Promise<Heap> {
  const data = await node.data();
  const first = data.blockCount === 0 ? Buffer.alloc(0) : await data.block(0);
  if (first.length < 12 || first[2] !== heapSignature) throw damaged('heap-malformed');
  const { heapIndexBits } = node.database.header.format;
  // The first block holds everything in most messages, and the root of everything in the others.
  const item = async (hid: number): Promise<Buffer> => {
    if (hid === 0) return Buffer.alloc(0);
    if (!isHeapId(hid)) throw damaged('heap-malformed');
    const block = hid >>> (5 + heapIndexBits);
    const index = (hid >>> 5) & ((1 << heapIndexBits) - 1);
    return itemOf(block === 0 ? first : await data.block(block), index);
  };
  return {
    node,
    kind: first.readUInt8(3),
    rootHid: first.readUInt32LE(4),
    item,
  };
}

/** A heap id, as opposed to the id of a subnode, has type bits of 0 ([MS-PST] 2.3.3.2, HNID). */
export function isHeapId(hnid: number): boolean {
  return (hnid & 0x1f) === 0;
}

function itemOf(block: Buffer, index: number): Buffer {
  if (block.length < 2) throw damaged('heap-malformed');
  // HNPAGEMAP: cAlloc, cFree, then the cAlloc + 1 offsets between which the items lie.
  const map = block.readUInt16LE(0);
  if (map + 4 > block.length) throw damaged('heap-malformed');
  const offsets = map + 4;
  if (index < 1 || index > block.readUInt16LE(map) || offsets + 2 * index + 2 > block.length) {
    throw damaged('heap-malformed');
  }
  const from = block.readUInt16LE(offsets + 2 * (index - 1));
  const to = block.readUInt16LE(offsets + 2 * index);
  if (from > to || to > block.length) throw damaged('heap-malformed');
  return block.subarray(from, to);
}
