import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCyclic, decodePermute, encodePermute } from './decode-block.ts';

test('a block in compressible encryption comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), octets => {
      const data = Buffer.from(octets);
      expect(decodePermute(encodePermute(data))).toEqual(data);
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('high encryption undoes itself, and depends on the block id', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 600 }),
      fc.integer({ min: 4, max: 2 ** 31 }),
      (octets, bid) => {
        const data = Buffer.from(octets);
        const encoded = decodeCyclic(Buffer.from(octets), bid);
        expect(decodeCyclic(Buffer.from(octets), bid + 4)).not.toEqual(encoded);
        expect(decodeCyclic(encoded, bid)).toEqual(data);
      },
    ),
    { seed: 2, numRuns: 100 },
  );
});

test('the tables are those of the specification', () => {
  // mpbbCrypt of [MS-PST] 5.1: R begins 65, 54, 19, and its inverse begins 71, 241, 180.
  expect([...encodePermute(Buffer.from([0, 1, 2]))]).toEqual([65, 54, 19]);
  expect([...decodePermute(Buffer.from([0, 1, 2]))]).toEqual([71, 241, 180]);
});
