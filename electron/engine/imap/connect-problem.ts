import type { ImapFlowError } from 'imapflow';
import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, ProblemDetails } from '../../../shared/errors.ts';
import { busyProblem, serverSaid } from './server-text.ts';
import type { ConnectStage } from './staged-transport.ts';

/** Node's and OpenSSL's codes. A code that is not here gets the general code of its stage. */
const reachCodes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'SERVER_UNKNOWN_HOST',
  ENODATA: 'SERVER_UNKNOWN_HOST',
  ECONNREFUSED: 'SERVER_REFUSED_CONNECTION',
};
const tlsCodes: Readonly<Record<string, ErrorCode>> = {
  CERT_HAS_EXPIRED: 'TLS_CERTIFICATE_EXPIRED',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS_CERTIFICATE_WRONG_HOST',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'TLS_CERTIFICATE_SELF_SIGNED',
  SELF_SIGNED_CERT_IN_CHAIN: 'TLS_CERTIFICATE_UNKNOWN_CA',
  UNABLE_TO_GET_ISSUER_CERT: 'TLS_CERTIFICATE_UNKNOWN_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'TLS_CERTIFICATE_UNKNOWN_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'TLS_CERTIFICATE_UNKNOWN_CA',
  CERT_UNTRUSTED: 'TLS_CERTIFICATE_UNKNOWN_CA',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'TLS_TOO_OLD',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'TLS_TOO_OLD',
  ERR_SSL_VERSION_TOO_LOW: 'TLS_TOO_OLD',
  // Plain text came where the TLS handshake was due.
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS_NOT_OFFERED',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'TLS_NOT_OFFERED',
};
const timeoutCodes = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT', 'ETIMEDOUT']);
/** imapflow's words for a connection that ended; `reason` then holds the server's BYE. */
const closedByServer = new Set([
  'NoConnection',
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
  'EConnectionClosed',
]);
/** imapflow could not read what the server wrote. */
const unreadable =
  /^(?:ParserError|InvalidResponse|UnexpectedTag|MissingTag|LineTooLarge|LiteralTooLarge|ResponseTooLarge|TooMany)/;

export interface ConnectContext {
  readonly stage: ConnectStage;
  readonly host: string;
  readonly port: number;
  /** LOGINDISABLED was announced at the time of the failure. */
  readonly loginDisabled: boolean;
}

/** What a failed connection attempt means for the person. Decides by codes, stages and the server's own sentences. */
export function connectProblem(thrown: unknown, context: ConnectContext): TravasoError {
  const error = unwrapped(thrown);
  if (error instanceof TravasoError) return error;
  const { host, port, stage } = context;
  const code = error.code ?? '';
  const make = (name: ErrorCode, details: ProblemDetails = {}, retryAfterMs?: number) =>
    new TravasoError(
      name,
      { host, port, ...details },
      retryAfterMs === undefined ? { cause: thrown } : { cause: thrown, retryAfterMs },
    );

  // OpenSSL's errors have a `reason` too; a server's BYE is only in these.
  if (error.reason !== undefined && closedByServer.has(code)) {
    const bye = { code: null, text: error.reason };
    // Exchange Online, of a token that it took a moment ago: not busy, and with a fresh one it goes on.
    if (/AccessTokenExpired/i.test(bye.text)) return make('CONNECTION_LOST', { reason: 'token-expired' }, 0);
    return signInUnavailable(bye.text, host) ?? busyProblem(bye) ?? make('SERVER_BUSY', serverSaid(bye), 30_000);
  }
  if (error.throttleReset !== undefined) return make('SERVER_THROTTLED', {}, error.throttleReset);
  if (error.authenticationFailed === true) return signInProblem(error, context);
  if (timeoutCodes.has(code)) return make(stage === 'reaching' ? 'SERVER_UNREACHABLE' : 'SERVER_SILENT');
  if (code === 'STARTTLS_INJECTION') return make('TLS_FAILED', { reason: 'injection' });
  if (stage === 'securing') return make(tlsCodes[code] ?? 'TLS_FAILED', code === '' ? {} : { reason: code });
  // imapflow marks a required STARTTLS that was not offered, refused, or made impossible by PREAUTH.
  if (error.tlsFailed === true) return make('TLS_NOT_OFFERED');
  if (unreadable.test(code)) return make('SERVER_NOT_IMAP');
  if (stage === 'reaching') return make(reachCodes[code] ?? 'SERVER_UNREACHABLE', code === '' ? {} : { reason: code });
  // imapflow's "no way to sign in that both sides know" has no code.
  if (code === '') return make('SIGNIN_UNAVAILABLE', { reason: 'no-method' });
  return make('CONNECTION_LOST', { reason: code }, 0);
}

/**
 * Whether the person should type the password again, or whether that would not help. Servers that follow RFC 5530
 * say so in a code; Zimbra says it in words.
 */
function signInProblem(error: ImapFlowError, context: ConnectContext): TravasoError {
  const { host, port } = context;
  const text = typeof error.response === 'string' ? error.response : (error.responseText ?? '');
  const status = { code: null, text };
  const details = { host, port, ...serverSaid(status) };
  if (text === '' && error.responseStatus === undefined) {
    // imapflow gave up by itself: nothing was sent that the server could have refused.
    return new TravasoError('SIGNIN_UNAVAILABLE', {
      ...details,
      reason: context.loginDisabled ? 'login-disabled' : 'no-method',
    });
  }
  // "maintenance; please try again later" is not a busy server: said first, busy second.
  const said = signInUnavailable(text, host) ?? busyProblem(status);
  if (said !== null) return said;
  switch (error.serverResponseCode?.toUpperCase()) {
    case 'UNAVAILABLE':
    case 'CONTACTADMIN':
      return new TravasoError('SIGNIN_UNAVAILABLE', { ...details, reason: 'server' });
    case 'EXPIRED':
      return new TravasoError('SIGNIN_REFUSED', { ...details, reason: 'password-expired' });
    case 'PRIVACYREQUIRED':
      return new TravasoError('TLS_REQUIRED', details);
    default:
      return new TravasoError('SIGNIN_REFUSED', details);
  }
}

function signInUnavailable(text: string, host: string): TravasoError | null {
  const said = serverSaid({ code: null, text });
  const make = (code: ErrorCode, more: ProblemDetails = {}) => new TravasoError(code, { host, ...more, ...said });
  if (/maintenance/i.test(text)) return make('SERVER_MAINTENANCE');
  if (/does not have imap access|imap (access )?(is )?(disabled|not enabled)/i.test(text))
    return make('IMAP_NOT_ENABLED');
  if (/password must be changed|change your password/i.test(text)) return make('PASSWORD_CHANGE_DEMANDED');
  // Exchange Online: the token is good, the mailbox behind it cannot be opened.
  if (/authenticated but not connected/i.test(text))
    return make('SIGNIN_UNAVAILABLE', { reason: 'mailbox-not-available' });
  if (/temporar(y|ily)|internal error/i.test(text)) return make('SIGNIN_UNAVAILABLE', { reason: 'server' });
  return null;
}

/** Node tries several addresses of one host and reports all failures together; the first stands for them. */
function unwrapped(thrown: unknown): ImapFlowError {
  if (thrown instanceof AggregateError && thrown.errors[0] instanceof Error && !('code' in thrown))
    return thrown.errors[0];
  return thrown instanceof Error ? thrown : new Error('not an error', { cause: thrown });
}
