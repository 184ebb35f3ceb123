import { expect, test } from 'vitest';
import { LineBreaks } from './line-breaks.ts';

test('a message on which the line breaks three times is the one to set aside', () => {
  const breaks = new LineBreaks();
  for (const expected of [null, null, 'b']) {
    expect(breaks.choose(['a', 'b'])).toEqual(['a', 'b']);
    breaks.began('b');
    expect(breaks.broke()).toBe(expected);
  }
});

test('when the line breaks before any message, they are asked for singly until the culprit is found', () => {
  const breaks = new LineBreaks();
  const tries: (readonly string[])[] = [];
  let culprit: string | null = null;
  while (culprit === null) {
    tries.push(breaks.choose(['bad', 'good']));
    culprit = breaks.broke();
  }
  expect(culprit).toBe('bad');
  expect(tries.map(keys => keys.length)).toEqual([2, 2, 2, 1, 1, 1]);
  expect(breaks.choose(['good', 'other'])).toEqual(['good', 'other']);
});

test('a line that gets on blames nobody', () => {
  const breaks = new LineBreaks();
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    breaks.choose([key, 'later']);
    breaks.began(key);
    breaks.finished();
    expect(breaks.broke()).toBeNull();
  }
});
