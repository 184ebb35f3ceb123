/** A repeatable source of chance: the same seed gives the same draws on every machine. */
export interface SeededRandom {
  /** 0 ≤ x < 1. */
  next(): number;
  /** An integer, 0 ≤ x < limit. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** One of the items, each as likely as its weight. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
  /** Log-normal with the given median; `sigma` is the spread of its logarithm. */
  logNormal(median: number, sigma: number): number;
}

/**
 * @param seeds integers; the same first with another second gives an unrelated sequence, so that item `n` of a
 *   series can be drawn without drawing the ones before it
 */
export function seededRandom(...seeds: readonly number[]): SeededRandom {
  let state = 0x9e37_79b9;
  for (const seed of seeds) state = scramble(state ^ Math.imul(seed | 0, 0x85eb_ca6b)) + seed;

  // mulberry32: 32 bits of state are plenty for test data, and it is fast.
  const next = (): number => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: items => items[below(items.length)] ?? items[0],
    weighted(items) {
      let left = next() * items.reduce((sum, item) => sum + item.weight, 0);
      const chosen = items.find(item => (left -= item.weight) < 0) ?? items.at(-1);
      if (chosen === undefined) throw new RangeError('Nothing to choose from');
      return chosen;
    },
    logNormal(median, sigma) {
      // Box–Muller; 1 − next() keeps the logarithm away from zero.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0_aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
  return mixed ^ (mixed >>> 15);
}
