import { expect, test } from 'vitest';
import { connectProblem } from './connect-problem.ts';
import type { ConnectStage } from './staged-transport.ts';

const context = { host: 'old.ente.it', port: 993, loginDisabled: false };
const failure = (fields: object) => Object.assign(new Error('words that nobody reads'), fields);

test.each<[ConnectStage, object, string]>([
  ['reaching', { code: 'ENOTFOUND' }, 'SERVER_UNKNOWN_HOST'],
  ['reaching', { code: 'EAI_AGAIN' }, 'SERVER_UNREACHABLE'],
  ['reaching', { code: 'EHOSTUNREACH' }, 'SERVER_UNREACHABLE'],
  ['reaching', { code: 'CONNECT_TIMEOUT' }, 'SERVER_UNREACHABLE'],
  ['reaching', { code: 'ETIMEDOUT' }, 'SERVER_UNREACHABLE'],
  ['securing', { code: 'CONNECT_TIMEOUT' }, 'SERVER_SILENT'],
  ['securing', { code: 'ECONNRESET' }, 'TLS_FAILED'],
  ['securing', { code: 'CERT_HAS_EXPIRED' }, 'TLS_CERTIFICATE_EXPIRED'],
  ['securing', { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }, 'TLS_TOO_OLD'],
  ['session', { code: 'ParserError11' }, 'SERVER_NOT_IMAP'],
  ['session', { code: 'ECONNRESET' }, 'CONNECTION_LOST'],
  ['session', { code: 'ClosedAfterConnectTLS' }, 'CONNECTION_LOST'],
  ['session', { code: 'ETHROTTLE', throttleReset: 5000 }, 'SERVER_THROTTLED'],
  [
    'session',
    { authenticationFailed: true, response: 'x', serverResponseCode: 'AUTHENTICATIONFAILED' },
    'SIGNIN_REFUSED',
  ],
  ['session', { authenticationFailed: true, response: 'x', serverResponseCode: 'UNAVAILABLE' }, 'SIGNIN_UNAVAILABLE'],
  [
    'session',
    { authenticationFailed: true, response: 'User is authenticated but not connected.' },
    'SIGNIN_UNAVAILABLE',
  ],
  [
    'session',
    { authenticationFailed: true, response: 'password must be changed before first use' },
    'PASSWORD_CHANGE_DEMANDED',
  ],
])('while %s, %j is %s', (stage, fields, code) => {
  expect(connectProblem(failure(fields), { ...context, stage }).code).toBe(code);
});

test('of several addresses that all failed, the first stands for the host', () => {
  const all = new AggregateError([failure({ code: 'ECONNREFUSED' }), failure({ code: 'ENETUNREACH' })]);
  expect(connectProblem(all, { ...context, stage: 'reaching' }).code).toBe('SERVER_REFUSED_CONNECTION');
});
