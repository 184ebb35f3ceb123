import { deflateSync } from 'node:zlib';
import { pstChecksum } from '../ndb/checksum.ts';
import { cryptMethods, decodeCyclic, encodePermute } from '../ndb/decode-block.ts';
import type { FileFormat } from '../ndb/file-format.ts';
import { pageTypes } from '../ndb/page.ts';
import type { BTreeType } from '../ndb/page.ts';

/** Writes the node database layer of a file for tests, so that they can contain what no fixture at hand does. */
export interface NodeWriter {
  readonly format: FileFormat;
  /** Adds one block and returns its id. */
  block(data: Buffer, internal?: boolean): number;
  /** Adds data of any length: a block, an XBLOCK or an XXBLOCK. */
  dataTree(data: Buffer): number;
  dataTreeOf(bids: readonly number[], bytes: number): number;
  subnodes(entries: readonly Subnode[]): number;
  node(nid: number, dataBid: number, subnodesBid: number, parentNid?: number): void;
  /** Writes both B-trees. The header goes to offset 0, everything else was appended. */
  finish(): Buffer;
}

export interface Subnode {
  readonly nid: number;
  readonly dataBid: number;
  readonly subnodesBid: number;
}

interface Entry {
  readonly key: number;
  readonly octets: Buffer;
}

const versions = { ansi: 14, unicode: 23, 'unicode-4k': 36 } as const;

/** @param append takes the octets that follow; the first call is for offset `start` */
export function createNodeWriter(
  format: FileFormat,
  cryptMethod: number,
  start: number,
  append: (octets: Buffer) => void,
): NodeWriter {
  const word = format.wordBytes;
  let end = start;
  let nextBid = 4;
  const blocks: Entry[] = [];
  const nodes: Entry[] = [];

  const words = (...values: readonly number[]): Buffer => {
    const out = Buffer.alloc(values.length * word);
    for (const [index, value] of values.entries()) {
      if (word === 4) out.writeUInt32LE(value, index * 4);
      else out.writeBigUInt64LE(BigInt(value), index * 8);
    }
    return out;
  };
  const put = (octets: Buffer, alignment: number): number => {
    const gap = (alignment - (end % alignment)) % alignment;
    if (gap > 0) append(Buffer.alloc(gap));
    append(octets);
    end += gap + octets.length;
    return end - octets.length;
  };
  const takeBid = (internal: boolean): number => {
    nextBid += 4;
    return nextBid + (internal ? 2 : 0);
  };
  const encode = (data: Buffer, bid: number): Buffer => {
    if (cryptMethod === cryptMethods.permute) return encodePermute(data);
    return cryptMethod === cryptMethods.cyclic ? decodeCyclic(Buffer.from(data), bid) : data;
  };

  function block(data: Buffer, internal = false): number {
    const bid = takeBid(internal);
    const encoded = internal ? data : encode(data, bid);
    const packed = format.name === 'unicode-4k' ? deflateSync(encoded) : encoded;
    const stored = packed.length < encoded.length ? packed : encoded;
    const unit = format.blockAlignment;
    const whole = Buffer.alloc(Math.ceil((stored.length + format.blockTrailerBytes) / unit) * unit);
    stored.copy(whole);
    const trailer = whole.length - format.blockTrailerBytes;
    whole.writeUInt16LE(stored.length, trailer);
    whole.writeUInt32LE(pstChecksum(stored), trailer + (word === 4 ? 8 : 4));
    words(bid).copy(whole, trailer + (word === 4 ? 4 : 8));
    const offset = put(whole, unit);
    whole.writeUInt16LE(((offset ^ bid) & 0xffff) ^ (((offset ^ bid) >>> 16) & 0xffff), trailer + 2);
    const sizes = Buffer.alloc(word === 4 ? 4 : 8);
    sizes.writeUInt16LE(stored.length, 0);
    sizes.writeUInt16LE(format.name === 'unicode-4k' ? data.length : 2, 2);
    blocks.push({ key: bid, octets: Buffer.concat([words(bid, offset), sizes]) });
    return bid;
  }

  function tree(level: number, children: readonly number[], bytes: number): number {
    const header = Buffer.alloc(8);
    header.writeUInt8(1, 0);
    header.writeUInt8(level, 1);
    header.writeUInt16LE(children.length, 2);
    header.writeUInt32LE(bytes, 4);
    return block(Buffer.concat([header, words(...children)]), true);
  }

  function dataTreeOf(bids: readonly number[], bytes: number): number {
    const [only] = bids;
    if (bids.length === 1 && only !== undefined) return only;
    const most = Math.floor((format.blockDataBytes - 8) / word);
    if (bids.length <= most) return tree(1, bids, bytes);
    const parents: number[] = [];
    for (let at = 0; at < bids.length; at += most) parents.push(tree(1, bids.slice(at, at + most), bytes));
    return tree(2, parents, bytes);
  }

  function writeTree(type: BTreeType, entries: Entry[]): { bid: number; offset: number } {
    entries.sort((a, b) => a.key - b.key);
    let level = 0;
    let current: readonly Entry[] = entries;
    for (;;) {
      const size = current[0]?.octets.length ?? 1;
      const most = Math.floor(format.pageCountsAt / size);
      const parents: Entry[] = [];
      let last = { bid: 0, offset: 0 };
      for (let at = 0; at === 0 || at < current.length; at += most) {
        const own = current.slice(at, at + most);
        last = writePage(type, level, size, most, own);
        parents.push({ key: own[0]?.key ?? 0, octets: words(own[0]?.key ?? 0, last.bid, last.offset) });
      }
      if (parents.length === 1) return last;
      current = parents;
      level++;
    }
  }

  function writePage(
    type: BTreeType,
    level: number,
    size: number,
    most: number,
    entries: readonly Entry[],
  ): { bid: number; offset: number } {
    const page = Buffer.alloc(format.pageBytes);
    Buffer.concat(entries.map(entry => entry.octets)).copy(page);
    const two = format.pageCountBytes === 2;
    const counts = format.pageCountsAt;
    if (two) page.writeUInt16LE(entries.length, counts);
    else page.writeUInt8(entries.length, counts);
    if (two) page.writeUInt16LE(most, counts + 2);
    else page.writeUInt8(most, counts + 1);
    page.writeUInt8(size, counts + (two ? 4 : 2));
    page.writeUInt8(level, counts + (two ? 5 : 3));
    const trailer = format.pageTrailerAt;
    const bid = takeBid(false);
    page.writeUInt8(type, trailer);
    page.writeUInt8(type, trailer + 1);
    page.writeUInt32LE(pstChecksum(page.subarray(0, trailer)), trailer + (word === 4 ? 8 : 4));
    words(bid).copy(page, trailer + (word === 4 ? 4 : 8));
    return { bid, offset: put(page, format.pageBytes) };
  }

  return {
    format,
    block,
    dataTree(data) {
      const bids: number[] = [];
      for (let at = 0; at === 0 || at < data.length; at += format.blockDataBytes) {
        bids.push(block(data.subarray(at, at + format.blockDataBytes)));
      }
      return dataTreeOf(bids, data.length);
    },
    dataTreeOf,
    subnodes(entries) {
      if (entries.length === 0) return 0;
      const header = Buffer.alloc(word === 4 ? 4 : 8);
      header.writeUInt8(2, 0);
      header.writeUInt16LE(entries.length, 2);
      const sorted = [...entries].sort((a, b) => a.nid - b.nid);
      return block(Buffer.concat([header, ...sorted.map(one => words(one.nid, one.dataBid, one.subnodesBid))]), true);
    },
    node(nid, dataBid, subnodesBid, parentNid = 0) {
      const parent = Buffer.alloc(word);
      parent.writeUInt32LE(parentNid, 0);
      nodes.push({ key: nid, octets: Buffer.concat([words(nid, dataBid, subnodesBid), parent]) });
    },
    finish() {
      const nodeRoot = writeTree(pageTypes.nodeBTree, nodes);
      const blockRoot = writeTree(pageTypes.blockBTree, blocks);
      const header = Buffer.alloc(564);
      header.write('!BDN', 0, 'latin1');
      header.write('SM', 8, 'latin1');
      header.writeUInt16LE(versions[format.name], 10);
      header.writeUInt8(0x80, word === 4 ? 460 : 512);
      header.writeUInt8(cryptMethod, word === 4 ? 461 : 513);
      words(nodeRoot.bid, nodeRoot.offset, blockRoot.bid, blockRoot.offset).copy(header, word === 4 ? 184 : 216);
      header.writeUInt32LE(pstChecksum(header.subarray(8, 479)), 4);
      return header;
    },
  };
}
