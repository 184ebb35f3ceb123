import { heapKinds } from '../ltp/heap.ts';
import { fixedSize, propertyTypes } from '../ltp/property-types.ts';
import type { NodeWriter, Subnode } from './node-writer.ts';

/** A property as tests give it: the id, the type and the octets of its value. */
export interface PropertyValue {
  readonly id: number;
  readonly type: number;
  readonly octets: Buffer;
}

/** What a node is made of: its data, and what lies below it. */
export interface NodeContent {
  readonly dataBid: number;
  readonly subnodesBid: number;
}

const largestHeapItem = 3580;
const leafBytes = 3200;

interface HeapDraft {
  item(octets: Buffer): number;
  tree(keyBytes: number, valueBytes: number, records: readonly Buffer[]): number;
  finish(kind: number, rootHid: number): number;
}

/** Heap-on-node over as many blocks as it takes. */
function draftHeap(writer: NodeWriter): HeapDraft {
  const { blockDataBytes, heapIndexBits } = writer.format;
  const room = Math.min(blockDataBytes, 8176);
  const blocks: { items: Buffer[]; bytes: number }[] = [];
  const headBytes = (index: number): number => (index === 0 ? 12 : index % 128 === 8 ? 66 : 2);

  function item(octets: Buffer): number {
    let last = blocks.at(-1);
    const needed = octets.length + 2;
    if (last === undefined || last.bytes + needed > room) {
      last = { items: [], bytes: headBytes(blocks.length) + 8 };
      blocks.push(last);
    }
    last.items.push(octets);
    last.bytes += needed;
    return (last.items.length << 5) | ((blocks.length - 1) << (5 + heapIndexBits));
  }

  function tree(keyBytes: number, valueBytes: number, records: readonly Buffer[]): number {
    const per = Math.floor(leafBytes / (keyBytes + valueBytes));
    let nodes: Buffer[] = [];
    for (let at = 0; at < records.length; at += per) {
      const own = records.slice(at, at + per);
      const pointer = Buffer.alloc(keyBytes + 4);
      own[0]?.copy(pointer, 0, 0, keyBytes);
      pointer.writeUInt32LE(item(Buffer.concat(own)), keyBytes);
      nodes.push(pointer);
    }
    let levels = 0;
    while (nodes.length > 1) {
      const fan = Math.floor(leafBytes / (keyBytes + 4));
      const parents: Buffer[] = [];
      for (let at = 0; at < nodes.length; at += fan) {
        const own = nodes.slice(at, at + fan);
        const pointer = Buffer.alloc(keyBytes + 4);
        own[0]?.copy(pointer, 0, 0, keyBytes);
        pointer.writeUInt32LE(item(Buffer.concat(own)), keyBytes);
        parents.push(pointer);
      }
      nodes = parents;
      levels++;
    }
    const header = Buffer.from([0xb5, keyBytes, valueBytes, levels, 0, 0, 0, 0]);
    header.writeUInt32LE(nodes[0]?.readUInt32LE(keyBytes) ?? 0, 4);
    return item(header);
  }

  function finish(kind: number, rootHid: number): number {
    const bids = blocks.map(({ items }, index) => {
      const head = Buffer.alloc(headBytes(index));
      const body = Buffer.concat(items);
      const mapAt = head.length + body.length + (body.length % 2);
      const map = Buffer.alloc(4 + 2 * (items.length + 1));
      map.writeUInt16LE(items.length, 0);
      let at = head.length;
      for (const [position, one] of [...items, Buffer.alloc(0)].entries()) {
        map.writeUInt16LE(at, 4 + 2 * position);
        at += one.length;
      }
      head.writeUInt16LE(mapAt, 0);
      if (index === 0) {
        head.writeUInt8(0xec, 2);
        head.writeUInt8(kind, 3);
        head.writeUInt32LE(rootHid, 4);
      }
      return writer.block(Buffer.concat([head, body, Buffer.alloc(body.length % 2), map]));
    });
    return writer.dataTreeOf(bids, 0);
  }
  return { item, tree, finish };
}

/** A property context. Values too large for the heap become subnodes. */
export function writeProperties(
  writer: NodeWriter,
  properties: readonly PropertyValue[],
  below: readonly Subnode[] = [],
): NodeContent {
  const heap = draftHeap(writer);
  const subnodes = [...below];
  const records = [...properties]
    .sort((a, b) => a.id - b.id)
    .map(({ id, type, octets }) => {
      const record = Buffer.alloc(8);
      record.writeUInt16LE(id, 0);
      record.writeUInt16LE(type, 2);
      const size = fixedSize(type);
      if (size !== null && size <= 4) octets.copy(record, 4);
      else if (octets.length <= largestHeapItem) record.writeUInt32LE(octets.length === 0 ? 0 : heap.item(octets), 4);
      else {
        const nid = ((0x400 + subnodes.length) << 5) | 0x1f;
        subnodes.push({ nid, dataBid: writer.dataTree(octets), subnodesBid: 0 });
        record.writeUInt32LE(nid, 4);
      }
      return record;
    });
  const root = heap.tree(2, 6, records);
  const dataBid = heap.finish(heapKinds.propertyContext, root);
  return { dataBid, subnodesBid: writer.subnodes(subnodes) };
}

export interface TableRowDraft {
  readonly id: number;
  readonly cells: readonly PropertyValue[];
}

/** A table context. The columns are those that occur in the rows. */
export function writeTable(writer: NodeWriter, rows: readonly TableRowDraft[]): NodeContent {
  const heap = draftHeap(writer);
  const columns = new Map<number, { type: number; offset: number; bit: number }>();
  columns.set(0x67f2, { type: propertyTypes.int32, offset: 0, bit: 0 });
  for (const cell of rows.flatMap(row => row.cells)) {
    if (!columns.has(cell.id)) columns.set(cell.id, { type: cell.type, offset: 4 * columns.size, bit: columns.size });
  }
  const existenceAt = 4 * columns.size;
  const rowBytes = existenceAt + Math.ceil(columns.size / 8);
  const matrix = rows.map(row => {
    const octets = Buffer.alloc(rowBytes);
    octets.writeUInt32LE(row.id, 0);
    octets.writeUInt8(0x80, existenceAt);
    for (const cell of row.cells) {
      const column = columns.get(cell.id);
      if (column === undefined) continue;
      const size = fixedSize(cell.type);
      if (size !== null && size <= 4) cell.octets.copy(octets, column.offset, 0, 4);
      else octets.writeUInt32LE(cell.octets.length === 0 ? 0 : heap.item(cell.octets), column.offset);
      const at = existenceAt + (column.bit >> 3);
      octets.writeUInt8(octets.readUInt8(at) | (0x80 >> (column.bit & 7)), at);
    }
    return octets;
  });
  const indexBytes = writer.format.wordBytes === 4 ? 2 : 4;
  const index = [...rows.entries()]
    .sort(([, a], [, b]) => a.id - b.id)
    .map(([position, row]) => {
      const record = Buffer.alloc(4 + indexBytes);
      record.writeUInt32LE(row.id, 0);
      record.writeUIntLE(position, 4, indexBytes);
      return record;
    });
  const indexHid = heap.tree(4, indexBytes, index);

  const rowsNid = (0x3f0 << 5) | 0x1f;
  const perBlock = Math.floor(writer.format.blockDataBytes / rowBytes);
  const bids: number[] = [];
  for (let at = 0; at < matrix.length; at += perBlock) {
    const block = Buffer.concat(matrix.slice(at, at + perBlock));
    const full = at + perBlock < matrix.length ? writer.format.blockDataBytes : block.length;
    bids.push(writer.block(Buffer.concat([block, Buffer.alloc(full - block.length)])));
  }
  const info = Buffer.alloc(22 + 8 * columns.size);
  info.writeUInt8(0x7c, 0);
  info.writeUInt8(columns.size, 1);
  for (const at of [2, 4, 6]) info.writeUInt16LE(existenceAt, at);
  info.writeUInt16LE(rowBytes, 8);
  info.writeUInt32LE(indexHid, 10);
  info.writeUInt32LE(bids.length === 0 ? 0 : rowsNid, 14);
  let at = 22;
  for (const [id, { type, offset, bit }] of [...columns].sort(([a], [b]) => a - b)) {
    info.writeUInt16LE(type, at);
    info.writeUInt16LE(id, at + 2);
    info.writeUInt16LE(offset, at + 4);
    info.writeUInt8(4, at + 6);
    info.writeUInt8(bit, at + 7);
    at += 8;
  }
  const dataBid = heap.finish(heapKinds.tableContext, heap.item(info));
  const below = bids.length === 0 ? [] : [{ nid: rowsNid, dataBid: writer.dataTreeOf(bids, 0), subnodesBid: 0 }];
  return { dataBid, subnodesBid: writer.subnodes(below) };
}
