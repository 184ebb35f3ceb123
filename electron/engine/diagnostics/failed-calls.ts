import { methods } from '../../../shared/contract.ts';
import type { Api, MethodName } from '../../../shared/contract.ts';
import { problemOf } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { Clock } from '../ports.ts';

export interface FailedCall {
  readonly at: string;
  readonly method: MethodName;
  readonly code: ErrorCode;
}

/** Failures older than these say nothing about what troubles the person now. */
const keptCalls = 20;

/** The calls that failed last, by name and code: a sign-in that was refused leaves no other trace. */
export class FailedCalls {
  private readonly calls: FailedCall[] = [];
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  latest(): readonly FailedCall[] {
    return this.calls;
  }

  /** The same table; what a method rejects with is noted and passed on. */
  watch(api: Api): Api {
    const watched = Object.keys(methods).map(name => {
      const method = name as MethodName;
      const call = api[method] as (input: unknown) => Promise<unknown>;
      return [name, (input: unknown) => call(input).catch((error: unknown) => this.failed(method, error))] as const;
    });
    return Object.fromEntries(watched) as unknown as Api;
  }

  private failed(method: MethodName, error: unknown): never {
    this.calls.push({ at: this.clock.now().toISOString(), method, code: problemOf(error).code });
    if (this.calls.length > keptCalls) this.calls.shift();
    throw error;
  }
}
