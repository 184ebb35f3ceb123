import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import type { SignInStep } from '../../../../shared/model/sign-in.ts';
import type { PasswordRule } from '../../zimbra/change-password.ts';
import type { DoorOutcome, Enrolment } from '../../zimbra/sign-in-door.ts';
import type { ZimbraLine } from '../../zimbra/zimbra-line.ts';

/** What the screen is asked to show at each turn of the way in to Zimbra and Carbonio. */

const unanswered = { problem: null, attemptsLeft: null };

export function codeStep({ digits, canTrust, label }: Extract<DoorOutcome, { kind: 'code' }>): SignInStep {
  return { step: 'code', digits, recoveryCodes: true, canTrust, label, ...unanswered };
}

export function enrolmentStep(line: ZimbraLine, enrolment: Enrolment): SignInStep {
  const { secret, uri, account, issuer, digits, recoveryCodes } = enrolment;
  const shown = { secret, uri, account, issuer, digits, recoveryCodes: [...recoveryCodes], url: `${line.origin}/` };
  return { step: 'enrolment', ...shown, ...unanswered };
}

export function newPasswordStep(
  rules: readonly PasswordRule[],
  broken: readonly string[],
  refusal: TravasoError | null,
): SignInStep {
  const problem = refusal === null ? null : problemOf(refusal);
  return {
    step: 'newPassword',
    rules: rules.map(rule => ({ ...rule })),
    broken: [...broken],
    problem,
    attemptsLeft: null,
  };
}

/** @param refusal null on the first asking: then it is said why one is needed at all */
export function appPasswordStep(line: ZimbraLine, refusal: TravasoError | null): SignInStep {
  const problem = problemOf(refusal ?? new TravasoError('IMAP_APP_PASSWORD_NEEDED', { host: line.host }));
  return { step: 'appPassword', url: `${line.origin}/`, host: line.host, problem, attemptsLeft: null };
}

export function webPageStep(line: ZimbraLine, open: boolean, problem: Problem | null): SignInStep {
  return { step: 'webPage', host: line.host, open, problem, attemptsLeft: null };
}

export function failedStep(error: unknown): SignInStep {
  const problem = problemOf(error);
  const { attemptsLeft } = problem.details;
  return { step: 'failed', problem, attemptsLeft: typeof attemptsLeft === 'number' ? attemptsLeft : null };
}
