import type { FaultPort } from '../ports.ts';

/** For reading, where nothing durable happens. */
export const noFaults: FaultPort = { reached: () => undefined };
