import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodedWords } from './encoded-words.ts';
import { addressField, dateField, unstructuredField } from './header-fields.ts';
import { parameterWords } from './parameters.ts';

function decode(words: readonly string[]): string {
  return words
    .map(word => {
      const [, encoding, content = ''] = /^=\?utf-8\?([QB])\?(.*)\?=$/.exec(word) ?? [];
      if (encoding === 'B') return Buffer.from(content, 'base64').toString('utf8');
      const octets = content
        .replaceAll('_', ' ')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      return Buffer.from(octets, 'latin1').toString('utf8');
    })
    .join('');
}

test('any text survives as encoded words of at most 75 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), text => {
      const words = encodedWords(text);
      expect(decode(words)).toBe(text.toWellFormed());
      for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('a subject is plain where it can be, folded at spaces, and encoded where it must', () => {
  expect(unstructuredField('Subject', 'Riunione di domani')).toBe('Subject: Riunione di domani');
  expect(unstructuredField('Subject', 'Città')).toBe('Subject: =?utf-8?Q?Citt=C3=A0?=');
  // Someone's literal encoded word must not be decoded by the reader.
  expect(unstructuredField('Subject', '=?utf-8?Q?x?=')).not.toContain('Subject: =?utf-8?Q?x?=');
  const long = unstructuredField('Subject', 'parola '.repeat(40).trim());
  expect(long.replaceAll('\r\n', '')).toBe(`Subject: ${'parola '.repeat(40).trim()}`);
  for (const line of long.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
});

test('no value can begin a header field of its own', () => {
  expect(unstructuredField('Subject', 'a\r\nBcc: victim@example.org')).toBe('Subject: a Bcc: victim@example.org');
  expect(addressField('To', [{ name: 'x\r\nBcc: y', address: 'a@b.it' }])).not.toMatch(/^Bcc/m);
});

test('addresses: names are quoted or encoded as they need', () => {
  const field = addressField('To', [
    { name: '', address: 'a@b.it' },
    { name: 'Rossi, Anna "Nina"', address: 'anna@b.it' },
    { name: 'José Ñandú', address: 'jose@b.it' },
  ]);
  expect(field.replaceAll('\r\n', '')).toBe(
    'To: a@b.it, "Rossi, Anna \\"Nina\\"" <anna@b.it>, =?utf-8?Q?Jos=C3=A9_=C3=91and=C3=BA?= <jose@b.it>',
  );
});

test('dates are UTC on every machine', () => {
  expect(dateField('Date', Date.UTC(2014, 1, 25, 19, 44, 28))).toBe('Date: Tue, 25 Feb 2014 19:44:28 +0000');
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1601, 0, 1), max: Date.UTC(4499, 0, 1) }),
      fc.nat(200_000_000),
      (ms, more) => {
        // Also the second of two on one day, or on the next.
        for (const one of [ms, ms + more]) {
          expect(dateField('Date', one)).toBe(`Date: ${new Date(one).toUTCString().replace('GMT', '+0000')}`);
        }
      },
    ),
    { seed: 6, numRuns: 300 },
  );
});

test('file names: quoted in ASCII, else RFC 2231, continued when long', () => {
  expect(parameterWords('filename', 'a "b".pdf')).toEqual(['filename="a \\"b\\".pdf"']);
  expect(parameterWords('filename', '你好.png')).toEqual(["filename*=utf-8''%E4%BD%A0%E5%A5%BD.png"]);
  const long = parameterWords('filename', `${'perché '.repeat(20)}.txt`);
  expect(long[0]).toMatch(/^filename\*0\*=utf-8''perch%C3%A9%20/);
  const joined = long.map(word => word.replace(/^filename\*\d+\*=(utf-8'')?/, '')).join('');
  expect(decodeURIComponent(joined)).toBe(`${'perché '.repeat(20)}.txt`);
});
