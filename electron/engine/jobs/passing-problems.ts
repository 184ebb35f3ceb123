import type { ErrorCode, Problem } from '../../../shared/errors.ts';

/** Failures of the line, not of what was asked: worth another try on a new connection. */
const ofTheLine: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_LOST',
  'SERVER_SILENT',
  'SERVER_BUSY',
  'SERVER_THROTTLED',
  'SERVER_UNREACHABLE',
  'SERVER_REFUSED_CONNECTION',
  'PROXY_UNREACHABLE',
  'TARGET_UNAVAILABLE_OR_FULL',
]);

export function isPassing(problem: Problem): boolean {
  return ofTheLine.has(problem.code);
}

/** Reasons of SIGNIN_UNAVAILABLE that are the server's own trouble: it has not said a word about the person. */
const serversOwnTrouble: ReadonlySet<unknown> = new Set(['server', 'mailbox-not-available']);

/**
 * What else waiting can mend when the same name, port and password got in a moment ago. On a first try these are
 * mistakes of address or account, and waiting for a mistake helps nobody:
 *
 * - Windows without a network knows no host (ENOTFOUND), and neither does a name server outside of the office's VPN;
 * - a balancer without a server behind it takes the connection and drops it in the TLS handshake;
 * - a server that starts again refuses everybody for "internal error" until its own parts are up.
 *
 * A refused password and a certificate that cannot be trusted are never among them: servers lock accounts over
 * repeated passwords, and a changed certificate is what a stranger on the line would show.
 */
export function isPassingOnceReached(problem: Problem): boolean {
  switch (problem.code) {
    case 'SERVER_UNKNOWN_HOST':
    case 'SERVER_MAINTENANCE':
      return true;
    case 'TLS_FAILED':
      return problem.details['reason'] !== 'injection';
    case 'SIGNIN_UNAVAILABLE':
      return serversOwnTrouble.has(problem.details['reason']);
    default:
      return isPassing(problem);
  }
}
