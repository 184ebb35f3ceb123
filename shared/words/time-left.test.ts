import { expect, test } from 'vitest';
import { describeTimeLeft, humanRange } from './time-left.ts';

const minutes = (from: number, to: number) => ({ fromSeconds: from * 60, toSeconds: to * 60 });
const say = (from: number, to: number, language: 'it' | 'en') =>
  describeTimeLeft(minutes(from, to), language).replaceAll('\u00a0', ' ');

test('a range is said as people say it', () => {
  expect(say(43, 58, 'it')).toBe('tra 40 minuti e 1 ora');
  expect(say(43, 58, 'en')).toBe('between 40 minutes and 1 hour');
  expect(say(22, 28, 'it')).toBe('tra 20 e 30 minuti');
  expect(say(125, 170, 'en')).toBe('between 2 and 3 hours');
  expect(say(95, 115, 'it')).toBe('tra 1 ora e mezza e 2 ore');
  expect(say(20 * 60, 40 * 60, 'it')).toBe('tra 18 ore e 2 giorni');
  expect(say(30 * 60, 70 * 60, 'en')).toBe('between 1 and 3 days');
  expect(say(0.2, 4, 'it')).toBe('meno di 5 minuti');
  expect(say(5, 5, 'it')).toBe('circa 5 minuti');
  expect(say(40 * 1440, 90 * 1440, 'en')).toBe('more than 30 days');
});

test('rounding only ever widens the range', () => {
  for (let from = 0.5; from < 30_000; from *= 1.17) {
    for (const factor of [1, 1.3, 2, 5]) {
      const said = humanRange(minutes(from, from * factor));
      expect(said.from ?? 0).toBeLessThanOrEqual(from);
      expect(said.to ?? Infinity).toBeGreaterThanOrEqual(from * factor);
    }
  }
});
