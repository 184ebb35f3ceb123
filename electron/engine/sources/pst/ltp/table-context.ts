import { damaged, reasonOf, tolerating } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';
import { recordCount, recordKey, visitHeapTree } from './btree-on-heap.ts';
import { Heap, heapKinds, isHeapId } from './heap.ts';
import { fixedSize, propertyTypes } from './property-types.ts';
import { decodeInteger, decodeString } from './property-values.ts';

/** Table Context ([MS-PST] 2.3.4): recipients, attachments, the contents of folders. */
export interface Table {
  /** Row ids in the table's order; for a folder's tables these are node ids. Throws damage. */
  rowIds(): readonly number[];
  /** The rows in order. One unreadable row is noted and left out. */
  rows(): Generator<TableRow>;
}

export interface TableRow {
  readonly id: number;
  number(id: number): number | null;
  text(id: number): string | null;
  octets(id: number): Buffer | null;
}

interface RowBlock {
  /** Place in the matrix of its first row. */
  readonly first: number;
  readonly block: Buffer;
}

/** No folder has more: a table names at most as many rows as the file has nodes, and this bounds memory besides. */
const mostRows = 4_000_000;

export function openTable(node: PstNode, codePage: number): Table {
  const heap = new Heap(node);
  if (heap.kind !== heapKinds.tableContext) throw damaged('heap-malformed');
  // TCINFO ([MS-PST] 2.3.4.1).
  const info = heap.item(heap.rootHid);
  if (info.length < 22 || info[0] !== 0x7c) throw damaged('table-malformed');
  const columnCount = info.readUInt8(1);
  if (22 + 8 * columnCount > info.length) throw damaged('table-malformed');
  const existenceAt = info.readUInt16LE(6);
  const rowBytes = info.readUInt16LE(8);
  const indexHid = info.readUInt32LE(10);
  const rowsHnid = info.readUInt32LE(14);
  if (rowBytes < 4 || existenceAt > rowBytes) throw damaged('table-malformed');
  /** RowIndex ([MS-PST] 2.3.4.3): the rows that count. A row of the matrix that it does not name was deleted. */
  function index(): readonly { readonly id: number; readonly row: number }[] {
    const found: { id: number; row: number }[] = [];
    visitHeapTree(heap, indexHid, leaf => {
      const { octets, stride, keyBytes } = leaf;
      const count = recordCount(leaf);
      if (count > 0 && stride - keyBytes < 2) throw damaged('table-malformed');
      for (let record = 0; record < count; record++) {
        if (found.length >= mostRows) throw damaged('too-large');
        const at = record * stride + keyBytes;
        const row = stride - keyBytes >= 4 ? octets.readUInt32LE(at) : octets.readUInt16LE(at);
        found.push({ id: recordKey(leaf, record), row });
      }
    });
    // Most are in order already, and few have more than some rows.
    const inOrder = found.every((entry, place) => place === 0 || entry.row >= (found[place - 1]?.row ?? 0));
    return inOrder ? found : found.sort((a, b) => a.row - b.row);
  }

  /** Rows never span blocks ([MS-PST] 2.3.4.4): each block holds as many whole rows as fit, then padding. */
  function matrix(): Iterable<RowBlock> {
    if (rowsHnid === 0) return [];
    return isHeapId(rowsHnid) ? [{ first: 0, block: heap.item(rowsHnid) }] : largeMatrix();
  }

  function* largeMatrix(): Generator<RowBlock> {
    const subnode = node.subnode(rowsHnid);
    if (subnode === null) throw damaged('subnode-missing');
    const data = subnode.data();
    const perBlock = Math.floor(node.database.header.format.blockDataBytes / rowBytes);
    for (let index = 0; index < data.blockCount; index++) {
      const block = tolerating(node.faults, null, () => data.block(index));
      if (block !== null) yield { first: index * perBlock, block };
    }
  }

  return {
    rowIds: () => index().map(entry => entry.id),
    *rows() {
      const wanted = index();
      let next = 0;
      for (const { first, block } of matrix()) {
        const end = first + Math.floor(block.length / rowBytes);
        for (; next < wanted.length; next++) {
          const entry = wanted[next];
          if (entry === undefined || entry.row >= end) break;
          if (entry.row < first) {
            node.faults.note('table-malformed');
            continue;
          }
          const at = (entry.row - first) * rowBytes;
          yield new Row(heap, info, entry.id, block.subarray(at, at + rowBytes), codePage);
        }
      }
      if (next < wanted.length) node.faults.note('table-malformed');
    },
  };
}

/** TCOLDESC ([MS-PST] 2.3.4.2): type, property id, offset in the row, octets there, and the bit that tells presence. */
const column = { type: 0, id: 2, offset: 4, bytes: 6, bit: 7, size: 8 };
const columnsAt = 22;
const largestCell = 16 * 1024 * 1024;

class Row implements TableRow {
  readonly id: number;
  private readonly heap: Heap;
  /** TCINFO, whose columns are looked through as they lie there: few are asked for. */
  private readonly info: Buffer;
  private readonly row: Buffer;
  private readonly codePage: number;

  constructor(heap: Heap, info: Buffer, id: number, row: Buffer, codePage: number) {
    this.heap = heap;
    this.info = info;
    this.id = id;
    this.row = row;
    this.codePage = codePage;
  }

  number(propertyId: number): number | null {
    const at = this.find(propertyId);
    return at < 0 ? null : decodeInteger(this.typeOf(at), this.cell(at));
  }

  text(propertyId: number): string | null {
    const at = this.find(propertyId);
    if (at < 0) return null;
    const { heap } = this;
    const type = this.typeOf(at);
    try {
      const hnid = this.reference(at);
      if (hnid === null || !isHeapId(hnid)) return decodeString(type, this.value(at), this.codePage);
      heap.locate(hnid);
      return decodeString(type, heap.block, this.codePage, undefined, heap.start, heap.end);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      heap.node.faults.note(reason);
      return null;
    }
  }

  octets(propertyId: number): Buffer | null {
    const at = this.find(propertyId);
    if (at < 0 || this.typeOf(at) === propertyTypes.object) return null;
    return tolerating(this.heap.node.faults, null, () => this.value(at));
  }

  /** Where the column's description begins; -1 where there is none or the row has no value in it. */
  private find(propertyId: number): number {
    const { info, row } = this;
    for (let at = columnsAt + column.size * (info.readUInt8(1) - 1); at >= columnsAt; at -= column.size) {
      if (info.readUInt16LE(at + column.id) !== propertyId) continue;
      if (info.readUInt16LE(at + column.offset) + info.readUInt8(at + column.bytes) > row.length) continue;
      const bit = info.readUInt8(at + column.bit);
      const flags = row[info.readUInt16LE(6) + (bit >> 3)] ?? 0;
      return (flags & (0x80 >> (bit & 7))) === 0 ? -1 : at;
    }
    return -1;
  }

  private typeOf(at: number): number {
    return this.info.readUInt16LE(at + column.type);
  }

  private cell(at: number): Buffer {
    const offset = this.info.readUInt16LE(at + column.offset);
    return this.row.subarray(offset, offset + this.info.readUInt8(at + column.bytes));
  }

  /** The id of what the cell refers to, null when it holds the value itself. */
  private reference(at: number): number | null {
    const size = fixedSize(this.typeOf(at));
    if (size !== null && size <= 8) return null;
    if (this.info.readUInt8(at + column.bytes) < 4) throw damaged('table-malformed');
    return this.row.readUInt32LE(this.info.readUInt16LE(at + column.offset));
  }

  private value(at: number): Buffer {
    const hnid = this.reference(at);
    if (hnid === null) return this.cell(at);
    if (isHeapId(hnid)) return this.heap.item(hnid);
    const subnode = this.heap.node.subnode(hnid);
    if (subnode === null) throw damaged('subnode-missing');
    return subnode.data().whole(largestCell);
  }
}
