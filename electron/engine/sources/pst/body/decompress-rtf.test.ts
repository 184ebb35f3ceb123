import { expect, test } from 'vitest';
import { collectFaults } from '../damage.ts';
import { decompressRtf } from './decompress-rtf.ts';

/** The two examples of [MS-OXRTFCP] section 4. */
const simple = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  'hex',
);
const crossing = Buffer.from('1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0', 'hex');

test('the examples of the specification', () => {
  const faults = collectFaults();
  expect(String(decompressRtf(simple, faults))).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  // A reference that reads what it is just writing.
  expect(String(decompressRtf(crossing, faults))).toBe('{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}');
  expect(faults.reasons).toEqual([]);
});

test('RTF that was not compressed', () => {
  const rtf = Buffer.from('{\\rtf1 plain}');
  const header = Buffer.from('000000000d0000004d454c4100000000', 'hex');
  header.writeUInt32LE(rtf.length + 12, 0);
  expect(String(decompressRtf(Buffer.concat([header, rtf]), collectFaults()))).toBe('{\\rtf1 plain}');
});

test('a cut or altered stream gives what can be unpacked, and says so', () => {
  const faults = collectFaults();
  expect(String(decompressRtf(simple.subarray(0, 30), faults))).toMatch(/^\{\\rtf1\\ansi\\ansicpg/);
  expect(faults.reasons).toEqual(['rtf-malformed']);
  expect(() => decompressRtf(Buffer.from('no header at all'), faults)).toThrow('rtf-malformed');
});
