import type { DurableStep, FaultPort } from '../../electron/engine/ports.ts';
import { errorCodes, TravasoError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** What happens at the `at`-th moment (counted from 1; before and after a step are two) of a run. */
export interface FaultPlan {
  readonly at: number;
  /** `kill` ends the process as SIGKILL does; a code is thrown, as a failing disk or server would have it thrown. */
  readonly action: 'kill' | ErrorCode;
  /** Also at every later moment on the disk, as a disk that stays full. Default: only that once. */
  readonly lasting?: boolean;
}

export interface PlannedFaults extends FaultPort {
  /** The moments so far, e.g. `archive.sync after`. */
  readonly moments: readonly string[];
}

/** A fault port that counts, and does what the plan says; null to count only. */
export function plannedFaults(plan: FaultPlan | null): PlannedFaults {
  const moments: string[] = [];
  return {
    moments,
    reached(step, moment) {
      moments.push(`${step} ${moment}`);
      if (plan === null || moments.length < plan.at) return;
      if (moments.length > plan.at && !(plan.lasting === true && isOnDisk(step))) return;
      // No handler runs and no buffer is flushed; the kernel ends the process before this call returns.
      if (plan.action === 'kill') process.kill(process.pid, 'SIGKILL');
      else throw new TravasoError(plan.action, { systemCode: 'injected' });
    },
  };
}

function isOnDisk(step: DurableStep): boolean {
  return step.startsWith('archive.') || step.startsWith('catalogue.');
}

/** The plan for `faulty-cli.ts`, through the environment. */
export const faultPlanVariable = 'TRAVASO_TEST_FAULT';

/** Throws on anything but `AT:kill` or `AT:CODE`. */
export function parseFaultPlan(text: string): FaultPlan {
  const [, at, action = ''] = /^(\d+):(\w+)$/.exec(text) ?? [];
  if (at === undefined || !(action === 'kill' || action in errorCodes)) throw new RangeError(`No fault plan: ${text}`);
  return { at: Number(at), action: action as FaultPlan['action'] };
}
