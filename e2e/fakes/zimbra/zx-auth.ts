import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { FakeFault } from './fake-account.ts';
import type { FakeRequest, SoapBody } from './fake-account.ts';
import { checkCode, checkPassword } from './auth-handlers.ts';
import { cookieOf, sessionCookie } from './fake-sessions.ts';
import type { FakeSession } from './fake-sessions.ts';
import { serverTime } from './fake-state.ts';
import type { FakeState } from './fake-state.ts';

/** The name of the cookie between the steps is nobody's business but the server's. */
const interimCookie = 'ZX_STEP';
const enrolSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** `/zx/…` and `/advanced/…`: the sign-in of Carbonio Advanced. False where the path is nothing of it. */
export function answerZx(state: FakeState, request: FakeRequest, response: ServerResponse): boolean {
  if (state.edition !== 'carbonio-advanced') return false;
  switch (`${request.method} ${request.path}`) {
    case 'GET /advanced/supported':
      json(response, 200, { supported: true });
      return true;
    case 'GET /zx/login/supported':
      json(response, 200, { minApiVersion: 1, maxApiVersion: 3 });
      return true;
    case 'GET /zx/auth/supported':
      json(response, 200, {
        twoFactorsEnabled: true,
        domain: request.query.get('domain'),
        minApiVersion: 1,
        maxApiVersion: 2,
        authMethods: state.authMethods,
      });
      return true;
    case 'POST /zx/auth/v2/login':
      logIn(state, request, response);
      return true;
    case 'POST /zx/auth/v2/otp/generate':
      generate(state, request, response);
      return true;
    case 'POST /zx/auth/v2/otp/validate':
      validate(state, request, response);
      return true;
    case 'GET /zx/auth/v2/myself': {
      const session = state.sessions.of(cookieOf(request, 'ZM_AUTH_TOKEN'));
      if (session === null || session.expired || session.reach !== 'full') empty(response, 401);
      else json(response, 200, { username: session.account.name });
      return true;
    }
    case 'GET /zx/auth/v2/logout': {
      const session = state.sessions.of(cookieOf(request, 'ZM_AUTH_TOKEN'));
      if (session !== null) session.expired = true;
      empty(response, 200);
      return true;
    }
    default:
      return false;
  }
}

function logIn(state: FakeState, request: FakeRequest, response: ServerResponse): void {
  const { auth_method: method, user, password } = JSON.parse(request.body.toString()) as Record<string, string>;
  state.calls.push({ name: request.path, account: user ?? null });
  const device = request.headers['x-device-id'];
  if (method !== 'password' || device === undefined) {
    empty(response, 400);
    return;
  }
  const account = state.accounts.get((user ?? '').toLowerCase());
  if (account?.status === 'policy') {
    empty(response, 403);
    return;
  }
  try {
    if (account === undefined) throw new FakeFault('account.AUTH_FAILED');
    checkPassword(account, password ?? '');
  } catch (thrown) {
    if (!(thrown instanceof FakeFault)) throw thrown;
    refuse(thrown, response);
    return;
  }
  if (account.options.secondFactor === undefined || account.trustedDevices.has(device)) {
    letIn(state.sessions.open(account, { device }), response);
    return;
  }
  const interim = state.sessions.open(account, { reach: 'code', device });
  response.setHeader('set-cookie', [`${interimCookie}=${interim.token}; Path=/zx; Secure; HttpOnly`]);
  const { secret, options } = account;
  json(response, 200, {
    '2FA': true,
    ...(secret === null ? { 'otp-wizard': true } : {}),
    otp: secret === null ? [] : [{ id: `otp-${account.name}`, label: options.secondFactor?.label ?? 'telefono' }],
    user: { name: account.name },
  });
}

/** A change of password is the one refusal that says what it is, in the address it sends browsers to. */
function refuse({ code }: FakeFault, response: ServerResponse): void {
  if (code === 'account.CHANGE_PASSWORD') {
    response.writeHead(302, { location: `/static/login/?loginErrorCode=${code}` }).end();
  } else {
    empty(response, 401);
  }
}

function generate(state: FakeState, request: FakeRequest, response: ServerResponse): void {
  const session = interimSession(state, request);
  if (session === null || session.account.secret !== null) {
    empty(response, 401);
    return;
  }
  const label = `${request.query.get('labelPrefix') ?? ''}-${session.account.name}`;
  json(response, 200, {
    id: `new-${randomUUID()}`,
    secret: enrolSecret,
    label,
    issuer: 'Carbonio',
    algorithm: 'SHA1',
    digits_length: 6,
    period: 30,
    static_otp_codes: ['11112222', '33334444'].map(code => ({ code })),
  });
}

function validate(state: FakeState, request: FakeRequest, response: ServerResponse): void {
  const session = interimSession(state, request);
  if (session === null) {
    empty(response, 401);
    return;
  }
  const { account, device } = session;
  const { id, code, unsecure_device: unsecure } = JSON.parse(request.body.toString()) as SoapBody;
  const enrolling = typeof id === 'string' && id.startsWith('new-');
  if (enrolling) account.secret = enrolSecret;
  try {
    if (!enrolling && id !== `otp-${account.name}`) throw new FakeFault('wrong id');
    checkCode(account, typeof code === 'string' ? code : '', serverTime(state));
  } catch (thrown) {
    if (!(thrown instanceof FakeFault)) throw thrown;
    if (enrolling) account.secret = null;
    json(response, 401, { attemptsRemaining: account.codeAttemptsLeft });
    return;
  }
  if (enrolling) for (const each of ['11112222', '33334444']) account.scratchCodes.add(each);
  if (unsecure === false && device !== null) account.trustedDevices.add(device);
  letIn(state.sessions.open(account, { device }), response);
}

function interimSession(state: FakeState, request: FakeRequest): FakeSession | null {
  const session = state.sessions.of(cookieOf(request, interimCookie));
  if (session === null || session.expired) return null;
  return session.device === request.headers['x-device-id'] ? session : null;
}

function letIn({ token, account }: FakeSession, response: ServerResponse): void {
  response.setHeader('set-cookie', [sessionCookie(token), `ZX_AUTH_TOKEN=zx${token}; Path=/; Secure; HttpOnly`]);
  json(response, 200, { user: { name: account.name } });
}

function json(response: ServerResponse, status: number, body: SoapBody): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function empty(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
