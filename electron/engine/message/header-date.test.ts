import { expect, test } from 'vitest';
import { arrivalDate, dateOfField } from './header-date.ts';

test.each([
  ['Mon, 4 Mar 2019 09:15:00 +0100', '2019-03-04T08:15:00.000Z'],
  ['4 Mar 2019 09:15 -0330 (NST)', '2019-03-04T12:45:00.000Z'],
  ['Mon,4Mar201909:15:00+0100', '2019-03-04T08:15:00.000Z'],
  ['Fri, 31 Dec 99 23:59:59 EST', '2000-01-01T04:59:59.000Z'],
  ['4 Mar 2019 09:15:00 LOCAL', '2019-03-04T09:15:00.000Z'],
])('reads %s', (value, iso) => expect(dateOfField(value)).toBe(iso));

test.each(['', 'gestern', '31 Feb 2019 10:00:00 +0000', '4 Mar 1900 10:00:00 +0000', '4 Foo 2019 10:00 +0000'])(
  'makes nothing up of %j',
  value => expect(dateOfField(value)).toBeNull(),
);

test('the last server’s Received goes before Date, and one without a date is passed over', () => {
  const date = 'Date: Mon, 4 Mar 2019 09:15:00 +0100\r\n';
  const received = 'Received: from a by b;\r\n Tue, 5 Mar 2019 11:30:00 +0100\r\n';
  const header = (text: string): Buffer => Buffer.from(`${text}\r\n`);
  expect(arrivalDate(header(`Received: from x by y\r\n${received}${date}`))).toBe('2019-03-05T10:30:00.000Z');
  expect(arrivalDate(header(`Subject: a\r\n${date}`))).toBe('2019-03-04T08:15:00.000Z');
  expect(arrivalDate(header('Subject: a\r\n'))).toBeNull();
});
