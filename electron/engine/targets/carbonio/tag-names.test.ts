import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTagNames, encodeTagNames, isTagName } from './tag-names.ts';

test.each(['Urgente', 'Città', 'Da fare, oggi', 'v1.2 / bozza', '日本', '"Prot."', 'x'.repeat(128)])(
  '%s can be a tag',
  name => {
    expect(isTagName(name)).toBe(true);
  },
);

test.each(['', ' ', 'a:b', 'a\\b', '\\Seen', ' davanti', 'dietro ', 'a\tb', 'x'.repeat(129), '\ud83d'])(
  '%j cannot',
  name => {
    expect(isTagName(name)).toBe(false);
  },
);

test('names come back from the list they are sent in', () => {
  expect(encodeTagNames(['Urgente', 'Da fare, oggi'])).toBe('Urgente,Da fare\\, oggi');
  expect(decodeTagNames('Urgente, Lavoro,,Da fare\\, oggi')).toEqual(['Urgente', 'Lavoro', 'Da fare, oggi']);
  const name = fc.string({ minLength: 1, maxLength: 20 }).filter(isTagName);
  fc.assert(
    fc.property(fc.array(name), names => {
      expect(decodeTagNames(encodeTagNames(names))).toEqual(names);
    }),
  );
});
