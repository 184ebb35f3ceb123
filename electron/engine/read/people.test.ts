import { expect, test } from 'vitest';
import { splitMessage } from '../search/mime/header-section.ts';
import { people } from './people.ts';

const peopleOf = (field: string) => people(splitMessage(Buffer.from(`To: ${field}\r\n\r\n`)).header, 'to');

test.each([
  ['anna@ente.it, Bruno Verdi <bruno@ente.it>', ['|anna@ente.it', 'Bruno Verdi|bruno@ente.it']],
  ['"Rossi, Anna" <anna@ente.it>, x@y.it (Uno, due)', ['Rossi, Anna|anna@ente.it', 'Uno, due|x@y.it']],
  ['=?utf-8?Q?Rossi=2C_Niccol=C3=B2?= <n@ente.it>', ['Rossi, Niccolò|n@ente.it']],
  ['colleghi: anna@ente.it, bruno@ente.it;, carla@ente.it', ['|anna@ente.it', '|bruno@ente.it', '|carla@ente.it']],
  ['undisclosed-recipients:;', []],
  ['"mai chiuso <anna@ente.it>, bruno@ente.it', 1],
  ['<anna@ente.it>,,, ;; <bruno@ente.it>', ['|anna@ente.it', '|bruno@ente.it']],
  ['Solo Nome', ['Solo Nome|']],
])('reads %s', (field, expected) => {
  const found = peopleOf(field).map(({ name, address }) => `${name}|${address}`);
  if (typeof expected === 'number') expect(found).toHaveLength(expected);
  else expect(found).toEqual(expected);
});

test('stops at two thousand, whatever a header holds', () => {
  expect(peopleOf(Array.from({ length: 9000 }, (_, n) => `p${n}@ente.it`).join(', '))).toHaveLength(2000);
});
