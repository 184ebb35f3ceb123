import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeUids, uidSet } from './uid-set.ts';

test.each([
  [[7], '7'],
  [[1, 2, 3], '1:3'],
  [[1, 3, 4, 9], '1,3:4,9'],
])('%j', (uids, set) => {
  expect(uidSet(uids)).toBe(set);
});

test('batches cover all, in order, and none makes a long line', () => {
  const uid = fc.integer({ min: 1, max: 4_294_967_295 });
  fc.assert(
    fc.property(fc.uniqueArray(uid, { maxLength: 2000 }), fc.integer({ min: 1, max: 1000 }), (some, limit) => {
      const uids = some.sort((a, b) => a - b);
      const taken: number[] = [];
      while (taken.length < uids.length) {
        const batch = takeUids(uids, taken.length, limit);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(limit);
        expect(uidSet(batch).length).toBeLessThanOrEqual(7000);
        taken.push(...batch);
      }
      expect(taken).toEqual(uids);
    }),
    { numRuns: 30 },
  );
});
