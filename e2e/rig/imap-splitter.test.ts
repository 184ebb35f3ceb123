import { expect, test } from 'vitest';
import { imapSplitter, type ImapPiece } from './imap-splitter.ts';

const stream =
  'A1 APPEND "Bozze" {5+}\r\nab\r\nc (\\Seen) {3}\r\n{9}\r\nA2 NOOP\r\n' + '* 1 FETCH (BODY[] ~{0}\r\n FLAGS ())\r\n';

test.each([1, 2, 3, 7, 1000])('lines and literals come out the same from chunks of %i octets', size => {
  const splitter = imapSplitter();
  const pieces: ImapPiece[] = [];
  for (let at = 0; at < stream.length; at += size) {
    pieces.push(...splitter.push(Buffer.from(stream.slice(at, at + size))));
  }

  expect(Buffer.concat(pieces.map(piece => piece.octets)).toString()).toBe(stream);
  expect(pieces.filter(piece => piece.kind === 'line').map(piece => [piece.octets.toString(), piece.literal])).toEqual([
    ['A1 APPEND "Bozze" {5+}\r\n', { size: 5, sync: false }],
    [' (\\Seen) {3}\r\n', { size: 3, sync: true }],
    ['\r\n', null],
    ['A2 NOOP\r\n', null],
    ['* 1 FETCH (BODY[] ~{0}\r\n', { size: 0, sync: true }],
    [' FLAGS ())\r\n', null],
  ]);
  expect(splitter.atBoundary()).toBe(true);
});

test('a refused literal leaves the stream at the next command', () => {
  const splitter = imapSplitter();
  expect([...splitter.push(Buffer.from('A1 APPEND x {99}\r\n'))]).toHaveLength(1);
  expect(splitter.atBoundary()).toBe(false);
  splitter.cancelLiteral();
  expect([...splitter.push(Buffer.from('A2 NOOP\r\n'))]).toMatchObject([{ kind: 'line', literal: null }]);
});
