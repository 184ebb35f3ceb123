import { TravasoError } from '../../../../shared/errors.ts';
import type { Enrolment } from '../../zimbra/sign-in-door.ts';
import { periodsAway } from './totp.ts';

/** Authenticators' codes change every thirty seconds; servers bear one period of difference. */
const bearableSeconds = 30;

export interface RefusedCode {
  readonly refusal: TravasoError;
  /** Seconds by which the server's clock is ahead of this computer's; null when unknown. */
  readonly skewSeconds: number | null;
  readonly code: string;
  /** Milliseconds since 1970 by this computer. */
  readonly now: number;
  /** Where the server just gave the secret, it can be told what was wrong with the code. */
  readonly enrolment: Enrolment | null;
}

/**
 * Why a code was refused, as far as it can be known: servers only ever say no. A clock that goes wrong is the usual
 * cause that nobody thinks of.
 */
export function codeProblem({ refusal, skewSeconds, code, now, enrolment }: RefusedCode): TravasoError {
  if (refusal.code !== 'SIGNIN_CODE_REFUSED') return refusal;
  const { details } = refusal.problem;
  if (enrolment !== null) {
    const serverNow = now + (skewSeconds ?? 0) * 1000;
    const away = periodsAway(enrolment.secret, code, serverNow, enrolment);
    if (away === null) return refusal;
    if (away < -1 && away >= -4) return new TravasoError('SIGNIN_CODE_EXPIRED', details, { cause: refusal });
    // Right for another time: the phone's clock is off by that much.
    if (Math.abs(away) > 1) return skewed(refusal, away * enrolment.period);
    return refusal;
  }
  return skewSeconds !== null && Math.abs(skewSeconds) > bearableSeconds ? skewed(refusal, skewSeconds) : refusal;
}

function skewed(refusal: TravasoError, seconds: number): TravasoError {
  const details = { ...refusal.problem.details, skewSeconds: Math.abs(seconds) };
  return new TravasoError('SIGNIN_CLOCK_SKEW', details, { cause: refusal });
}
