import { damaged, reasonOf, tolerating } from '../damage.ts';
import type { PstNode } from '../ndb/node.ts';
import { visitHeapTree } from './btree-on-heap.ts';
import { westernCodePage } from './code-page.ts';
import { heapKinds, isHeapId, openHeap } from './heap.ts';
import type { Heap } from './heap.ts';
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
  number(id: number): Promise<number | null>;
  flag(id: number): Promise<boolean>;
  /** @param limit octets; a longer value is damage */
  text(id: number, limit?: number): Promise<string | null>;
  texts(id: number): Promise<readonly string[]>;
  /** Milliseconds since 1970, UTC. */
  time(id: number): Promise<number | null>;
  times(id: number): Promise<readonly number[]>;
  octets(id: number): Promise<Buffer | null>;
  /** The values of a multi-valued property of this base type, undecoded. */
  multiple(id: number, baseType: number): Promise<readonly Buffer[]>;
  /** The value's octets in pieces, however large. */
  stream(id: number): AsyncGenerator<Buffer>;
  /** The node that an object property (an embedded message, an OLE storage) names. */
  object(id: number): Promise<PstNode | null>;
}

/** Values held in memory: bodies and pictures. An attachment is streamed. */
export const largestValue = 64 * 1024 * 1024;
/** Names, addresses, subjects, a stored header. */
const largestText = 1024 * 1024;

const messageCodePage = 0x3ffd;
const internetCodePage = 0x3fde;

interface Slot {
  readonly type: number;
  /** The value itself when it has at most four octets (little-endian), else a heap id or the id of a subnode. */
  readonly word: number;
}

/** Property Context ([MS-PST] 2.3.3). Throws damage when the context itself cannot be read. */
export async function openProperties(node: PstNode, defaultCodePage = westernCodePage): Promise<Properties> {
  const heap = await openHeap(node);
  if (heap.kind !== heapKinds.propertyContext) throw damaged('heap-malformed');
  const slots = new Map<number, Slot>();
  try {
    await visitHeapTree(heap, heap.rootHid, (key, octets, start, end) => {
      if (end - start < 6) return;
      slots.set(key, { type: octets.readUInt16LE(start), word: octets.readUInt32LE(start + 2) });
    });
  } catch (error) {
    // A broken leaf leaves the properties before it readable; with none at all there is nothing to work with.
    if (slots.size === 0) throw error;
    node.faults.note('heap-malformed');
  }
  const codePage = inlineInteger(slots, messageCodePage) ?? inlineInteger(slots, internetCodePage) ?? defaultCodePage;
  return propertiesOver(heap, slots, codePage, defaultCodePage);
}

function inlineOctets({ word }: Slot, size: number): Buffer {
  const octets = Buffer.allocUnsafe(4);
  octets.writeUInt32LE(word, 0);
  return size === 4 ? octets : octets.subarray(0, size);
}

function inlineInteger(slots: ReadonlyMap<number, Slot>, id: number): number | null {
  const slot = slots.get(id);
  const value = slot?.type === propertyTypes.int32 ? slot.word | 0 : 0;
  return value > 0 ? value : null;
}

function propertiesOver(
  heap: Heap,
  slots: ReadonlyMap<number, Slot>,
  codePage: number,
  defaultCodePage: number,
): Properties {
  const { node } = heap;

  async function* pieces(slot: Slot): AsyncGenerator<Buffer> {
    const size = fixedSize(slot.type);
    if (size !== null && size <= 4) {
      yield inlineOctets(slot, size);
      return;
    }
    const hnid = slot.word;
    if (hnid === 0) return;
    if (isHeapId(hnid)) {
      yield await heap.item(hnid);
      return;
    }
    const subnode = await node.subnode(hnid);
    if (subnode === null) throw damaged('subnode-missing');
    yield* (await subnode.data()).stream();
  }

  async function whole(slot: Slot, limit: number): Promise<Buffer> {
    const size = fixedSize(slot.type);
    if (size !== null && size <= 4) return inlineOctets(slot, size);
    // Nearly all values lie in the heap: they need no stream.
    const hnid = slot.word;
    if (hnid !== 0 && isHeapId(hnid)) return heap.item(hnid);
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const piece of pieces(slot)) {
      bytes += piece.length;
      if (bytes > limit) throw damaged('too-large');
      parts.push(piece);
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  }

  async function value<T>(
    id: number,
    decode: (type: number, octets: Buffer) => T | null,
    limit = largestValue,
  ): Promise<T | null> {
    const slot = slots.get(id);
    if (slot === undefined) return null;
    // Written out, not through `tolerating`: dozens of times a message, each function in between is a promise more.
    try {
      const size = fixedSize(slot.type);
      const octets = size !== null && size <= 4 ? inlineOctets(slot, size) : await whole(slot, limit);
      return decode(slot.type, octets);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      node.faults.note(reason);
      return null;
    }
  }

  async function values<T>(id: number, decode: (type: number, octets: Buffer) => T | null): Promise<readonly T[]> {
    const all = await value(id, (type, octets) => {
      const base = type & ~multipleFlag;
      const each = type === base ? [octets] : splitMultiple(base, octets);
      return each.map(one => decode(base, one)).filter(one => one !== null);
    });
    return all ?? [];
  }

  const asTime = (type: number, octets: Buffer): number | null =>
    type === propertyTypes.time ? decodeFiletime(octets) : null;
  const asText = (type: number, octets: Buffer): string | null => decodeString(type, octets, codePage, defaultCodePage);

  return {
    node,
    codePage,
    type: id => slots.get(id)?.type ?? null,
    number: id => value(id, decodeInteger),
    flag: async id => (await value(id, decodeInteger)) === 1,
    text: (id, limit = largestText) => value(id, asText, limit),
    texts: id => values(id, asText),
    time: id => value(id, asTime),
    times: id => values(id, asTime),
    octets: id => value(id, (_, octets) => octets),
    multiple: (id, baseType) => values(id, (type, octets) => (type === baseType ? octets : null)),
    async *stream(id) {
      const slot = slots.get(id);
      if (slot === undefined) return;
      const parts = pieces(slot);
      for (;;) {
        const next = await tolerating(node.faults, null, () => parts.next());
        if (next === null || next.done === true) return;
        yield next.value;
      }
    },
    async object(id) {
      const slot = slots.get(id);
      if (slot === undefined) return null;
      return tolerating(node.faults, null, async () => {
        // [MS-PST] 2.3.3.5: a heap item with the subnode's id and size. Some writers put the id in place.
        const hnid = slot.word;
        const item = isHeapId(hnid) ? await heap.item(hnid) : inlineOctets(slot, 4);
        if (item.length < 4) throw damaged('property-malformed');
        const subnode = await node.subnode(item.readUInt32LE(0));
        if (subnode === null) throw damaged('subnode-missing');
        return subnode;
      });
    },
  };
}
