import { methods } from '../../shared/contract.ts';
import type { Input, MethodName, Output } from '../../shared/contract.ts';
import { problemOf, TravasoError } from '../../shared/errors.ts';
import type { ErrorCode, ProblemDetails } from '../../shared/errors.ts';
import { hostMethods } from '../../shared/host-contract.ts';
import type { HostInput, HostMethodName, HostOutput } from '../../shared/host-contract.ts';
import type { JobSnapshot } from '../../shared/model/job.ts';
import { folderProgressAt } from './sample-jobs.ts';
import type { Wire, WireEvent } from '../../shared/wire.ts';

export type Answers = {
  readonly [M in MethodName]?: (input: Input<M>) => Output<M> | Promise<Output<M>>;
} & {
  readonly [M in HostMethodName]?: (input: HostInput<M>) => HostOutput<M> | Promise<HostOutput<M>>;
};

export interface FakeEngine {
  readonly wire: Wire;
  /** As the engine tells about a job; also what `jobs.get` answers from then on. */
  tell(snapshot: JobSnapshot): void;
  readonly jobs: ReadonlyMap<string, JobSnapshot>;
  /** Every call so far, for tests; passwords left out. */
  readonly calls: readonly { readonly method: string; readonly input: unknown }[];
}

/**
 * An engine and a host in memory, for screens without either. What it takes and gives passes the same schemas as on the
 * real wire, so that a screen cannot come to rely on something the contract does not say.
 */
export function createFakeEngine(answers: Answers): FakeEngine {
  const jobs = new Map<string, JobSnapshot>();
  const listeners = new Set<(event: WireEvent) => void>();
  const calls: { method: string; input: unknown }[] = [];
  const table: Answers = {
    'jobs.get': ({ jobId }) => {
      const job = jobs.get(jobId);
      if (job === undefined) throw new TravasoError('JOB_UNKNOWN');
      return job;
    },
    'jobs.folders': ({ jobId }) => {
      const { done = 0, total = null } = jobs.get(jobId)?.progress.messages ?? {};
      return folderProgressAt(total === null ? 0 : done / total);
    },
    ...answers,
  };

  return {
    jobs,
    calls,
    tell(snapshot) {
      jobs.set(snapshot.id, snapshot);
      for (const listener of listeners) listener({ kind: 'event', name: 'job.changed', payload: snapshot });
    },
    wire: {
      async call(method, input) {
        calls.push({ method, input: withoutPassword(input) });
        try {
          const schemas = { ...methods, ...hostMethods }[method as MethodName | HostMethodName];
          const answer = table[method as MethodName | HostMethodName] as ((input: unknown) => unknown) | undefined;
          if (answer === undefined) throw new TravasoError('CALL_INVALID', { method });
          return { ok: true, value: schemas.output.parse(await answer(schemas.input.parse(input))) };
        } catch (error) {
          if (!(error instanceof TravasoError)) console.error(method, error);
          return { ok: false, problem: problemOf(error) };
        }
      },
      subscribe(listener) {
        listeners.add(listener);
        for (const payload of jobs.values()) listener({ kind: 'event', name: 'job.changed', payload });
        return () => listeners.delete(listener);
      },
    },
  };
}

function withoutPassword(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'password' in input ? { ...input, password: null } : input;
}

/** As the engine answers a sign-in that came to nothing. */
export function signInFails(code: ErrorCode, details: ProblemDetails): Answers {
  const step = { step: 'failed', problem: { code, details: { ...details } }, attemptsLeft: null } as const;
  return { 'signIn.begin': () => ({ signInId: crypto.randomUUID(), step }) };
}

export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

export function fails(...problem: ConstructorParameters<typeof TravasoError>): () => never {
  return () => {
    throw new TravasoError(...problem);
  };
}
