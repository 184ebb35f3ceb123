import { expect, test } from 'vitest';
import { createMessageFrames } from './message-frames.ts';

test('a document is given away once, under a path that cannot be guessed, with a policy that lets nothing out', () => {
  const frames = createMessageFrames();
  const path = frames.keep('<p>x</p>', 'read');
  expect(path).toMatch(/^\/message\/[\w-]{32}$/);
  expect(frames.keep('<p>x</p>', 'read')).not.toBe(path);
  const frame = frames.take(path);
  expect(frame?.html).toBe('<p>x</p>');
  expect(frame?.headers['content-security-policy']).toBe(
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  );
  expect(frames.take(path)).toBeUndefined();
  expect(frames.take('/message/')).toBeUndefined();
  expect(frames.take('/index.html')).toBeUndefined();
});

test('documents that nobody fetched do not pile up', () => {
  const frames = createMessageFrames();
  const paths = Array.from({ length: 50 }, (_, index) => frames.keep(String(index), 'read'));
  expect(paths.filter(path => frames.take(path) !== undefined)).toEqual(paths.slice(-4));
});

test('no document but our own empty one has our origin to read from, and none has scripts', () => {
  const frames = createMessageFrames();
  for (const frame of [frames.take('/message/bench'), frames.take(frames.keep('x', 'print'))]) {
    expect(frame?.headers['content-security-policy']).toMatch(/sandbox allow-same-origin allow-modals$/);
    expect(frame?.headers['content-security-policy']).toMatch(/^default-src 'none'; img-src data:; style-src/);
  }
  expect(frames.take('/message/bench')?.html).not.toContain('script');
});
