import { tag } from '../ltp/property-ids.ts';
import { propertySets } from '../ltp/named-properties.ts';
import type { PropertySet } from '../ltp/named-properties.ts';
import { propertyTypes } from '../ltp/property-types.ts';
import { folderTable, wellKnownNodes } from '../messaging/node-ids.ts';
import type { FileFormat } from '../ndb/file-format.ts';
import { writeProperties, writeTable } from './heap-writer.ts';
import type { NodeContent, PropertyValue } from './heap-writer.ts';
import { createNodeWriter } from './node-writer.ts';
import type { NodeWriter, Subnode } from './node-writer.ts';

/** Properties in short form. Named ones take the ids that `named` gave them. */
export const property = {
  text: (id: number, text: string): PropertyValue => ({
    id,
    type: propertyTypes.string,
    octets: Buffer.from(text, 'utf16le'),
  }),
  text8: (id: number, octets: Buffer): PropertyValue => ({ id, type: propertyTypes.string8, octets }),
  number: (id: number, value: number): PropertyValue => {
    const octets = Buffer.alloc(4);
    octets.writeInt32LE(value, 0);
    return { id, type: propertyTypes.int32, octets };
  },
  flag: (id: number, value: boolean): PropertyValue => ({
    id,
    type: propertyTypes.boolean,
    octets: Buffer.from([value ? 1 : 0]),
  }),
  octets: (id: number, octets: Buffer): PropertyValue => ({ id, type: propertyTypes.binary, octets }),
  time: (id: number, ms: number): PropertyValue => {
    const octets = Buffer.alloc(8);
    octets.writeBigUInt64LE(BigInt(ms + 11_644_473_600_000) * 10_000n, 0);
    return { id, type: propertyTypes.time, octets };
  },
  texts: (id: number, values: readonly string[]): PropertyValue => {
    const encoded = values.map(value => Buffer.from(value, 'utf16le'));
    const head = Buffer.alloc(4 + 4 * values.length);
    head.writeUInt32LE(values.length, 0);
    let at = head.length;
    for (const [index, one] of encoded.entries()) {
      head.writeUInt32LE(at, 4 + 4 * index);
      at += one.length;
    }
    return { id, type: propertyTypes.string | 0x1000, octets: Buffer.concat([head, ...encoded]) };
  },
} as const;

export interface DraftAttachment {
  readonly properties: readonly PropertyValue[];
  readonly message?: NodeContent;
}

export interface DraftFolder {
  readonly name: string;
  readonly containerClass?: string;
  readonly items: readonly NodeContent[];
  readonly folders?: readonly DraftFolder[];
}

export interface StoreWriter {
  readonly nodes: NodeWriter;
  /** The id under which this file will keep a named property. */
  named(set: PropertySet, name: number | string): number;
  item(
    properties: readonly PropertyValue[],
    recipients?: readonly (readonly PropertyValue[])[] | null,
    attachments?: readonly DraftAttachment[],
  ): NodeContent;
  /** The whole file. */
  finish(folders: readonly DraftFolder[]): Buffer;
  /** As `finish`, for a writer that appends elsewhere: only the header. */
  finishHeader(folders: readonly DraftFolder[]): Buffer;
}

const mailRoot = 0x8022;
export const firstItem = 0x200024;
export const testRecordKey = '00112233445566778899aabbccddeeff';

export function createStoreWriter(format: FileFormat, cryptMethod = 0, append?: (octets: Buffer) => void): StoreWriter {
  const start = format.pageBytes * 2;
  const pieces: Buffer[] = [];
  const nodes = createNodeWriter(format, cryptMethod, start, append ?? (octets => void pieces.push(octets)));
  const names = new Map<string, { set: PropertySet; name: number | string; id: number }>();

  function named(set: PropertySet, name: number | string): number {
    const key = `${set} ${name}`;
    const known = names.get(key) ?? { set, name, id: 0x8000 + names.size };
    names.set(key, known);
    return known.id;
  }

  function item(
    properties: readonly PropertyValue[],
    recipients: readonly (readonly PropertyValue[])[] | null = [],
    attachments: readonly DraftAttachment[] = [],
  ): NodeContent {
    const below: Subnode[] = [];
    if (recipients !== null) {
      const table = writeTable(
        nodes,
        recipients.map((cells, id) => ({ id, cells })),
      );
      below.push({ nid: 0x692, ...table });
    }
    if (attachments.length > 0) {
      const ids = attachments.map((_, index) => ((0x401 + index) << 5) | 0x05);
      below.push({
        nid: 0x671,
        ...writeTable(
          nodes,
          ids.map(id => ({ id, cells: [] })),
        ),
      });
      for (const [index, { properties: own, message }] of attachments.entries()) {
        const nested: Subnode[] = message === undefined ? [] : [{ nid: 0x24, ...message }];
        const object = Buffer.alloc(8);
        object.writeUInt32LE(0x24, 0);
        const link =
          message === undefined ? [] : [{ id: tag.attachDataBinary, type: propertyTypes.object, octets: object }];
        below.push({ nid: ids[index] ?? 0, ...writeProperties(nodes, [...own, ...link], nested) });
      }
    }
    return writeProperties(nodes, properties, below);
  }

  function writeNameMap(): void {
    const sets = Object.keys(propertySets) as PropertySet[];
    const guids = Buffer.concat(sets.map(set => guidOctets(propertySets[set])));
    const strings: Buffer[] = [];
    let stringBytes = 0;
    const entries = [...names.values()].map(({ set, name, id }) => {
      const entry = Buffer.alloc(8);
      const guid = (sets.indexOf(set) + 3) << 1;
      if (typeof name === 'number') {
        entry.writeUInt32LE(name, 0);
        entry.writeUInt16LE(guid, 4);
      } else {
        const text = Buffer.from(name, 'utf16le');
        const length = Buffer.alloc(4);
        length.writeUInt32LE(text.length, 0);
        entry.writeUInt32LE(stringBytes, 0);
        entry.writeUInt16LE(guid | 1, 4);
        strings.push(length, text);
        stringBytes += 4 + text.length;
      }
      entry.writeUInt16LE(id - 0x8000, 6);
      return entry;
    });
    const map = writeProperties(nodes, [
      property.octets(2, guids),
      property.octets(3, Buffer.concat(entries)),
      property.octets(4, Buffer.concat(strings)),
    ]);
    nodes.node(wellKnownNodes.nameToIdMap, map.dataBid, map.subnodesBid);
  }

  function finishHeader(folders: readonly DraftFolder[]): Buffer {
    const entryId = Buffer.alloc(24);
    entryId.writeUInt32LE(mailRoot, 20);
    const store = writeProperties(nodes, [
      property.octets(tag.recordKey, Buffer.from(testRecordKey, 'hex')),
      property.text(tag.displayName, 'Test store'),
      property.octets(tag.ipmSubtreeEntryId, entryId),
    ]);
    nodes.node(wellKnownNodes.messageStore, store.dataBid, store.subnodesBid);
    writeNameMap();
    let nextFolder = mailRoot;
    let nextItem = firstItem;

    function writeFolder(nid: number, parent: number, draft: DraftFolder): void {
      const own = writeProperties(nodes, [
        property.text(tag.displayName, draft.name),
        property.number(tag.contentCount, draft.items.length),
        property.number(0x3603, 0),
        property.flag(0x360a, (draft.folders ?? []).length > 0),
        ...(draft.containerClass === undefined ? [] : [property.text(tag.containerClass, draft.containerClass)]),
      ]);
      nodes.node(nid, own.dataBid, own.subnodesBid, parent);
      const items = draft.items.map(content => {
        const id = nextItem;
        nextItem += 0x20;
        nodes.node(id, content.dataBid, content.subnodesBid, nid);
        return { id, cells: [] };
      });
      const contents = writeTable(nodes, items);
      nodes.node(folderTable(nid, 'contents'), contents.dataBid, contents.subnodesBid);
      const children = (draft.folders ?? []).map(child => {
        nextFolder += 0x20;
        return { id: nextFolder, child };
      });
      const hierarchy = writeTable(
        nodes,
        children.map(({ id }) => ({ id, cells: [] })),
      );
      nodes.node(folderTable(nid, 'hierarchy'), hierarchy.dataBid, hierarchy.subnodesBid);
      for (const { id, child } of children) writeFolder(id, nid, child);
    }

    const root = writeProperties(nodes, [property.text(tag.displayName, '')]);
    nodes.node(wellKnownNodes.rootFolder, root.dataBid, root.subnodesBid, wellKnownNodes.rootFolder);
    writeFolder(mailRoot, wellKnownNodes.rootFolder, { name: 'Top of test store', items: [], folders });
    return nodes.finish();
  }

  return {
    nodes,
    named,
    item,
    finishHeader,
    finish(folders) {
      const header = finishHeader(folders);
      return Buffer.concat([header, Buffer.alloc(start - header.length), ...pieces]);
    },
  };
}

function guidOctets(guid: string): Buffer {
  const octets = Buffer.from(guid.replaceAll('-', ''), 'hex');
  octets.subarray(0, 4).reverse();
  octets.subarray(4, 6).reverse();
  octets.subarray(6, 8).reverse();
  return octets;
}
