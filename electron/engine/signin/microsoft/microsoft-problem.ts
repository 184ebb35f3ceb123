import { TravasoError } from '../../../../shared/errors.ts';
import type { ErrorCode, ProblemDetails } from '../../../../shared/errors.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';

/** Which help each of Microsoft's numbers calls for. */
const byNumber: Readonly<Record<string, ErrorCode>> = {
  ...all('SIGNIN_REFUSED', 50126, 50034, 50056),
  ...all('MICROSOFT_ACCOUNT_LOCKED', 50053),
  ...all('MICROSOFT_PASSWORD_EXPIRED', 50055, 50144),
  ...all('MICROSOFT_SECOND_FACTOR_MISSING', 50072, 50079),
  ...all('MICROSOFT_SECOND_FACTOR_NEEDED', 50074, 50076, 50078),
  ...all('MICROSOFT_APPROVAL_NEEDED', 65001, 90094, 90095),
  ...all('MICROSOFT_CONSENT_REFUSED', 65004),
  ...all('MICROSOFT_REGISTRATION_UNKNOWN', 700016, 90002, 50194),
  ...all('MICROSOFT_FOREIGN_ACCOUNT', 50020, 500208, 90072),
  ...all('MICROSOFT_NOT_ASSIGNED', 50105),
  ...all('MICROSOFT_DEVICE_NOT_MANAGED', 53000, 53001),
  ...all('MICROSOFT_BLOCKED_BY_POLICY', 53003, 530032, 530035),
  ...all('SIGNIN_EXPIRED', 700082, 50173, 50132, 70043, 50089),
  // The code waited too long before we could redeem it.
  ...all('SIGNIN_TIMED_OUT', 70008),
  ...all('MICROSOFT_DEVICE_CODE_EXPIRED', 70019),
  ...all('MICROSOFT_REGISTRATION_WRONG', 50011, 7000218, 900144, 9002313, 70011, 650057, 700022, 28002),
  ...all('SERVER_BUSY', 90033, 90006, 50033),
};

const bySuberror: Readonly<Record<string, ErrorCode>> = {
  consent_required: 'MICROSOFT_APPROVAL_NEEDED',
  user_password_expired: 'MICROSOFT_PASSWORD_EXPIRED',
  basic_action: 'MICROSOFT_SECOND_FACTOR_NEEDED',
  additional_action: 'MICROSOFT_SECOND_FACTOR_NEEDED',
  message_only: 'MICROSOFT_BLOCKED_BY_POLICY',
};

const byError: Readonly<Record<string, ErrorCode>> = {
  access_denied: 'MICROSOFT_CONSENT_REFUSED',
  consent_required: 'MICROSOFT_APPROVAL_NEEDED',
  interaction_required: 'MICROSOFT_SECOND_FACTOR_NEEDED',
  login_required: 'SIGNIN_EXPIRED',
  // RFC 8628 section 3.5, and Entra's own word for "declined" there.
  expired_token: 'MICROSOFT_DEVICE_CODE_EXPIRED',
  authorization_declined: 'SIGNIN_CANCELLED',
  invalid_client: 'MICROSOFT_REGISTRATION_WRONG',
  unauthorized_client: 'MICROSOFT_REGISTRATION_WRONG',
  invalid_scope: 'MICROSOFT_REGISTRATION_WRONG',
  invalid_request: 'MICROSOFT_REGISTRATION_WRONG',
  unsupported_grant_type: 'MICROSOFT_REGISTRATION_WRONG',
  unsupported_response_type: 'MICROSOFT_REGISTRATION_WRONG',
  temporarily_unavailable: 'SERVER_BUSY',
  server_error: 'SERVER_BUSY',
};

/** On renewal these all mean: the grant is gone, and only the person can give a new one. */
const needsThePerson = new Set([
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'access_denied',
]);

export type TokenStage = 'sign-in' | 'renewal' | 'further';

/** Without a wish of its own Microsoft is left alone for this long (milliseconds). */
const usualWaitMs = 30_000;

/**
 * What a refusal means for the person. At `sign-in` somebody is looking and can act on the particular reason; at
 * `renewal` a job is at work by itself, and every reason that only a person can mend makes it rest. A `further`
 * resource is asked for beside the one that the person signed in for: that it was never approved ends nothing else.
 */
export function microsoftProblem(refusal: OAuthRefusal, stage: TokenStage, host: string): TravasoError {
  const details: ProblemDetails = {
    error: refusal.error,
    ...(refusal.number === null ? {} : { number: refusal.number }),
    ...(refusal.correlation === null ? {} : { correlation: refusal.correlation }),
    ...(refusal.at === null ? {} : { at: refusal.at }),
  };
  const busy = refusal.status === 429 || (refusal.status ?? 0) >= 500;
  const code = busy ? 'SERVER_BUSY' : codeOf(refusal);
  if (code === 'SERVER_BUSY') {
    const retryAfterMs = refusal.retryAfter === null ? usualWaitMs : refusal.retryAfter * 1000;
    return new TravasoError('SERVER_BUSY', { host, ...details }, { retryAfterMs });
  }
  if (stage === 'further' && isUnapproved(code)) return new TravasoError('MICROSOFT_APPROVAL_NEEDED', details);
  if (stage !== 'sign-in' && needsThePerson.has(refusal.error)) return new TravasoError('SIGNIN_EXPIRED', details);
  return new TravasoError(code, details);
}

/** Declined by the person or never approved by the organisation. */
export function isUnapproved(code: ErrorCode): boolean {
  return code === 'MICROSOFT_APPROVAL_NEEDED' || code === 'MICROSOFT_CONSENT_REFUSED';
}

function codeOf({ number, suberror, error }: OAuthRefusal): ErrorCode {
  const known = (table: Readonly<Record<string, ErrorCode>>, key: string): ErrorCode | undefined =>
    Object.hasOwn(table, key) ? table[key] : undefined;
  return (
    known(byNumber, number ?? '') ?? known(bySuberror, suberror) ?? known(byError, error) ?? 'MICROSOFT_SIGNIN_FAILED'
  );
}

function all(code: ErrorCode, ...numbers: readonly number[]): Record<string, ErrorCode> {
  return Object.fromEntries(numbers.map(number => [`AADSTS${number}`, code]));
}
