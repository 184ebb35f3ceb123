import type { DurableStep, FaultPort } from '../../electron/engine/ports.ts';
import { errorCodes, TravasoError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { LossyDisk } from './lossy-disk.ts';

/** What happens at the `at`-th moment (counted from 1; before and after a step are two) of a run. */
export interface FaultPlan {
  readonly at: number;
  /**
   * `kill` ends the process as SIGKILL does, `power-cut` the machine with it; a code is thrown, as a failing disk or
   * server would have it thrown.
   */
  readonly action: 'kill' | 'power-cut' | ErrorCode;
  /** Also at every later moment on the disk, as a disk that stays full. Default: only that once. */
  readonly lasting?: boolean;
}

export interface PlannedFaults extends FaultPort {
  /** The moments so far, e.g. `archive.sync after`. */
  readonly moments: readonly string[];
}

/**
 * A fault port that counts, and does what the plan says; null to count only.
 *
 * @param disk needed for a power cut
 */
export function plannedFaults(plan: FaultPlan | null, disk: LossyDisk | null = null): PlannedFaults {
  const moments: string[] = [];
  return {
    moments,
    reached(step, moment) {
      moments.push(`${step} ${moment}`);
      if (plan === null || moments.length < plan.at) return;
      if (moments.length > plan.at && !(plan.lasting === true && isOnDisk(step))) return;
      if (plan.action === 'kill' || plan.action === 'power-cut') {
        if (plan.action === 'power-cut') disk?.cutPower();
        else disk?.remember();
        // No handler runs and no buffer is flushed; the kernel ends the process before this call returns.
        process.kill(process.pid, 'SIGKILL');
      } else throw new TravasoError(plan.action, { systemCode: 'injected' });
    },
  };
}

function isOnDisk(step: DurableStep): boolean {
  return step.startsWith('archive.') || step.startsWith('catalogue.');
}

/** The plan for `faulty-cli.ts`, and the state file of its lossy disk, through the environment. */
export const faultPlanVariable = 'TRAVASO_TEST_FAULT';
export const lossyDiskVariable = 'TRAVASO_TEST_LOSSY_DISK';

/** Throws on anything but `AT:kill`, `AT:power-cut` or `AT:CODE`. */
export function parseFaultPlan(text: string): FaultPlan {
  const [, at, action = ''] = /^(\d+):([\w-]+)$/.exec(text) ?? [];
  if (at === undefined || !(action === 'kill' || action === 'power-cut' || action in errorCodes))
    throw new RangeError(`No fault plan: ${text}`);
  return { at: Number(at), action: action as FaultPlan['action'] };
}
