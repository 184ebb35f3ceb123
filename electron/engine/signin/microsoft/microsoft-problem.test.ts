import { expect, test } from 'vitest';
import { microsoftProblem } from './microsoft-problem.ts';
import { readRefusal } from './oauth-refusal.ts';

const host = 'login.microsoftonline.com';

function problemOf(body: object, stage: 'sign-in' | 'renewal' = 'sign-in', status = 400) {
  const refusal = readRefusal(body, { status });
  if (refusal === null) throw new Error('refuses nothing');
  return microsoftProblem(refusal, stage, host).problem;
}

/** As the token endpoint writes it. */
function entra(error: string, number: number, suberror?: string) {
  return {
    error,
    error_description: `AADSTS${number}: Something in English about anna@ente.it. Trace ID: 1f9e0c70-0000-4000-8000-000000000000 Correlation ID: 7c3f2f8e-61a0-4a57-9d4c-5f1f7a8b9c0d Timestamp: 2026-11-23 07:01:02Z`,
    error_codes: [number],
    timestamp: '2026-11-23 07:01:02Z',
    correlation_id: '7c3f2f8e-61a0-4a57-9d4c-5f1f7a8b9c0d',
    ...(suberror === undefined ? {} : { suberror }),
  };
}

test.each([
  [50126, 'SIGNIN_REFUSED'],
  [50053, 'MICROSOFT_ACCOUNT_LOCKED'],
  [50055, 'MICROSOFT_PASSWORD_EXPIRED'],
  [50072, 'MICROSOFT_SECOND_FACTOR_MISSING'],
  [50076, 'MICROSOFT_SECOND_FACTOR_NEEDED'],
  [65001, 'MICROSOFT_APPROVAL_NEEDED'],
  [65004, 'MICROSOFT_CONSENT_REFUSED'],
  [90094, 'MICROSOFT_APPROVAL_NEEDED'],
  [700016, 'MICROSOFT_REGISTRATION_UNKNOWN'],
  [50020, 'MICROSOFT_FOREIGN_ACCOUNT'],
  [50105, 'MICROSOFT_NOT_ASSIGNED'],
  [53000, 'MICROSOFT_DEVICE_NOT_MANAGED'],
  [53003, 'MICROSOFT_BLOCKED_BY_POLICY'],
  [70008, 'SIGNIN_TIMED_OUT'],
  [700082, 'SIGNIN_EXPIRED'],
  [70019, 'MICROSOFT_DEVICE_CODE_EXPIRED'],
  [7000218, 'MICROSOFT_REGISTRATION_WRONG'],
  [90033, 'SERVER_BUSY'],
  [54005, 'MICROSOFT_SIGNIN_FAILED'],
  [999_999, 'MICROSOFT_SIGNIN_FAILED'],
])('AADSTS%i is explained as %s', (number, code) => {
  expect(problemOf(entra('invalid_grant', number)).code).toBe(code);
});

test('without a number that is known, the OAuth words decide', () => {
  expect(problemOf(entra('invalid_grant', 1, 'user_password_expired')).code).toBe('MICROSOFT_PASSWORD_EXPIRED');
  expect(problemOf({ error: 'access_denied' }).code).toBe('MICROSOFT_CONSENT_REFUSED');
  expect(problemOf({ error: 'access_denied', error_subcode: 'cancel' }).code).toBe('MICROSOFT_CONSENT_REFUSED');
  expect(problemOf({ error: 'unauthorized_client' }).code).toBe('MICROSOFT_REGISTRATION_WRONG');
  expect(problemOf({ error: 'constructor' }).code).toBe('MICROSOFT_SIGNIN_FAILED');
});

test('whatever only the person can mend makes a job rest; a busy server does not', () => {
  for (const error of ['invalid_grant', 'interaction_required', 'consent_required', 'login_required'])
    expect(problemOf(entra(error, 50076), 'renewal')).toMatchObject({
      code: 'SIGNIN_EXPIRED',
      details: { number: 'AADSTS50076' },
    });
  expect(problemOf({ error: 'temporarily_unavailable' }, 'renewal')).toMatchObject({
    code: 'SERVER_BUSY',
    retryAfterMs: 30_000,
  });
  expect(problemOf({ error: 'invalid_grant' }, 'renewal', 503).code).toBe('SERVER_BUSY');
});

test('the help desk gets number, identifier and time, and nobody’s name', () => {
  const { details } = problemOf(entra('invalid_grant', 50105));
  expect(details).toEqual({
    error: 'invalid_grant',
    number: 'AADSTS50105',
    correlation: '7c3f2f8e-61a0-4a57-9d4c-5f1f7a8b9c0d',
    at: '2026-11-23 07:01:02Z',
  });
});

test('what came by the browser is as little to be trusted as any stranger’s text', () => {
  const refusal = readRefusal({
    error: 'access_denied',
    error_description: 'AADSTS65004: No. Correlation ID: <script> Timestamp: yesterday',
  });
  expect(refusal).toMatchObject({ number: 'AADSTS65004', correlation: null, at: null });
  expect(readRefusal({ code: 'x' })).toBeNull();
  expect(readRefusal({ error: 'x'.repeat(10_000) })).toBeNull();
  expect(readRefusal('<html>')).toBeNull();
});
