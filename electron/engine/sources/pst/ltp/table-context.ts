import { damaged, tolerating } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';
import { visitHeapTree } from './btree-on-heap.ts';
import { heapKinds, isHeapId, openHeap } from './heap.ts';
import type { Heap } from './heap.ts';
import { fixedSize, propertyTypes } from './property-types.ts';
import { decodeInteger, decodeString } from './property-values.ts';

/** Table Context ([MS-PST] 2.3.4): recipients, attachments, the contents of folders. */
export interface Table {
  /** Row ids in the table's order; for a folder's tables these are node ids. Throws damage. */
  rowIds(): Promise<readonly number[]>;
  /** The rows in order. One unreadable row is noted and left out. */
  rows(): AsyncGenerator<TableRow>;
}

export interface TableRow {
  readonly id: number;
  number(id: number): number | null;
  text(id: number): Promise<string | null>;
  octets(id: number): Promise<Buffer | null>;
}

interface Column {
  readonly id: number;
  readonly type: number;
  readonly offset: number;
  readonly bytes: number;
  readonly existenceBit: number;
}

/** No folder has more: a table names at most as many rows as the file has nodes, and this bounds memory besides. */
const mostRows = 4_000_000;

export async function openTable(node: PstNode, codePage: number): Promise<Table> {
  const heap = await openHeap(node);
  if (heap.kind !== heapKinds.tableContext) throw damaged('heap-malformed');
  // TCINFO ([MS-PST] 2.3.4.1).
  const info = await heap.item(heap.rootHid);
  if (info.length < 22 || info[0] !== 0x7c) throw damaged('table-malformed');
  const columnCount = info.readUInt8(1);
  if (22 + 8 * columnCount > info.length) throw damaged('table-malformed');
  const existenceAt = info.readUInt16LE(6);
  const rowBytes = info.readUInt16LE(8);
  const indexHid = info.readUInt32LE(10);
  const rowsHnid = info.readUInt32LE(14);
  if (rowBytes < 4 || existenceAt > rowBytes) throw damaged('table-malformed');
  const columns = new Map<number, Column>();
  for (let at = 22; at < 22 + 8 * columnCount; at += 8) {
    const column: Column = {
      type: info.readUInt16LE(at),
      id: info.readUInt16LE(at + 2),
      offset: info.readUInt16LE(at + 4),
      bytes: info.readUInt8(at + 6),
      existenceBit: info.readUInt8(at + 7),
    };
    if (column.offset + column.bytes <= rowBytes) columns.set(column.id, column);
  }

  /** RowIndex ([MS-PST] 2.3.4.3): the rows that count. A row of the matrix that it does not name was deleted. */
  async function index(): Promise<readonly { readonly id: number; readonly row: number }[]> {
    const found: { id: number; row: number }[] = [];
    await visitHeapTree(heap, indexHid, (id, octets, start, end) => {
      if (found.length >= mostRows) throw damaged('too-large');
      if (end - start < 2) throw damaged('table-malformed');
      found.push({ id, row: end - start >= 4 ? octets.readUInt32LE(start) : octets.readUInt16LE(start) });
    });
    return found.sort((a, b) => a.row - b.row);
  }

  /** Rows never span blocks ([MS-PST] 2.3.4.4): each block holds as many whole rows as fit, then padding. */
  async function* matrix(): AsyncGenerator<{ readonly first: number; readonly block: Buffer }> {
    if (rowsHnid === 0) return;
    if (isHeapId(rowsHnid)) {
      yield { first: 0, block: await heap.item(rowsHnid) };
      return;
    }
    const subnode = await node.subnode(rowsHnid);
    if (subnode === null) throw damaged('subnode-missing');
    const data = await subnode.data();
    const perBlock = Math.floor(node.database.header.format.blockDataBytes / rowBytes);
    for (let index = 0; index < data.blockCount; index++) {
      const block = await tolerating(node.faults, null, () => data.block(index));
      if (block !== null) yield { first: index * perBlock, block };
    }
  }

  return {
    rowIds: async () => (await index()).map(entry => entry.id),
    async *rows() {
      const wanted = await index();
      let next = 0;
      for await (const { first, block } of matrix()) {
        const end = first + Math.floor(block.length / rowBytes);
        for (; next < wanted.length; next++) {
          const entry = wanted[next];
          if (entry === undefined || entry.row >= end) break;
          if (entry.row < first) {
            node.faults.note('table-malformed');
            continue;
          }
          const at = (entry.row - first) * rowBytes;
          yield tableRow(heap, columns, entry.id, block.subarray(at, at + rowBytes), existenceAt, codePage);
        }
      }
      if (next < wanted.length) node.faults.note('table-malformed');
    },
  };
}

function tableRow(
  heap: Heap,
  columns: ReadonlyMap<number, Column>,
  id: number,
  octets: Buffer,
  existenceAt: number,
  codePage: number,
): TableRow {
  /** The cell, or null where the row has no value in this column. */
  function cell(column: Column): Buffer | null {
    const flags = octets[existenceAt + (column.existenceBit >> 3)] ?? 0;
    const present = (flags & (0x80 >> (column.existenceBit & 7))) !== 0;
    return present ? octets.subarray(column.offset, column.offset + column.bytes) : null;
  }

  async function value(column: Column): Promise<Buffer | null> {
    const own = cell(column);
    const size = fixedSize(column.type);
    if (own === null || (size !== null && size <= 8)) return own;
    if (own.length < 4) throw damaged('table-malformed');
    const hnid = own.readUInt32LE(0);
    if (isHeapId(hnid)) return heap.item(hnid);
    const subnode = await heap.node.subnode(hnid);
    if (subnode === null) throw damaged('subnode-missing');
    return (await subnode.data()).whole(16 * 1024 * 1024);
  }

  async function decoded<T>(propertyId: number, decode: (type: number, value: Buffer) => T | null): Promise<T | null> {
    const column = columns.get(propertyId);
    if (column === undefined) return null;
    return tolerating(heap.node.faults, null, async () => {
      const found = await value(column);
      return found === null ? null : decode(column.type, found);
    });
  }

  return {
    id,
    number(propertyId) {
      const column = columns.get(propertyId);
      const own = column === undefined ? null : cell(column);
      return column === undefined || own === null ? null : decodeInteger(column.type, own);
    },
    text: propertyId => decoded(propertyId, (type, found) => decodeString(type, found, codePage)),
    octets: propertyId => decoded(propertyId, (type, found) => (type === propertyTypes.object ? null : found)),
  };
}
