import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResponsePiece } from './imap-value.ts';
import { parseValues } from './parse-values.ts';
import { ResponseParser } from './response-parser.ts';

const stream = Buffer.from(
  [
    '* OK ready {5}\r\n',
    '* LIST () "/" {5}\r\na"b\\c\r\n',
    '* 1 FETCH (UID 7 BODY[] {11}\r\nabc\r\n)\r\n{4} FLAGS (x))\r\n',
    '* 2 FETCH (BODY[] ~{0}\r\n UID 8)\r\n',
    'T1 OK done {3}\r\n',
  ].join(''),
  'latin1',
);

/** What the parser tells about octets that arrive in these chunks; streamed literals by their content. */
function told(chunks: readonly Buffer[]): unknown[] {
  const events: unknown[] = [];
  const parser = new ResponseParser({
    response: pieces => events.push(pieces.map(shown)),
    literal: before => {
      const [first] = before;
      if (typeof first !== 'string' || !first.includes('FETCH')) return null;
      const pieces: Buffer[] = [];
      return {
        piece: octets => pieces.push(octets),
        end: () => events.push({ literal: Buffer.concat(pieces).toString('latin1') }),
      };
    },
  });
  for (const chunk of chunks) parser.push(chunk);
  return events;
}

function shown(piece: ResponsePiece): unknown {
  return Buffer.isBuffer(piece) ? { buffered: piece.toString('latin1') } : piece;
}

test('responses are the same however the line cuts them up', () => {
  const whole = told([stream]);
  expect(whole).toEqual([
    ['* OK ready {5}'],
    ['* LIST () "/" ', { buffered: 'a"b\\c' }, ''],
    { literal: 'abc\r\n)\r\n{4}' },
    ['* 1 FETCH (UID 7 BODY[] ', { streamedOctets: 11 }, ' FLAGS (x))'],
    { literal: '' },
    ['* 2 FETCH (BODY[] ', { streamedOctets: 0 }, ' UID 8)'],
    ['T1 OK done {3}'],
  ]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 }), cuts => {
      const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const chunks = edges.slice(1).map((end, index) => stream.subarray(edges[index], end));
      expect(told(chunks)).toEqual(whole);
    }),
  );
});

test('a response that is held in memory is bounded', () => {
  const parser = () => new ResponseParser({ response: () => undefined, literal: () => null });
  const endless = Buffer.alloc(1024 * 1024, 'x');
  const flood = parser();
  expect(() => {
    for (let count = 0; count < 20; count += 1) flood.push(endless);
  }).toThrow('malformed-response');
  const emptyLiterals = parser();
  expect(() => {
    for (let count = 0; count < 1_000_000; count += 1) emptyLiterals.push(Buffer.from('* X {0}\r\n'));
  }).toThrow('malformed-response');
  expect(() => parser().push(Buffer.from('* LIST () "/" {2000000}\r\n'))).toThrow('malformed-response');
});

test.each<[string, unknown]>([
  ['(\\Seen $x) "a \\"b\\\\" NIL "NIL" nil', [['\\Seen', '$x'], 'a "b\\', null, 'NIL', null]],
  ['BODY[HEADER.FIELDS (SUBJECT FROM)] x BODY[]<0> y', ['BODY[HEADER.FIELDS (SUBJECT FROM)]', 'x', 'BODY[]<0>', 'y']],
  ['(keyword[1 ]odd)', [['keyword[1', ']odd']]],
  ['()  ( () )', [[], [[]]]],
])('%s', (text, values) => {
  expect(parseValues([text])).toEqual({ values, balanced: true });
});

test.each(['(a', 'a)', '"a', '(a "b)'])('%s is not balanced', text => {
  expect(parseValues([text]).balanced).toBe(false);
});
