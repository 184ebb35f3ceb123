import { expect, test } from 'vitest';
import { firstMailbox } from './addresses.ts';
import { decodeWords, parseParameters, splitMessage } from './header-section.ts';

test.each([
  ['=?utf-8?Q?Perch=C3=A9_no?=', 'Perché no'],
  ['=?UTF-8?B?cGVyY2jDqQ==?= chiaro', 'perché chiaro'],
  ['=?utf-8?Q?cit?= =?utf-8?Q?t=C3?=\t=?utf-8?Q?=A0?= bella', 'città bella'],
  ['=?iso-8859-15?Q?=A4_5?=', '€ 5'],
  ['=?utf-8*it?Q?s=C3=AC?=', 'sì'],
  ['=?x-ignoto?Q?qualit=E0?=', 'qualità'],
  ['a =? b ?= c', 'a =? b ?= c'],
])('decodes %s', (text, decoded) => {
  expect(decodeWords(text)).toBe(decoded);
});

test.each([
  ['text/plain; charset=utf-8', { charset: 'utf-8' }],
  ['text/plain; charset="utf-8"; format=flowed', { charset: 'utf-8', format: 'flowed' }],
  ["attachment; filename*=UTF-8''citt%C3%A0.pdf", { filename: 'città.pdf' }],
  ['attachment; filename*0*=utf-8\'\'uno%20; filename*1="due; tre"', { filename: 'uno due; tre' }],
  ['attachment; filename="=?utf-8?Q?citt=C3=A0.pdf?="', { filename: 'città.pdf' }],
  ['attachment; filename="a\\"b.txt"', { filename: 'a"b.txt' }],
  ['attachment', {}],
])('reads the parameters of %s', (field, parameters) => {
  expect(Object.fromEntries(parseParameters(field).parameters)).toEqual(parameters);
});

test.each([
  ['Anna Rossi <anna@ente.it>', 'Anna Rossi', 'anna@ente.it'],
  ['"Rossi, Anna" <anna@ente.it>, altro@ente.it', 'Rossi, Anna', 'anna@ente.it'],
  ['anna@ente.it (Anna Rossi)', 'Anna Rossi', 'anna@ente.it'],
  ['anna@ente.it', '', 'anna@ente.it'],
  ['=?utf-8?Q?Rossi=2C_Niccol=C3=B2?= <n@ente.it>', 'Rossi, Niccolò', 'n@ente.it'],
  ['', '', ''],
])('takes the first mailbox of %s', (field, name, address) => {
  expect(firstMailbox(field)).toEqual({ name, address });
});

test('cuts a message at its blank line, whatever its line ends, and finds none in bare text', () => {
  expect(splitMessage(Buffer.from('A: 1\r\n b\r\n\r\ncorpo\n\nx')).header.get('a')).toEqual(['1 b']);
  expect(splitMessage(Buffer.from('A: 1\n\ncorpo')).body.toString()).toBe('corpo');
  expect(splitMessage(Buffer.from('solo testo\n')).body.toString()).toBe('solo testo\n');
  expect(splitMessage(Buffer.from('From qui\nA: 1\n\nx')).header.get('a')).toEqual(['1']);
  expect(splitMessage(Buffer.from('\r\nx')).body.toString()).toBe('x');
});
