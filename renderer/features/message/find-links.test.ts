import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLinks } from './find-links.ts';

const linksIn = (text: string) =>
  findLinks(text)
    .filter(piece => piece.isLink)
    .map(piece => piece.text);

test('an address ends where a reader sees it end', () => {
  expect(linksIn('Vedi https://ente.it/a?b=(c). Oppure (http://ente.it/x), o <https://ente.it>!')).toEqual([
    'https://ente.it/a?b=(c',
    'http://ente.it/x',
    'https://ente.it',
  ]);
  expect(linksIn('scrivi a mailto:anna@ente.it; ciao')).toEqual(['mailto:anna@ente.it']);
  expect(linksIn('javascript:alert(1) file:///x smb://x ente.it')).toEqual([]);
});

test('no letter of a text is lost or doubled', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constant('https://a.b/c'), fc.constant('. '))), parts => {
      const text = parts.join('');
      expect(
        findLinks(text)
          .map(piece => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('a megabyte of addresses makes no more buttons than can be drawn', () => {
  expect(linksIn('https://a.b/ '.repeat(80_000))).toHaveLength(500);
});
