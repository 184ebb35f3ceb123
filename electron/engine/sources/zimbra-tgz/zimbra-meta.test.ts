import { expect, test } from 'vitest';
import { attributesOf, parseMeta, tagNames } from './zimbra-meta.ts';

test('the sample of the reference', () => {
  const meta = parseMeta(
    '{"id":257,"uuid":"x","type":5,"folder_id":2,"date":1700000000,"size":2345,"blob_digest":"q","unread":1,"flags":2,' +
      '"metadata":"d1:s","FlagStr":"ufr","Path":"/Inbox","TagStr":"64","TagNames":"Work:Urgent","Ver":10}',
  );
  expect(meta).toMatchObject({ id: 257, type: 5, Path: '/Inbox' });
  expect(meta === null ? null : attributesOf(meta)).toEqual({
    internalDate: '2023-11-14T22:13:20+00:00',
    flags: ['\\Answered', '\\Flagged'],
    keywords: ['Urgent', 'Work'],
  });
});

test.each(['', 'null', '[]', '{"type":"5"}', '{"type":5', '{"id":1}'])('what is no .meta is none: %j', text => {
  expect(parseMeta(text)).toBe(null);
});

test('tag names keep spaces, colons and backslashes; none can pass for a system flag', () => {
  expect(tagNames('Da fare:Pratica 45\\:2023:a\\\\b::\\\\Seen')).toEqual([
    'Da fare',
    'Pratica 45:2023',
    'a\\b',
    'Seen',
  ]);
});

test('a date no calendar has is no date', () => {
  expect(attributesOf({ type: 5, date: 1e300 }).internalDate).toBe(null);
});
