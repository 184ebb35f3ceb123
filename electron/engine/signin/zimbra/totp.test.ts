import { expect, test } from 'vitest';
import { periodsAway, totpCode } from './totp.ts';

/** RFC 6238 appendix B; its secret, `12345678901234567890`, in base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1234567890, '89005924'],
  [20000000000, '65353130'],
])('the test vectors of RFC 6238 at %i s', (seconds, code) => {
  expect(totpCode(secret, seconds * 1000, { digits: 8 })).toBe(code);
  expect(totpCode(secret.toLowerCase().replaceAll(/(.{4})/g, '$1 '), seconds * 1000)).toBe(code.slice(2));
});

test('a code that was right a while ago, or will be, is told from one that never was', () => {
  const now = 1_700_000_000_000;
  const at = (seconds: number): string => totpCode(secret, now + seconds * 1000) ?? '';
  expect(periodsAway(secret, at(0), now)).toBe(0);
  expect(periodsAway(secret, at(-90), now)).toBe(-3);
  expect(periodsAway(secret, at(300), now)).toBe(10);
  expect(periodsAway(secret, '000000', now)).toBeNull();
  expect(periodsAway('0189!', at(0), now)).toBeNull();
});
