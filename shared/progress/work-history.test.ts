import { expect, test } from 'vitest';
import { createWorkHistory, sumOf } from './work-history.ts';

test('a week of samples stays in a few blocks, and nothing of it is forgotten', () => {
  const history = createWorkHistory();
  const steps = 7 * 24 * 3600;
  for (let second = 0; second < steps; second += 1) history.add({ seconds: 1, messages: 2, bytes: 1000 });
  expect(history.blocks.length).toBeLessThanOrEqual(64);
  expect(history.blocks.length).toBeGreaterThanOrEqual(30);
  expect(sumOf(history.blocks)).toEqual({ seconds: steps, messages: 2 * steps, bytes: 1000 * steps });
});
