import type { Problem } from '../../../../shared/errors.ts';
import type { SignInAnswer, SignInStep } from '../../../../shared/model/sign-in.ts';

/** What every question of a sign-in is given: the step, the way to answer it, and the way back. */
export interface AnswerProps<S extends SignInStep['step']> {
  readonly step: Extract<SignInStep, { step: S }>;
  readonly busy: boolean;
  /** Of the line: the question itself may hold a refusal of its own. */
  readonly problem: Problem | null;
  readonly answer: (answer: SignInAnswer) => void;
  readonly back: () => void;
}
