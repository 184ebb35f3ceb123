import { afterEach, expect, test, vi } from 'vitest';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { SnapshotFeed } from './snapshot-feed.ts';

afterEach(() => {
  vi.useRealTimers();
});

function counting(): { current: () => JobSnapshot; count: () => void } {
  let exceptions = 0;
  return { current: () => ({ exceptions }) as JobSnapshot, count: () => (exceptions += 1) };
}

test('however often a job changes, its newest state arrives five times a second', () => {
  vi.useFakeTimers();
  const feed = new SnapshotFeed();
  const job = counting();
  const seen: number[] = [];
  feed.add('a', job.current);
  feed.subscribe(({ exceptions }) => seen.push(exceptions));
  for (let ms = 0; ms < 1000; ms += 1) {
    job.count();
    feed.changed('a');
    vi.advanceTimersByTime(1);
  }
  expect(seen).toHaveLength(1 + 5);
  vi.advanceTimersByTime(200);
  expect(seen.at(-1)).toBe(1000);
});

test('the last state arrives at once when it is flushed, and only once', () => {
  vi.useFakeTimers();
  const feed = new SnapshotFeed();
  const job = counting();
  const seen: number[] = [];
  feed.add('a', job.current);
  const unsubscribe = feed.subscribe(({ exceptions }) => seen.push(exceptions));
  job.count();
  feed.changed('a');
  feed.flush('a');
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([0, 1]);
  unsubscribe();
  feed.flush('a');
  expect(seen).toEqual([0, 1]);
});

test('who comes late is told how every job stands', () => {
  const feed = new SnapshotFeed();
  feed.add('a', counting().current);
  feed.add('b', counting().current);
  const seen: unknown[] = [];
  feed.subscribe(snapshot => seen.push(snapshot));
  expect(seen).toHaveLength(2);
});
