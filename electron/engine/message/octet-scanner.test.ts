import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OctetScanner } from './octet-scanner.ts';

function traitsOf(text: string, pieceLength = Infinity): unknown {
  const scanner = new OctetScanner();
  const octets = Buffer.from(text, 'latin1');
  for (let at = 0; at < octets.length; at += pieceLength) scanner.push(octets.subarray(at, at + pieceLength));
  expect(scanner.octets).toBe(octets.length);
  return scanner.traits();
}

test.each([
  ['Subject: a\r\n\r\nplain\r\n', {}],
  [`Subject: a\r\n\r\n${'x'.repeat(998)}\r\n`, {}],
  [`Subject: a\r\n\r\n${'x'.repeat(999)}\r\n`, { longestLine: 999 }],
  [`Subject: a\r\n\r\n${'x'.repeat(5000)}`, { longestLine: 5000 }],
  ['Subject: citt\xe0\r\n\r\nx', { eightBitHeader: true }],
  ['Subject: a\n\ncitt\xe0', {}],
  ['Subject: a\r\n\r\n\0', { nul: true }],
  ['\r\ncitt\xe0', {}],
  ['', {}],
])('%j', (text, expected) => {
  for (const pieceLength of [1, 2, 3, 7, 1000, Infinity]) expect(traitsOf(text, pieceLength)).toEqual(expected);
});

test('the longest line agrees with a plain split, in pieces of any size', () => {
  const line = fc.integer({ min: 0, max: 2500 }).map(length => 'y'.repeat(length));
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 900 }),
      (lines, eol, cut) => {
        const longest = Math.max(0, ...lines.map(each => each.length));
        expect(traitsOf(`\r\n\r\n${lines.join(eol)}`, cut)).toEqual(longest > 998 ? { longestLine: longest } : {});
      },
    ),
    { numRuns: 300 },
  );
});
