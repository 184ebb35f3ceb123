import { expect, test } from 'vitest';
import { appendArguments, appendedUids, imapDateTime, keepsKeyword } from './append-arguments.ts';

test('says an instant with the offset it was given', () => {
  expect(imapDateTime('2019-03-04T09:15:00+01:00')).toBe('"04-Mar-2019 09:15:00 +0100"');
  expect(imapDateTime('1999-12-31T23:59:59Z')).toBe('"31-Dec-1999 23:59:59 +0000"');
  expect(imapDateTime('2024-02-29T00:00:00.250-03:30')).toBe('"29-Feb-2024 00:00:00 -0330"');
});

test.each([
  '2019-02-31T00:00:00Z',
  '2019-13-01T00:00:00Z',
  '2019-01-01T24:00:00Z',
  '2019-01-01',
  'gestern',
  '+012019-01-01T00:00:00Z',
])('says nothing rather than the impossible %s', iso => expect(imapDateTime(iso)).toBeNull());

test('sends flags, keywords the folder keeps, and the date, each only when there is one', () => {
  const all = {
    internalDate: '2019-03-04T09:15:00+01:00',
    flags: ['\\Seen', '\\Flagged'],
    keywords: ['$Forwarded', 'Da fare'],
  } as const;
  const keeps = (keyword: string): boolean => keepsKeyword(['\\Seen', '\\*'], keyword);
  expect(appendArguments(all, keeps)).toBe('(\\Seen \\Flagged $Forwarded) "04-Mar-2019 09:15:00 +0100" ');
  expect(appendArguments({ internalDate: null, flags: [], keywords: [] }, keeps)).toBe('');
  expect(appendArguments({ internalDate: null, flags: [], keywords: ['Uno', 'uno'] }, keeps)).toBe('(uno) ');
});

test('a keyword is kept when PERMANENTFLAGS names it or takes new ones', () => {
  expect(keepsKeyword(['\\Seen', '$MDNSent'], '$mdnsent')).toBe(true);
  expect(keepsKeyword(['\\Seen', '$MDNSent'], '$Forwarded')).toBe(false);
  expect(keepsKeyword(['\\*'], 'x'.repeat(50))).toBe(true);
  expect(keepsKeyword(['\\*'], 'x'.repeat(51))).toBe(false);
  expect(keepsKeyword(null, 'NonJunk')).toBe(true);
});

test.each(['', 'due parole', 'città', 'a]b', 'a(b', 'a{b', 'a"b', 'a\\b', 'a*', 'a%', 'a\r\nb'])(
  'a keyword that is no atom (%j) never reaches the wire',
  keyword => expect(keepsKeyword(['\\*'], keyword)).toBe(false),
);

test('reads APPENDUID sets in order, and refuses to guess when they do not match the batch', () => {
  expect(appendedUids('304,319:320', 3)).toEqual(['304', '319', '320']);
  expect(appendedUids('7', 1)).toEqual(['7']);
  expect(appendedUids('12:10', 3)).toEqual(['10', '11', '12']);
  expect(appendedUids('1:3', 2)).toBeNull();
  expect(appendedUids('1:4000000000', 2)).toBeNull();
  expect(appendedUids('*', 1)).toBeNull();
});
