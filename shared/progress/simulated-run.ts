import type { ProgressSample } from './estimate.ts';

/** A run whose true end is known: the ground on which the estimate is judged. Used by tests only. */
export interface SimulatedRun {
  readonly samples: readonly ProgressSample[];
  /** Milliseconds on the samples' clock at which the last message was done. */
  readonly finishedMs: number;
}

export const speedProfiles = ['constant', 'slow-start', 'slowing', 'bursts', 'throttle'] as const;
export type SpeedProfile = (typeof speedProfiles)[number];

/**
 * @param seed gives the mailbox (a few folders, each with its own typical message size), the line and the server
 */
export function simulateRun(profile: SpeedProfile, seed: number): SimulatedRun {
  const random = randomFrom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const sizes = mailbox(random);
  const bytesTotal = sizes.reduce((sum, size) => sum + size, 0);
  const perMessage = between(0.01, 0.2);
  const perByte = 1 / between(2e5, 5e6);
  const slow = shape(profile, random);
  const throttleEvery = between(120, 900);
  const throttleFor = between(30, 300);

  const samples: ProgressSample[] = [];
  let seconds = 0;
  let workSinceThrottle = 0;
  let bytesDone = 0;
  let nextSample = 0;
  const sampleAt = (at: number, messagesDone: number, activity: 'working' | 'held') => {
    samples.push({
      atMs: at * 1000,
      messagesDone,
      messagesTotal: sizes.length,
      bytesDone,
      bytesTotal,
      activity,
      verified: false,
    });
  };
  sizes.forEach((size, index) => {
    if (profile === 'throttle' && workSinceThrottle > throttleEvery) {
      workSinceThrottle = 0;
      const length = throttleFor * between(0.5, 1.5);
      for (let held = 0; held < length; held += 5) sampleAt(seconds + held, index, 'held');
      seconds += length;
      sampleAt(seconds, index, 'working');
    }
    const spent = (perMessage + perByte * size) * slow(index / sizes.length, seconds) * between(0.7, 1.3);
    seconds += spent;
    workSinceThrottle += spent;
    bytesDone += size;
    if (seconds >= nextSample) {
      sampleAt(seconds, index + 1, 'working');
      nextSample = seconds + 1;
    }
  });
  sampleAt(seconds, sizes.length, 'working');
  return { samples, finishedMs: seconds * 1000 };
}

/** How many times slower than the best, given the share of messages done and the seconds gone. */
function shape(profile: SpeedProfile, random: () => number): (share: number, seconds: number) => number {
  const between = (low: number, high: number) => low + (high - low) * random();
  switch (profile) {
    case 'constant':
    case 'throttle':
      return () => 1;
    case 'slow-start': {
      const until = between(0.02, 0.12);
      const factor = between(1.5, 4);
      return share => (share < until ? factor : 1);
    }
    case 'slowing': {
      const end = between(1.3, 2.2);
      return share => 1 + (end - 1) * share;
    }
    case 'bursts': {
      const period = between(30, 240);
      const factor = between(2, 6);
      return (_, seconds) => (seconds % period < period / 2 ? 1 : factor);
    }
  }
}

function mailbox(random: () => number): readonly number[] {
  const folders = 3 + Math.floor(random() * 8);
  return Array.from({ length: folders }, () => {
    const messages = 200 + Math.floor(random() * 3000);
    const typical = 10 ** (3.7 + 1.5 * random());
    return Array.from({ length: messages }, () => Math.round(typical * Math.exp(1.2 * normal(random))));
  }).flat();
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** mulberry32: small, fast, the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
