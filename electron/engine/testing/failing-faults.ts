import type { DurableStep, FaultPort } from '../ports.ts';

/** Throws `error` once, before the `nth` time that `step` is reached. */
export function failOnce(step: DurableStep, nth: number, error: unknown): FaultPort & { readonly happened: boolean } {
  let reached = 0;
  return {
    get happened() {
      return reached >= nth;
    },
    reached: (each, moment) => {
      if (each !== step || moment !== 'before') return;
      reached += 1;
      if (reached === nth) throw error;
    },
  };
}
