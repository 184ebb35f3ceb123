import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeModifiedUtf7, encodeModifiedUtf7, readableMailboxName } from './modified-utf7.ts';

test.each([
  ['Attivit&AOA-', 'Attività'],
  ['R&-D', 'R&D'],
  ['~peter/mail/&U,BTFw-/&ZeVnLIqe-', '~peter/mail/台北/日本語'],
  ['&2D3eAA-', '😀'],
  ['a&AC8-b', null], // `/` must not be encoded: RFC 3501 allows one spelling only
  ['Posta&', null],
  ['Posta &amp; co', null],
  ['&AOA', null],
  ['Attivit\xc3\xa0', null],
])('%s decodes to %s', (octets, name) => {
  expect(decodeModifiedUtf7(octets)).toBe(name);
});

test('every name comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      expect(decodeModifiedUtf7(encodeModifiedUtf7(name))).toBe(name);
    }),
  );
});

test('what cannot be decoded is still readable', () => {
  expect(readableMailboxName('Attivit\xc3\xa0')).toBe('Attività');
  expect(readableMailboxName('Citt\xe0')).toBe('Città');
  expect(readableMailboxName('Posta & co')).toBe('Posta & co');
});
