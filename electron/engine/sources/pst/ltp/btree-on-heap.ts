import { damaged } from '../damage.ts';
import type { Heap } from './heap.ts';

/**
 * One record: its key, and where in the heap's octets its value lies. No object and no view is made for it: a message
 * has tens of records, and most of them nobody asks for.
 */
export type VisitRecord = (key: number, octets: Buffer, start: number, end: number) => void;

const treeSignature = 0xb5;

/**
 * BTree-on-Heap ([MS-PST] 2.3.2): hands all records to `visit` in key order. Throws damage. No generator, because
 * every message has tens of records and each step of an asynchronous one costs more than reading the record.
 */
export async function visitHeapTree(heap: Heap, headerHid: number, visit: VisitRecord): Promise<void> {
  const header = await heap.item(headerHid);
  if (header.length < 8 || header[0] !== treeSignature) throw damaged('heap-malformed');
  const keyBytes = header.readUInt8(1);
  const valueBytes = header.readUInt8(2);
  const levels = header.readUInt8(3);
  if (![2, 4].includes(keyBytes) || valueBytes === 0 || levels > 8) throw damaged('heap-malformed');
  const seen = new Set<number>();

  async function walk(hid: number, level: number): Promise<void> {
    if (hid === 0) return;
    if (seen.has(hid)) throw damaged('cycle');
    seen.add(hid);
    const item = await heap.item(hid);
    const stride = keyBytes + (level === 0 ? valueBytes : 4);
    for (let at = 0; at + stride <= item.length; at += stride) {
      if (level > 0) await walk(item.readUInt32LE(at + keyBytes), level - 1);
      else visit(keyBytes === 2 ? item.readUInt16LE(at) : item.readUInt32LE(at), item, at + keyBytes, at + stride);
    }
  }

  await walk(header.readUInt32LE(4), levels);
}
