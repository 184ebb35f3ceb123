import { expect, test } from 'vitest';
import { collectFaults, damaged } from '../damage.ts';
import { createNodeWriter } from '../testing/node-writer.ts';
import { ansiFormat, unicode4kFormat, unicodeFormat } from './file-format.ts';
import type { FileFormat } from './file-format.ts';
import { readerOfBuffer } from './file-reader.ts';
import { openNodeDatabase } from './node-database.ts';
import type { NodeDatabase } from './node-database.ts';
import { openNode } from './node.ts';
import { cryptMethods } from './decode-block.ts';

const formats: readonly FileFormat[] = [ansiFormat, unicodeFormat, unicode4kFormat];
const nodeCount = 700;

/** Nodes 1 to 700; the data of each is its number, that of the last fills an XXBLOCK. */
function build(format: FileFormat, cryptMethod: number, large: Buffer): Buffer {
  const start = format.pageBytes * 2;
  const pieces: Buffer[] = [];
  const writer = createNodeWriter(format, cryptMethod, start, octets => pieces.push(octets));
  for (let nid = 1; nid < nodeCount; nid++) writer.node(nid, writer.block(Buffer.from(`node ${nid}`)), 0);
  const below = writer.subnodes([{ nid: 0x671, dataBid: writer.block(Buffer.from('below')), subnodesBid: 0 }]);
  writer.node(nodeCount, writer.dataTree(large), below);
  const header = writer.finish();
  return Buffer.concat([header, Buffer.alloc(start - header.length), ...pieces]);
}

function readNode(database: NodeDatabase, nid: number): Buffer | null {
  const faults = collectFaults();
  const entry = database.node(nid, faults);
  if (entry === null) return null;
  return openNode(database, entry, faults).data().whole(100_000_000);
}

function allNodes(database: NodeDatabase): { readonly nids: readonly number[]; readonly faults: readonly string[] } {
  const faults = collectFaults();
  const nids: number[] = [];
  for (const node of database.nodes(faults)) nids.push(node.nid);
  return { nids, faults: faults.reasons };
}

for (const format of formats) {
  for (const [name, cryptMethod] of Object.entries(cryptMethods)) {
    test(`${format.name}, encryption ${name}: every node, the data tree of two levels and the subnode`, () => {
      // Two levels take more than 1,020 blocks; the 4K layout has 65 KB blocks of up to 8,188 entries: one level there.
      const large = Buffer.alloc(format.name === 'unicode-4k' ? 300_000 : 18_000_000, 'abcdefg');
      const database = openNodeDatabase(readerOfBuffer(build(format, cryptMethod, large)));
      const { nids, faults } = allNodes(database);
      expect(nids).toEqual(Array.from({ length: nodeCount }, (_, index) => index + 1));
      expect(faults).toEqual([]);
      expect(String(readNode(database, 350))).toBe('node 350');
      expect(readNode(database, nodeCount)?.equals(large)).toBe(true);
      expect(readNode(database, nodeCount + 1)).toBeNull();
      const entry = database.node(nodeCount, collectFaults());
      const below = entry === null ? null : openNode(database, entry, collectFaults()).subnode(0x671);
      expect(String(below?.data().whole(100))).toBe('below');
    });
  }
}

/** Offsets of the pages of a type and level in a file of 512-octet pages. */
function pagesOf(file: Buffer, type: number, level: number): readonly number[] {
  const found: number[] = [];
  for (let at = 1024; at + 512 <= file.length; at += 512) {
    if (file[at + 496] === type && file[at + 497] === type && file[at + 491] === level) found.push(at);
  }
  return found;
}

test('a broken branch of the node tree costs nothing: its leaves are found by looking for them', () => {
  const file = build(unicodeFormat, cryptMethods.permute, Buffer.from('x'));
  const [branch = 0] = pagesOf(file, 0x81, 1);
  file.fill(0, branch, branch + 512);
  const database = openNodeDatabase(readerOfBuffer(file));
  const { nids, faults } = allNodes(database);
  expect(nids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: nodeCount }, (_, index) => index + 1));
  expect(faults).toEqual(['page-type']);
  expect(String(readNode(database, 350))).toBe('node 350');
});

test('a broken branch of the block tree costs nothing either', () => {
  const file = build(unicodeFormat, cryptMethods.permute, Buffer.from('x'));
  for (const branch of pagesOf(file, 0x80, 1)) file.fill(0xff, branch, branch + 512);
  const database = openNodeDatabase(readerOfBuffer(file));
  expect(String(readNode(database, 350))).toBe('node 350');
});

test('a broken leaf costs the nodes on it and no others', () => {
  const file = build(unicodeFormat, cryptMethods.none, Buffer.from('x'));
  const [leaf = 0] = pagesOf(file, 0x81, 0);
  file.fill(0, leaf, leaf + 512);
  const database = openNodeDatabase(readerOfBuffer(file));
  const { nids, faults } = allNodes(database);
  expect(nids).toHaveLength(nodeCount - 15);
  expect(faults).toEqual(['page-type']);
});

test('a page that names itself and a page named by all its siblings end the walk', () => {
  const file = build(unicodeFormat, cryptMethods.none, Buffer.from('x'));
  const [branch = 0] = pagesOf(file, 0x81, 1);
  // All entries of the branch to its first leaf.
  const target = file.subarray(branch + 16, branch + 24);
  const count = file.readUInt8(branch + 488);
  for (let index = 1; index < count; index++) target.copy(file, branch + 24 * index + 16);
  const { faults } = allNodes(openNodeDatabase(readerOfBuffer(file)));
  expect(faults).toContain('cycle');

  const [root = 0] = pagesOf(file, 0x81, 2);
  const self = Buffer.alloc(8);
  self.writeUInt32LE(root, 0);
  self.copy(file, root + 16);
  const again = allNodes(openNodeDatabase(readerOfBuffer(file)));
  expect(again.faults).toContain('page-malformed');
});

test('an altered block is read and said to be altered; a block of another id is not taken for it', () => {
  const file = build(unicodeFormat, cryptMethods.none, Buffer.from('x'));
  const at = file.indexOf('node 350');
  file.write('N', at, 'latin1');
  const faults = collectFaults();
  const database = openNodeDatabase(readerOfBuffer(file));
  const entry = database.node(350, faults);
  expect(String(database.block(entry?.dataBid ?? 0, faults))).toBe('Node 350');
  expect(faults.reasons).toEqual(['block-checksum']);

  const trailer = Math.floor(file.indexOf('node 351') / 64) * 64 + 48;
  file.writeUInt32LE(0x7777, trailer + 8);
  file.writeUInt16LE(0, trailer + 2);
  const other = database.node(351, faults);
  expect(() => database.block(other?.dataBid ?? 0, faults)).toThrow(
    expect.objectContaining({ problem: damaged('block-unreadable').problem }),
  );
});

test('a damaged version number does not hide the file', () => {
  for (const format of [ansiFormat, unicodeFormat]) {
    const file = build(format, cryptMethods.permute, Buffer.from('x'));
    file.writeUInt16LE(0x4017, 10);
    const database = openNodeDatabase(readerOfBuffer(file));
    expect(String(readNode(database, 350))).toBe('node 350');
  }
});

test('files that are no PST say so', () => {
  const reasonFor = (content: Buffer): unknown => {
    try {
      openNodeDatabase(readerOfBuffer(content));
      return null;
    } catch (error) {
      return (error as { problem: unknown }).problem;
    }
  };
  expect(reasonFor(Buffer.alloc(0))).toMatchObject({
    code: 'INPUT_FILE_INVALID',
    details: { reason: 'empty-file' },
  });
  expect(reasonFor(Buffer.from('From - a mailbox\n'))).toMatchObject({ details: { reason: 'not-a-pst' } });
  expect(reasonFor(Buffer.from('!BDN and then nothing'))).toMatchObject({ details: { reason: 'truncated' } });
});
