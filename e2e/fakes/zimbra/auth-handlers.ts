import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { periodsAway } from '../../../electron/engine/signin/zimbra/totp.ts';
import { FakeFault } from './fake-account.ts';
import type { FakeAccount, FakeRequest, SoapBody } from './fake-account.ts';
import { sessionCookie } from './fake-sessions.ts';
import type { FakeSession } from './fake-sessions.ts';
import { serverTime } from './fake-state.ts';
import type { FakeState } from './fake-state.ts';
import { getInfo } from './get-info.ts';
import { liveSession, text } from './soap-endpoint.ts';

interface AuthCall {
  readonly state: FakeState;
  readonly context: SoapBody;
  readonly request: FakeRequest;
  readonly response: ServerResponse;
}

type AuthHandler = (body: SoapBody, call: AuthCall) => SoapBody | Promise<SoapBody>;

/** What needs no session, or makes one; and GetInfo, which every client asks first. */
export const authHandlers: ReadonlyMap<string, AuthHandler> = new Map<string, AuthHandler>([
  ['AuthRequest', authenticate],
  ['ChangePasswordRequest', changePassword],
  [
    'GetInfoRequest',
    (_, call) => {
      const { account } = liveSession(call.state, call);
      if (account.status === 'no-mailbox') throw new FakeFault('mail.NO_SUCH_MBOX');
      return getInfo(account, call.state);
    },
  ],
  [
    'EndSessionRequest',
    (_, call) => {
      liveSession(call.state, call).expired = true;
      return {};
    },
  ],
]);

function authenticate(body: SoapBody, call: AuthCall): SoapBody {
  const { state } = call;
  const code = text(body['twoFactorCode']);
  const waiting = state.sessions.of(text(body['authToken']));
  const named = state.accounts.get(text(body['account']).toLowerCase());
  const account = waiting?.account ?? named;
  // Zimbra does not tell an unknown name from a wrong password.
  if (account === undefined) throw new FakeFault('account.AUTH_FAILED');
  if (waiting === null) checkPassword(account, text(body['password']));
  else if (waiting.expired) throw new FakeFault('account.AUTH_EXPIRED');
  if (needsCode(account, state, body)) {
    if (code === '') return askForCode(state.sessions.open(account, { reach: 'code' }), account);
    checkCode(account, code, serverTime(state));
  }
  return letIn(account, body, call);
}

/** @throws FakeFault account.… */
export function checkPassword(account: FakeAccount, password: string): void {
  if (account.status === 'maintenance') throw new FakeFault('account.MAINTENANCE_MODE');
  if (account.status === 'closed') throw new FakeFault('account.ACCOUNT_INACTIVE');
  if (account.password !== password) throw new FakeFault('account.AUTH_FAILED');
  if (account.mustChangePassword) throw new FakeFault('account.CHANGE_PASSWORD');
  if (account.status === 'setup-required') throw new FakeFault('account.TWO_FACTOR_SETUP_REQUIRED');
}

/** Codes are taken one period late or early, and each only once. @throws FakeFault */
export function checkCode(account: FakeAccount, code: string, now: number): void {
  const refused = new FakeFault('account.TWO_FACTOR_AUTH_FAILED');
  if (account.codeAttemptsLeft === 0) throw refused;
  if (account.scratchCodes.delete(code)) return;
  const away = account.secret === null ? null : periodsAway(account.secret, code, now, { reach: 1 });
  if (away === null || account.usedCodes.has(code)) {
    account.codeAttemptsLeft -= 1;
    throw refused;
  }
  account.usedCodes.add(code);
  account.codeAttemptsLeft = 10;
}

function needsCode(account: FakeAccount, { edition }: FakeState, body: SoapBody): boolean {
  // Carbonio's own AuthRequest has no field for a code.
  if (edition !== 'zimbra' || account.secret === null) return false;
  const trusted = text(body['trustedToken']);
  if (trusted === '') return true;
  if (account.trustedDevices.has(`${trusted} ${text(body['deviceId'])}`)) return false;
  throw new FakeFault('account.INVALID_TRUSTED_DEVICE_TOKEN');
}

/** Status 200 and a token good for the second step only; no cookie. */
function askForCode(session: FakeSession, { options }: FakeAccount): SoapBody {
  return {
    authToken: [{ _content: session.token }],
    lifetime: 3_600_000,
    twoFactorAuthRequired: { _content: 'true' },
    trustedDevicesEnabled: { _content: String(options.secondFactor?.trust ?? true) },
  };
}

function letIn(account: FakeAccount, body: SoapBody, { state, response }: AuthCall): SoapBody {
  const asked = state.csrfForced || text(body['csrfTokenSecured']) === '1';
  const csrf = asked ? `0_${randomBytes(16).toString('hex')}` : null;
  const session = state.sessions.open(account, { csrf });
  const cookies = [sessionCookie(session.token)];
  const trust: Record<string, unknown> = {};
  if (text(body['deviceTrusted']) === '1') {
    const trusted = state.sessions.open(account, { reach: 'code' }).token;
    const deviceId = `device-${account.trustedDevices.size + 1}`;
    account.trustedDevices.add(`${trusted} ${deviceId}`);
    cookies.push(`ZM_TRUST_TOKEN=${trusted}; Path=/; Secure; HttpOnly`);
    Object.assign(trust, { trustedToken: trusted, trustLifetime: 2_592_000_000, deviceId });
  }
  response.setHeader('set-cookie', cookies);
  return {
    authToken: [{ _content: session.token }],
    lifetime: 172_799_999,
    ...(csrf === null ? {} : { csrfToken: { _content: csrf } }),
    ...(state.refer === null ? {} : { refer: { _content: state.refer } }),
    ...trust,
    skin: [{ _content: 'harmony' }],
  };
}

function changePassword(body: SoapBody, { state, response }: AuthCall): SoapBody {
  const account = state.accounts.get(text(body['account']).toLowerCase());
  const password = text(body['password']);
  if (account?.password !== text(body['oldPassword'])) throw new FakeFault('account.AUTH_FAILED');
  if (account.passwordLocked) throw new FakeFault('account.PASSWORD_LOCKED');
  if (account.changeTooSoon) throw new FakeFault('account.PASSWORD_CHANGE_TOO_SOON');
  if (account.previousPasswords.has(password)) throw new FakeFault('account.PASSWORD_RECENTLY_USED');
  const broken = brokenRules(password, account.options.passwordRules ?? {});
  if (Object.keys(broken).length > 0) throw new FakeFault('account.INVALID_PASSWORD', broken);
  account.password = password;
  account.previousPasswords.add(password);
  account.mustChangePassword = false;
  const session = state.sessions.open(account);
  response.setHeader('set-cookie', [sessionCookie(session.token)]);
  return { authToken: [{ _content: session.token }], lifetime: 172_799_999 };
}

function brokenRules(password: string, rules: Readonly<Record<string, string>>): Record<string, string> {
  const counts: Readonly<Record<string, number>> = {
    zimbraPasswordMinLength: password.length,
    zimbraPasswordMinUpperCaseChars: password.replaceAll(/[^A-Z]/g, '').length,
    zimbraPasswordMinNumericChars: password.replaceAll(/\D/g, '').length,
  };
  return Object.fromEntries(Object.entries(rules).filter(([rule, least]) => (counts[rule] ?? 0) < Number(least)));
}
