import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createProgressEstimator, type ProgressEstimate, type ProgressSample } from './estimate.ts';
import { simulateRun, speedProfiles } from './simulated-run.ts';

const start: ProgressSample = {
  atMs: 5_000_000,
  messagesDone: 0,
  messagesTotal: 10_000,
  bytesDone: 0,
  bytesTotal: 1_000_000_000,
  activity: 'working',
  verified: false,
};

/** A steady run of 10 messages and 1 MB a second, up to the given second. */
function steadyRun(seconds: number, changes: Partial<ProgressSample> = {}): ProgressEstimate {
  const estimator = createProgressEstimator();
  let estimate = estimator.add({ ...start, ...changes });
  for (let second = 1; second <= seconds; second += 1) {
    estimate = estimator.add({
      ...start,
      ...changes,
      atMs: start.atMs + second * 1000,
      messagesDone: second * 10,
      bytesDone: second * 1_000_000,
    });
  }
  return estimate;
}

function replay(samples: readonly ProgressSample[]): readonly ProgressEstimate[] {
  const estimator = createProgressEstimator();
  return samples.map(sample => estimator.add(sample));
}

test.each(speedProfiles)('%s: after 10 %% the true end lies in the range at least four times in five', profile => {
  let told = 0;
  let right = 0;
  const widths: number[] = [];
  for (let seed = 1; seed <= 25; seed += 1) {
    const run = simulateRun(profile, seed);
    const estimates = replay(run.samples);
    run.samples.forEach((sample, index) => {
      const { fraction, timeLeft } = estimates[index] ?? {};
      const truth = (run.finishedMs - sample.atMs) / 1000;
      if (timeLeft === undefined || timeLeft === null || (fraction ?? 0) < 0.1 || truth < 1) return;
      told += 1;
      if (timeLeft.fromSeconds <= truth && truth <= timeLeft.toSeconds) right += 1;
      widths.push(timeLeft.toSeconds / Math.max(1, timeLeft.fromSeconds));
    });
  }
  expect(told).toBeGreaterThan(10_000);
  expect(right / told).toBeGreaterThanOrEqual(0.8);
  // A range from nothing to for ever would be right as well: in half of all cases the ends differ less than threefold.
  expect(widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)]).toBeLessThan(3);
});

test.each(speedProfiles)('%s: the bar never goes back and never fills before verification', profile => {
  for (let seed = 101; seed <= 110; seed += 1) {
    let before = 0;
    for (const { fraction } of replay(simulateRun(profile, seed).samples)) {
      expect(fraction).toBeGreaterThanOrEqual(before);
      expect(fraction).toBeLessThanOrEqual(0.99);
      before = fraction ?? 0;
    }
  }
});

test('whatever the samples say, the fraction is monotone, below 1, and no figure is negative or not a number', () => {
  const anySample = fc.record({
    atMs: fc.integer({ min: -1000, max: 200_000 }),
    messagesDone: fc.nat(1000),
    messagesTotal: fc.option(fc.nat(1000)),
    bytesDone: fc.nat(1_000_000),
    bytesTotal: fc.option(fc.nat(1_000_000)),
    activity: fc.constantFrom('working', 'held', 'paused'),
    verified: fc.constant(false),
  } as const);
  fc.assert(
    fc.property(fc.array(anySample, { maxLength: 150 }), samples => {
      let before = 0;
      for (const estimate of replay(samples)) {
        if (estimate.fraction !== null) {
          expect(estimate.fraction).toBeGreaterThanOrEqual(before);
          expect(estimate.fraction).toBeLessThan(1);
          before = estimate.fraction;
        }
        for (const figure of [
          estimate.bytesPerSecond,
          estimate.messagesPerSecond,
          estimate.timeLeft?.fromSeconds ?? null,
          estimate.timeLeft?.toSeconds ?? null,
        ]) {
          if (figure !== null) expect(figure).toBeGreaterThanOrEqual(0);
        }
        if (estimate.timeLeft !== null)
          expect(estimate.timeLeft.toSeconds).toBeGreaterThanOrEqual(estimate.timeLeft.fromSeconds);
      }
    }),
    { numRuns: 300, seed: 20_261_122 },
  );
});

test('without a total there is no percentage and no time left, only the rate', () => {
  const estimate = steadyRun(600, { messagesTotal: null, bytesTotal: null });
  expect(estimate).toMatchObject({ fraction: null, timeLeft: null });
  expect(estimate.bytesPerSecond).toBeCloseTo(1_000_000, -4);
  expect(estimate.messagesPerSecond).toBeCloseTo(10, 1);
});

test('nothing is foretold in the first minute, nor before 2 % of the work', () => {
  expect(steadyRun(59).timeLeft).toBeNull();
  expect(steadyRun(61).timeLeft).not.toBeNull();
  expect(steadyRun(150, { messagesTotal: 100_000, bytesTotal: 10_000_000_000 }).timeLeft).toBeNull();
  expect(steadyRun(210, { messagesTotal: 100_000, bytesTotal: 10_000_000_000 }).timeLeft).not.toBeNull();
});

test('a steady run is told closely: 500 of 1,000 seconds left', () => {
  const { timeLeft } = steadyRun(500);
  expect(timeLeft?.fromSeconds).toBeGreaterThan(380);
  expect(timeLeft?.fromSeconds).toBeLessThan(500);
  expect(timeLeft?.toSeconds).toBeGreaterThan(500);
  expect(timeLeft?.toSeconds).toBeLessThan(650);
});

test('only the caller can say that the run is complete', () => {
  const estimator = createProgressEstimator();
  const done = { ...start, messagesDone: 10_000, bytesDone: 1_000_000_000 };
  estimator.add(start);
  expect(estimator.add({ ...done, atMs: start.atMs + 900_000 })).toMatchObject({ fraction: 0.99 });
  expect(estimator.add({ ...done, atMs: start.atMs + 900_001, verified: true })).toMatchObject({
    fraction: 1,
    timeLeft: null,
  });
});

test('a night on pause costs nothing: rate and time left are those of before', () => {
  const estimator = createProgressEstimator();
  const at = (second: number, worked: number, activity: ProgressSample['activity']) =>
    estimator.add({
      ...start,
      atMs: start.atMs + second * 1000,
      messagesDone: worked * 10,
      bytesDone: worked * 1_000_000,
      activity,
    });
  for (let second = 0; second < 300; second += 1) at(second, second, 'working');
  const before = at(300, 300, 'paused');
  const after = at(300 + 36_000, 300, 'working');
  expect(after.bytesPerSecond).toBeCloseTo(before.bytesPerSecond ?? 0, 6);
  expect((after.timeLeft?.toSeconds ?? 0) / (before.timeLeft?.toSeconds ?? 1)).toBeCloseTo(1, 1);
});

test('mail that arrives during the run does not move the bar back', () => {
  const estimator = createProgressEstimator();
  const half = estimator.add({ ...start, messagesDone: 5000, bytesDone: 500_000_000 });
  const grown = estimator.add({
    ...start,
    atMs: start.atMs + 1000,
    messagesDone: 5000,
    messagesTotal: 20_000,
    bytesDone: 500_000_000,
  });
  expect(grown.fraction).toBe(half.fraction);
});

test('many small messages left count for more than their bytes', () => {
  // First half: 100 large messages at 1 MB/s. What is left is 10,000 tiny ones, each 50 ms: 500 s, yet only 1 MB.
  const estimator = createProgressEstimator();
  const totals = { messagesTotal: 12_100, bytesTotal: 201_200_000 };
  let estimate = estimator.add({ ...start, ...totals });
  for (let second = 1; second <= 200; second += 1) {
    estimate = estimator.add({
      ...start,
      ...totals,
      atMs: start.atMs + second * 1000,
      messagesDone: second / 2,
      bytesDone: second * 1_000_000,
    });
  }
  for (let second = 1; second <= 100; second += 1) {
    estimate = estimator.add({
      ...start,
      ...totals,
      atMs: start.atMs + (200 + second) * 1000,
      messagesDone: 100 + second * 20,
      bytesDone: 200_000_000 + second * 2000,
    });
  }
  expect(estimate.timeLeft?.fromSeconds).toBeLessThan(500);
  expect(estimate.timeLeft?.toSeconds).toBeGreaterThan(500);
  expect(estimate.timeLeft?.fromSeconds).toBeGreaterThan(150);
});
