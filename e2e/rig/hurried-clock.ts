import { systemClock } from '../../electron/engine/default-ports.ts';
import type { Clock } from '../../electron/engine/ports.ts';

/** The product's pauses, before it tries again or until a server has stored what it received, are a twentieth as long. */
export const hurriedClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms / 20, 200), signal),
};
