import { damaged, reasonOf } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';
import { recordCount, recordKey, visitHeapTree } from './btree-on-heap.ts';
import type { HeapTreeLeaf } from './btree-on-heap.ts';
import { westernCodePage } from './code-page.ts';
import { Heap, heapKinds, isHeapId } from './heap.ts';
import { fixedSize, multipleFlag, propertyTypes } from './property-types.ts';
import { decodeFiletime, decodeInteger, decodeString, splitMultiple } from './property-values.ts';

/**
 * The properties of one object. Getters answer null for a property that is absent, of another type or damaged;
 * damage is noted with the node, so that one bad value costs that value alone.
 */
export interface Properties {
  readonly node: PstNode;
  /** Code page of the object's 8-bit strings. */
  readonly codePage: number;
  /** The type of the property, null when absent. */
  type(id: number): number | null;
  /** Also booleans (0, 1) and floating point numbers. */
  number(id: number): number | null;
  flag(id: number): boolean;
  /** @param limit octets; a longer value is damage */
  text(id: number, limit?: number): string | null;
  texts(id: number): readonly string[];
  /** Milliseconds since 1970, UTC. */
  time(id: number): number | null;
  times(id: number): readonly number[];
  octets(id: number): Buffer | null;
  /** The values of a multi-valued property of this base type, undecoded. */
  multiple(id: number, baseType: number): readonly Buffer[];
  /** The value's octets in pieces, however large. */
  stream(id: number): Generator<Buffer>;
  /** The node that an object property (an embedded message, an OLE storage) names. */
  object(id: number): PstNode | null;
}

/** Values held in memory: bodies and pictures. An attachment is streamed. */
export const largestValue = 64 * 1024 * 1024;
/** Names, addresses, subjects, a stored header. */
const largestText = 1024 * 1024;

const messageCodePage = 0x3ffd;
const internetCodePage = 0x3fde;

/** Property Context ([MS-PST] 2.3.3). Throws damage when the context itself cannot be read. */
export function openProperties(node: PstNode, defaultCodePage = westernCodePage): Properties {
  const heap = new Heap(node);
  if (heap.kind !== heapKinds.propertyContext) throw damaged('heap-malformed');
  const leaves: HeapTreeLeaf[] = [];
  try {
    visitHeapTree(heap, heap.rootHid, leaf => {
      if (leaf.stride - leaf.keyBytes >= 6) leaves.push(leaf);
    });
  } catch (error) {
    // A broken leaf leaves the properties before it readable; with none at all there is nothing to work with.
    if (!leaves.some(leaf => recordCount(leaf) > 0)) throw error;
    node.faults.note('heap-malformed');
  }
  return new PropertyContext(heap, leaves, defaultCodePage);
}

/** Looks through the records as they lie there: a message has tens of them and is asked for tens. */
class PropertyContext implements Properties {
  readonly node: PstNode;
  readonly codePage: number;
  private readonly heap: Heap;
  private readonly leaves: readonly HeapTreeLeaf[];
  private readonly defaultCodePage: number;
  /** The records of the only leaf, if their keys ascend as they should; 0 where they must be looked through. */
  private readonly ascending: number;
  /** Of the property that `find` has found. */
  private foundType = 0;
  /** The value itself when it has at most four octets (little-endian), else a heap id or the id of a subnode. */
  private foundWord = 0;

  constructor(heap: Heap, leaves: readonly HeapTreeLeaf[], defaultCodePage: number) {
    this.node = heap.node;
    this.heap = heap;
    this.leaves = leaves;
    this.defaultCodePage = defaultCodePage;
    this.ascending = leaves.length === 1 && leaves[0] !== undefined ? ascendingRecords(leaves[0]) : 0;
    this.codePage = this.positiveInteger(messageCodePage) ?? this.positiveInteger(internetCodePage) ?? defaultCodePage;
  }

  type(id: number): number | null {
    return this.find(id) ? this.foundType : null;
  }

  number(id: number): number | null {
    if (!this.find(id)) return null;
    const { foundType: type, foundWord: word } = this;
    // Nearly all numbers lie in the record itself.
    switch (type) {
      case propertyTypes.int32:
        return word | 0;
      case propertyTypes.int16:
        return (word << 16) >> 16;
      case propertyTypes.boolean:
        return (word & 0xff) === 0 ? 0 : 1;
      default:
        return this.decoded(type, word, decodeInteger);
    }
  }

  flag(id: number): boolean {
    return this.number(id) === 1;
  }

  text(id: number, limit = largestText): string | null {
    if (!this.find(id)) return null;
    const { foundType: type, foundWord: hnid, heap } = this;
    try {
      // Nearly all texts lie in the heap and are decoded where they lie.
      if (hnid !== 0 && isHeapId(hnid) && (type === propertyTypes.string || type === propertyTypes.string8)) {
        heap.locate(hnid);
        return decodeString(type, heap.block, this.codePage, this.defaultCodePage, heap.start, heap.end);
      }
      return this.asText(type, this.whole(type, hnid, limit));
    } catch (error) {
      this.tolerate(error);
      return null;
    }
  }

  texts(id: number): readonly string[] {
    return this.values(id, (type, octets) => this.asText(type, octets));
  }

  time(id: number): number | null {
    if (!this.find(id) || this.foundType !== propertyTypes.time) return null;
    const { foundType: type, foundWord: hnid, heap } = this;
    try {
      if (!isHeapId(hnid)) return decodeFiletime(this.whole(type, hnid, largestValue));
      heap.locate(hnid);
      return decodeFiletime(heap.block, heap.start, heap.end);
    } catch (error) {
      this.tolerate(error);
      return null;
    }
  }

  times(id: number): readonly number[] {
    return this.values(id, asTime);
  }

  octets(id: number): Buffer | null {
    return this.value(id, asOctets);
  }

  multiple(id: number, baseType: number): readonly Buffer[] {
    return this.values(id, (type, octets) => (type === baseType ? octets : null));
  }

  *stream(id: number): Generator<Buffer> {
    if (!this.find(id)) return;
    const { foundType: type, foundWord: hnid } = this;
    const size = fixedSize(type);
    if (hnid === 0 && (size === null || size > 4)) return;
    try {
      if ((size !== null && size <= 4) || isHeapId(hnid)) yield this.whole(type, hnid, largestValue);
      else yield* this.subnode(hnid).data().stream();
    } catch (error) {
      this.tolerate(error);
    }
  }

  object(id: number): PstNode | null {
    if (!this.find(id)) return null;
    const { foundWord: hnid } = this;
    try {
      // [MS-PST] 2.3.3.5: a heap item with the subnode's id and size. Some writers put the id in place.
      const item = isHeapId(hnid) ? this.heap.item(hnid) : inlineOctets(hnid, 4);
      if (item.length < 4) throw damaged('property-malformed');
      return this.subnode(item.readUInt32LE(0));
    } catch (error) {
      this.tolerate(error);
      return null;
    }
  }

  /** From the end: of two records with the same key, which only damage makes, the last one counts. */
  private find(id: number): boolean {
    if (this.ascending > 0) return this.findAscending(id);
    for (let index = this.leaves.length - 1; index >= 0; index--) {
      const leaf = this.leaves[index];
      if (leaf === undefined) return false;
      for (let record = recordCount(leaf) - 1; record >= 0; record--) {
        if (recordKey(leaf, record) !== id) continue;
        const at = record * leaf.stride + leaf.keyBytes;
        this.foundType = leaf.octets.readUInt16LE(at);
        this.foundWord = leaf.octets.readUInt32LE(at + 2);
        return true;
      }
    }
    return false;
  }

  private findAscending(id: number): boolean {
    const [leaf] = this.leaves;
    if (leaf === undefined) return false;
    const { octets, stride, keyBytes } = leaf;
    let low = 0;
    let high = this.ascending - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const key = recordKey(leaf, middle);
      if (key === id) {
        const at = middle * stride + keyBytes;
        this.foundType = octets.readUInt16LE(at);
        this.foundWord = octets.readUInt32LE(at + 2);
        return true;
      }
      if (key < id) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }

  private positiveInteger(id: number): number | null {
    const value = this.find(id) && this.foundType === propertyTypes.int32 ? this.foundWord | 0 : 0;
    return value > 0 ? value : null;
  }

  private value<T>(id: number, decode: (type: number, octets: Buffer) => T | null): T | null {
    return this.find(id) ? this.decoded(this.foundType, this.foundWord, decode) : null;
  }

  private decoded<T>(type: number, word: number, decode: (type: number, octets: Buffer) => T | null): T | null {
    try {
      return decode(type, this.whole(type, word, largestValue));
    } catch (error) {
      this.tolerate(error);
      return null;
    }
  }

  private values<T>(id: number, decode: (type: number, octets: Buffer) => T | null): readonly T[] {
    const all = this.value(id, (type, octets) => {
      const base = type & ~multipleFlag;
      const each = type === base ? [octets] : splitMultiple(base, octets);
      return each.map(one => decode(base, one)).filter(one => one !== null);
    });
    return all ?? [];
  }

  private whole(type: number, hnid: number, limit: number): Buffer {
    const size = fixedSize(type);
    if (size !== null && size <= 4) return inlineOctets(hnid, size);
    if (isHeapId(hnid)) return this.heap.item(hnid);
    const parts: Buffer[] = [];
    let bytes = 0;
    for (const piece of this.subnode(hnid).data().stream()) {
      bytes += piece.length;
      if (bytes > limit) throw damaged('too-large');
      parts.push(piece);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }

  private subnode(nid: number): PstNode {
    const subnode = this.node.subnode(nid);
    if (subnode === null) throw damaged('subnode-missing');
    return subnode;
  }

  private asText(type: number, octets: Buffer): string | null {
    return decodeString(type, octets, this.codePage, this.defaultCodePage);
  }

  private tolerate(error: unknown): void {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    this.node.faults.note(reason);
  }
}

function ascendingRecords(leaf: HeapTreeLeaf): number {
  const count = recordCount(leaf);
  for (let record = 1; record < count; record++) {
    if (recordKey(leaf, record) <= recordKey(leaf, record - 1)) return 0;
  }
  return count;
}

function asTime(type: number, octets: Buffer): number | null {
  return type === propertyTypes.time ? decodeFiletime(octets) : null;
}

function asOctets(_type: number, octets: Buffer): Buffer {
  return octets;
}

function inlineOctets(word: number, size: number): Buffer {
  const octets = Buffer.allocUnsafe(4);
  octets.writeUInt32LE(word, 0);
  return size === 4 ? octets : octets.subarray(0, size);
}
