import { expect, test } from 'vitest';
import { jobStatuses, restingStatuses } from '../../../shared/model/job.ts';
import { afterCrash, assertCanBecome, canBecome } from './job-states.ts';

test('a job that is over stays over; one that rests can only run again or be cancelled', () => {
  for (const over of ['cancelled', 'succeeded', 'partial'] as const) {
    expect(jobStatuses.filter(next => canBecome(over, next))).toEqual([]);
  }
  for (const resting of ['paused', 'interrupted', 'failed'] as const) {
    expect(jobStatuses.filter(next => canBecome(resting, next))).toEqual(['running', 'cancelled']);
  }
  expect(() => assertCanBecome('paused', 'succeeded')).toThrow('JOB_STATE_CONFLICT');
});

test('a pause may still turn into a cancellation, never back into running', () => {
  expect(canBecome('pausing', 'cancelling')).toBe(true);
  expect(canBecome('cancelling', 'pausing')).toBe(false);
  expect(canBecome('pausing', 'running')).toBe(false);
});

test('whatever was under way when a process died is interrupted; what rested stays as it was', () => {
  for (const status of jobStatuses) {
    expect(afterCrash(status)).toBe(restingStatuses.includes(status) ? status : 'interrupted');
  }
});
