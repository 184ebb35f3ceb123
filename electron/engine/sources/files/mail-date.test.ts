import { expect, test } from 'vitest';
import { isoFromMailDate, separatorDate } from './mail-date.ts';

test.each([
  ['Mon, 4 Mar 2019 09:15:00 +0100', '2019-03-04T09:15:00+01:00'],
  ['from a (b) by c; Mon, 04 Mar 2019 9:15 -0330 (NST)', '2019-03-04T09:15:00-03:30'],
  ['4 Mar 19 09:15:00 GMT', '2019-03-04T09:15:00+00:00'],
  ['Fri, 1 Jan 99 00:00:00 EST', '1999-01-01T00:00:00-05:00'],
  ['Thu, 01 Jan 1970 00:00:00 +0000', '1970-01-01T00:00:00+00:00'],
  ['31 Feb 2019 09:15:00 +0000', null],
  ['99 Mar 2019 09:15:00 +0000', null],
  ['4 Foo 2019 09:15:00 +0000', null],
  ['4 Mar 2019 29:75:00 +0000', null],
  ['4 Mar 2019 09:15:00 +9999', null],
  ['', null],
])('RFC 5322: %j', (text, iso) => {
  expect(isoFromMailDate(text)).toBe(iso);
});

test.each([
  ['anna@esempio.it Mon Mar  4 09:15:00 2019', '2019-03-04T09:15:00+00:00', false],
  ['- Mon Mar 04 09:15:00 2019', '2019-03-04T09:15:00+00:00', false],
  ['a@b Mon Mar 4 09:15 2019 +0100', '2019-03-04T09:15:00+01:00', true],
  ['a@b Mon Mar  4 09:15:00 CET 2019', '2019-03-04T09:15:00+01:00', true],
  ['1234@xxx Mon Mar 04 09:15:00 +0000 2019', '2019-03-04T09:15:00+00:00', true],
  ['???@??? Mon, 4 Mar 2019 09:15:00 +0100', '2019-03-04T09:15:00+01:00', true],
])('separator: %j', (text, iso, zoned) => {
  expect(separatorDate(text)).toEqual({ iso, zoned });
});

test.each(['here on, nothing', 'Monday to Friday', 'Mon Mar', ''])('prose is no date: %j', text => {
  expect(separatorDate(text)).toBe(null);
});
