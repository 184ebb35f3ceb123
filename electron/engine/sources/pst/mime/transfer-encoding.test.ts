import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OctetBuilder } from './octet-builder.ts';
import { formText, writeBase64, writeQuotedPrintable } from './transfer-encoding.ts';

function decodeQuotedPrintable(encoded: string): Buffer {
  const joined = encoded.replaceAll('=\r\n', '');
  const octets = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, 'latin1');
}

test('any text survives quoted-printable, in lines of at most 76, safe for mbox and SMTP', () => {
  const parts = fc.constantFrom('From ', '.', '=', ' ', '\t', '\r\n', 'perché', '€', 'a'.repeat(80), '\r', '\n', '\0');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), pieces => {
      const { text } = formText(Buffer.from(pieces.join('')));
      const out = new OctetBuilder();
      writeQuotedPrintable(text, out);
      const encoded = out.finish().toString('latin1');
      expect(decodeQuotedPrintable(encoded)).toEqual(text);
      for (const line of encoded.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76);
        expect(line).not.toMatch(/^From |^\.|[ \t]$/);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('base64 does not depend on how the stream was cut', () => {
  const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) & 0xff));
  const expected = content.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
  for (const size of [1, 56, 1_000, 8_176, 57 * 512, 100_000]) {
    const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, index) =>
      content.subarray(index * size, (index + 1) * size),
    );
    const out = new OctetBuilder();
    const encoded = Buffer.concat([...writeBase64(pieces, out), out.finish()]);
    expect(encoded.toString('latin1') === expected).toBe(true);
  }
});

test('the encoding fits the text', () => {
  const encodingFor = (text: string): string => formText(Buffer.from(text)).encoding;
  expect(encodingFor('plain\r\n')).toBe('7bit');
  expect(encodingFor('a line\nand\ranother')).toBe('7bit');
  expect(encodingFor('x'.repeat(2000))).toBe('quoted-printable');
  expect(encodingFor('bell \x07')).toBe('quoted-printable');
  expect(encodingFor('Perché no, è così')).toBe('quoted-printable');
  expect(encodingFor('你好世界')).toBe('base64');
});
