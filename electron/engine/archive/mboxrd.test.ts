import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MboxrdQuoter, MboxrdUnquoter } from './mboxrd.ts';

function run(transform: MboxrdQuoter | MboxrdUnquoter, pieces: readonly Buffer[]): string {
  return Buffer.concat([...pieces.flatMap(piece => transform.push(piece)), transform.end()]).toString('latin1');
}
const quote = (text: string): string => run(new MboxrdQuoter(), [Buffer.from(text, 'latin1')]);

/** The definition, as a regular expression over the whole text: the oracle for the streaming code. */
const byDefinition = (text: string): string => text.replaceAll(/(^|\n)(>*From )/g, '$1>$2');

test.each([
  ['From me', '>From me'],
  ['a\nFrom b\n>From c\n>>From d', 'a\n>From b\n>>From c\n>>>From d'],
  ['a\r\nFrom b\r\n', 'a\r\n>From b\r\n'],
  ['a\rFrom b', 'a\rFrom b'],
  ['a From b\n From c\nFrom\nFrom', 'a From b\n From c\nFrom\nFrom'],
  ['>>>', '>>>'],
  ['', ''],
])('quotes %j', (text, expected) => {
  expect(quote(text)).toBe(expected);
});

const hostileText = fc
  .array(fc.constantFrom('From ', '>', '\n', '\r\n', 'F', 'From', 'x', ' ', 'rom ', '>From ', '\r'), { maxLength: 30 })
  .map(parts => parts.join(''));
const cuts = fc.array(fc.nat(60), { maxLength: 8 });

function piecesOf(text: string, at: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const points = [0, ...at.map(point => Math.min(point, bytes.length)).sort((a, b) => a - b), bytes.length];
  return points.slice(1).map((end, index) => bytes.subarray(points[index], end));
}

test('any text in any pieces is quoted as defined and comes back octet for octet', () => {
  fc.assert(
    fc.property(hostileText, cuts, cuts, (text, cutsOut, cutsBack) => {
      const stored = run(new MboxrdQuoter(), piecesOf(text, cutsOut));
      expect(stored).toBe(byDefinition(text));
      expect(run(new MboxrdUnquoter(), piecesOf(stored, cutsBack))).toBe(text);
    }),
    { numRuns: 20_000 },
  );
});
