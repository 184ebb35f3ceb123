import { expect, test } from 'vitest';
import { isoFromInternalDate } from './internal-date.ts';

test.each([
  [' 4-Mar-2019 09:15:00 +0100', '2019-03-04T09:15:00+01:00'],
  ['04-MAR-2019 09:15:00 +0000', '2019-03-04T09:15:00+00:00'],
  ['31-Dec-1999 23:59:59 -0330', '1999-12-31T23:59:59-03:30'],
  ['32-Mar-2019 09:15:00 +0100', null],
  ['4-Mai-2019 09:15:00 +0100', null],
  ['Mon, 4 Mar 2019 09:15:00 +0100', null],
  ['', null],
])('%s', (text, iso) => {
  expect(isoFromInternalDate(text)).toBe(iso);
});
