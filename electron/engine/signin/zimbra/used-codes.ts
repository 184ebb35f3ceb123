import type { Clock } from '../../ports.ts';

/** A code stands for one period, and servers take it a period early or late. */
const goodForMs = 90_000;

/**
 * Codes that were taken a moment ago, by account. A server refuses them a second time and counts that as an attempt;
 * people type them again when they sign in anew right away, because their app still shows them.
 */
export class UsedCodes {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #taken = new Map<string, { readonly code: string; readonly until: number }>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  took(account: string, code: string): void {
    this.#taken.set(account, { code, until: this.#clock.monotonicMs() + goodForMs });
  }

  wasTaken(account: string, code: string): boolean {
    const last = this.#taken.get(account);
    return last?.code === code && this.#clock.monotonicMs() < last.until;
  }
}
