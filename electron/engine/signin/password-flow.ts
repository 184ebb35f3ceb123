import type { SignInStep } from '../../../shared/model/sign-in.ts';
import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** Name and password, checked by signing in once. One question only, so nothing is ever left to answer. */
export async function startPasswordFlow(identity: string, check: () => Promise<void>): Promise<SignInFlow> {
  const step = await check().then(
    (): SignInStep => ({ step: 'done', identity, kept: false }),
    (error: unknown): SignInStep => ({ step: 'failed', problem: problemOf(error), attemptsLeft: null }),
  );
  return {
    step: () => step,
    answer: () => Promise.reject(new TravasoError('SIGNIN_STEP_CONFLICT')),
    credentials: () => (step.step === 'done' ? { kind: 'password' } : null),
    close: () => Promise.resolve(),
  };
}
