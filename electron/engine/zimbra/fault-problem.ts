import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { SoapFault } from './soap-session.ts';

/** Faults that mean the same wherever they occur. */
const codes: Readonly<Record<string, ErrorCode>> = {
  'account.AUTH_FAILED': 'SIGNIN_REFUSED',
  'account.CHANGE_PASSWORD': 'PASSWORD_CHANGE_DEMANDED',
  'account.RESET_PASSWORD': 'PASSWORD_CHANGE_DEMANDED',
  'account.TWO_FACTOR_AUTH_FAILED': 'SIGNIN_CODE_REFUSED',
  'account.TWO_FACTOR_AUTH_REQUIRED': 'SIGNIN_CODE_NEEDED',
  'account.TWO_FACTOR_SETUP_REQUIRED': 'SECOND_FACTOR_SETUP_NEEDED',
  'account.MAINTENANCE_MODE': 'SERVER_MAINTENANCE',
  'mail.MAINTENANCE': 'SERVER_MAINTENANCE',
  'account.ACCOUNT_INACTIVE': 'SIGNIN_LOCKED',
  'account.WEB_CLIENT_ACCESS_NOT_ALLOWED': 'SIGNIN_POLICY',
  'account.INVALID_PASSWORD': 'PASSWORD_RULES_BROKEN',
  'account.PASSWORD_RECENTLY_USED': 'PASSWORD_USED_BEFORE',
  'account.PASSWORD_LOCKED': 'PASSWORD_CHANGE_NOT_ALLOWED',
  'account.PASSWORD_CHANGE_TOO_SOON': 'PASSWORD_CHANGE_TOO_SOON',
  'account.NO_SUCH_ACCOUNT': 'MAILBOX_NOT_THERE',
  'mail.NO_SUCH_MBOX': 'MAILBOX_NOT_THERE',
  'account.AUTH_EXPIRED': 'SIGNIN_EXPIRED',
  'service.AUTH_EXPIRED': 'SIGNIN_EXPIRED',
  'service.AUTH_REQUIRED': 'SIGNIN_EXPIRED',
};

/** The server is busy, or one of several is: the same request may succeed in a moment. */
const passing = new Set(['service.TEMPORARILY_UNAVAILABLE', 'service.PROXY_ERROR', 'mail.TRY_AGAIN']);
const passingMs = 30_000;

/**
 * What a fault means for the person, when the caller knows nothing better: sign-in, maintenance, a mailbox that is not
 * there. Any other is `SERVER_FAULT` with the server's own code. Errors that are no fault come back as they are.
 */
export function faultProblem(thrown: unknown, host: string): unknown {
  if (!(thrown instanceof SoapFault)) return thrown;
  const fault = thrown.code;
  if (passing.has(fault)) {
    return new TravasoError('SERVER_BUSY', { host, fault }, { cause: thrown, retryAfterMs: passingMs });
  }
  const code = codes[fault] ?? 'SERVER_FAULT';
  const rules = code === 'PASSWORD_RULES_BROKEN' ? { rules: Object.keys(thrown.details).join(', ') } : {};
  return new TravasoError(code, { host, fault, ...rules }, { cause: thrown });
}

/** Whether the session is over, or was never good for this server. */
export function isSessionOver(thrown: unknown): boolean {
  return thrown instanceof SoapFault && /^(?:service|account)\.AUTH_(?:EXPIRED|REQUIRED)$/.test(thrown.code);
}
