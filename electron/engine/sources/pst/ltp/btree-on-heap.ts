import { damaged } from '../damage.ts';
import type { Heap } from './heap.ts';

/**
 * Records of one leaf: `stride` octets each, of which the first `keyBytes` are the key. They are handed over undivided:
 * a message has tens of records, and most of them nobody asks for.
 */
export interface HeapTreeLeaf {
  readonly octets: Buffer;
  readonly keyBytes: number;
  readonly stride: number;
}

const treeSignature = 0xb5;

/** BTree-on-Heap ([MS-PST] 2.3.2): hands all leaves to `visit` in key order. Throws damage. */
export function visitHeapTree(heap: Heap, headerHid: number, visit: (leaf: HeapTreeLeaf) => void): void {
  const header = heap.item(headerHid);
  if (header.length < 8 || header[0] !== treeSignature) throw damaged('heap-malformed');
  const keyBytes = header.readUInt8(1);
  const valueBytes = header.readUInt8(2);
  const levels = header.readUInt8(3);
  if ((keyBytes !== 2 && keyBytes !== 4) || valueBytes === 0 || levels > 8) throw damaged('heap-malformed');
  const root = header.readUInt32LE(4);
  const stride = keyBytes + valueBytes;
  if (root === 0) return;
  if (levels === 0) {
    visit({ octets: heap.item(root), keyBytes, stride });
    return;
  }
  const seen = new Set<number>();

  function walk(hid: number, level: number): void {
    if (hid === 0) return;
    if (seen.has(hid)) throw damaged('cycle');
    seen.add(hid);
    const octets = heap.item(hid);
    if (level === 0) {
      visit({ octets, keyBytes, stride });
      return;
    }
    for (let at = 0; at + keyBytes + 4 <= octets.length; at += keyBytes + 4) {
      walk(octets.readUInt32LE(at + keyBytes), level - 1);
    }
  }

  walk(root, levels);
}

export function recordCount({ octets, stride }: HeapTreeLeaf): number {
  return Math.floor(octets.length / stride);
}

export function recordKey({ octets, keyBytes, stride }: HeapTreeLeaf, index: number): number {
  return keyBytes === 2 ? octets.readUInt16LE(index * stride) : octets.readUInt32LE(index * stride);
}
