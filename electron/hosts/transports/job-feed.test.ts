import { expect, test } from 'vitest';
import { feedJobs } from './job-feed.ts';
import { fakeJobs, manualPacing } from './suite.ts';

test('a receiver that cannot take more is owed the newest snapshot only, once it can', () => {
  const jobs = fakeJobs();
  const pacing = manualPacing();
  const seen: number[] = [];
  let ready = false;
  const feed = feedJobs(jobs.events, ({ octets }) => (seen.push(octets), ready), pacing);
  for (let octets = 1; octets <= 1000; octets++) {
    jobs.report('a', octets);
    pacing.advance(50);
  }
  expect(seen).toEqual([1]);
  ready = true;
  feed.resume();
  expect(seen).toEqual([1, 1000]);
});

test('nothing is sent after the feed was stopped, not even what it held back', () => {
  const jobs = fakeJobs();
  const pacing = manualPacing();
  const seen: number[] = [];
  const feed = feedJobs(jobs.events, ({ octets }) => seen.push(octets) > 0, pacing);
  jobs.report('a', 1);
  jobs.report('a', 2);
  feed.stop();
  pacing.advance(1000);
  jobs.report('a', 3);
  expect(seen).toEqual([1]);
});
