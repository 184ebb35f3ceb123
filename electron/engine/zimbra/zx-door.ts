import { TravasoError } from '../../../shared/errors.ts';
import type { HttpResponse } from '../http/http-client.ts';
import { numberOf, parseRecord, recordsOf, textOf } from './json-values.ts';
import type { JsonRecord } from './json-values.ts';
import type { DoorOutcome, Enrolment, SignInDoor } from './sign-in-door.ts';
import type { ZimbraLine } from './zimbra-line.ts';

/**
 * The door of Carbonio Advanced. Nothing in the second step names the person: the server goes by the cookies of the
 * first and by the device id, so both stay the same throughout.
 *
 * @param deviceId a UUID that stays the same for this account and computer, so that trust can be bound to it
 */
export function zxDoor(line: ZimbraLine, deviceId: string): SignInDoor {
  let otpId: string | null = null;
  let enrolling: string | null = null;

  const post = async (path: string, body: JsonRecord | null, signal: AbortSignal): Promise<HttpResponse> =>
    await line.send(
      {
        method: 'POST',
        path: `/zx/auth/v2/${path}`,
        headers: {
          'content-type': 'application/json',
          'x-device-model': 'Travaso',
          'x-device-id': deviceId,
          'x-service': 'WebUI',
          ...(path === 'login' ? {} : { version: '2' }),
        },
        body: body === null ? '' : JSON.stringify(body),
      },
      signal,
    );

  const validate = async (id: string, code: string, trust: boolean, signal: AbortSignal): Promise<DoorOutcome> => {
    // Said outright in both cases: what the server takes for the default is not known.
    const response = await post('otp/validate', { id, code, unsecure_device: !trust }, signal);
    const text = await line.text(response, signal);
    line.log.debug('carbonio.code', { status: response.status, cookies: line.cookies.names().join(' ') });
    if (response.status === 200) {
      return { kind: 'signed-in', trusted: trust ? { deviceId, token: null } : null, refer: null };
    }
    if (isRedirect(response)) return redirected(line, response);
    const answer = parseRecord(text) ?? {};
    const attemptsLeft = numberOf(answer['attemptsRemaining']) ?? numberOf(answer['attempts_remaining']);
    if (![400, 401, 403, 422].includes(response.status)) throw line.statusProblem(response);
    const left = attemptsLeft === null ? {} : { attemptsLeft };
    const code_ = attemptsLeft === 0 ? 'SIGNIN_LOCKED' : 'SIGNIN_CODE_REFUSED';
    throw new TravasoError(code_, { host: line.host, status: response.status, ...left });
  };

  const generate = async (user: string, signal: AbortSignal): Promise<DoorOutcome> => {
    // The server puts the prefix before a name of its own; the official page takes letters, digits and underscores.
    const response = await post('otp/generate?labelPrefix=Travaso&temporary=true', null, signal);
    const text = await line.text(response, signal);
    if (response.status !== 200) throw refused(line, response);
    const { id, enrolment } = readEnrolment(parseRecord(text) ?? {}, user);
    if (id === null || enrolment === null) throw new TravasoError('SECOND_FACTOR_SETUP_NEEDED', { host: line.host });
    enrolling = id;
    return { kind: 'enrolment', enrolment };
  };

  return {
    async password(user, password, signal) {
      const response = await post('login', { auth_method: 'password', user, password }, signal);
      const text = await line.text(response, signal);
      const answer = parseRecord(text) ?? {};
      line.log.debug('carbonio.password', {
        status: response.status,
        cookies: line.cookies.names().join(' '),
        fields: Object.keys(answer).sort().join(' '),
      });
      if (isRedirect(response)) return redirected(line, response);
      if (response.status !== 200) throw refused(line, response);
      if (answer['2FA'] !== true) return { kind: 'signed-in', trusted: null, refer: null };
      if (answer['otp-wizard'] === true) return await generate(user, signal);
      const [otp] = recordsOf(answer['otp']);
      otpId = textOf(otp?.['id']);
      if (otpId === null) throw new TravasoError('SECOND_FACTOR_SETUP_NEEDED', { host: line.host });
      return { kind: 'code', digits: null, canTrust: true, label: textOf(otp?.['label']) };
    },
    code(code, { trust }, signal) {
      if (otpId === null) return Promise.reject(new TravasoError('SIGNIN_STEP_CONFLICT'));
      return validate(otpId, code, trust, signal);
    },
    enrol(code, signal) {
      if (enrolling === null) return Promise.reject(new TravasoError('SIGNIN_STEP_CONFLICT'));
      return validate(enrolling, code, false, signal);
    },
  };
}

function isRedirect({ status }: HttpResponse): boolean {
  return status >= 300 && status < 400;
}

/** The page that a browser would be sent to says what it is about; nobody follows. */
function redirected(line: ZimbraLine, { headers, status }: HttpResponse): DoorOutcome {
  const location = typeof headers['location'] === 'string' ? headers['location'] : '';
  const reason = /[?&]loginErrorCode=([A-Za-z._]+)/.exec(location)?.[1] ?? '';
  line.log.debug('carbonio.redirect', { status, reason });
  if (/CHANGE_PASSWORD|RESET_PASSWORD/.test(reason)) return { kind: 'new-password' };
  if (/MAINTENANCE/.test(reason)) throw new TravasoError('SERVER_MAINTENANCE', { host: line.host });
  if (/ACCOUNT_INACTIVE|LOCK/.test(reason)) throw new TravasoError('SIGNIN_LOCKED', { host: line.host });
  throw new TravasoError('SERVER_FAULT', { host: line.host, fault: reason === '' ? `HTTP ${status}` : reason });
}

/** 401 comes without a word, whether the password is wrong, the account locked or in maintenance. */
function refused(line: ZimbraLine, response: HttpResponse): Error {
  if (response.status === 401) return new TravasoError('SIGNIN_REFUSED', { host: line.host, port: line.port });
  if (response.status === 400 || response.status === 422) {
    return new TravasoError('SERVER_FAULT', { host: line.host, fault: `HTTP ${response.status}` });
  }
  return line.statusProblem(response);
}

function readEnrolment(answer: JsonRecord, user: string): { id: string | null; enrolment: Enrolment | null } {
  const secret = textOf(answer['secret']);
  if (secret === null) return { id: null, enrolment: null };
  const account = textOf(answer['label']) ?? user;
  const issuer = textOf(answer['issuer']) ?? 'Carbonio';
  const digits = numberOf(answer['digits_length']) ?? 6;
  const period = numberOf(answer['period']) ?? 30;
  const named = (textOf(answer['algorithm']) ?? 'SHA1').toLowerCase().replaceAll(/hmac|-/g, '');
  const algorithm = named === 'sha256' || named === 'sha512' ? named : 'sha1';
  const parameters = new URLSearchParams({ secret, issuer, algorithm: algorithm.toUpperCase() });
  parameters.set('digits', String(digits));
  parameters.set('period', String(period));
  const uri = `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${parameters.toString()}`;
  return {
    id: textOf(answer['id']),
    enrolment: {
      ...{ secret, uri, account, issuer, digits, period, algorithm },
      recoveryCodes: codesOf(answer['static_otp_codes']),
    },
  };
}

function codesOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [];
  return all.flatMap(each => textOf(recordsOf(each)[0]?.['code']) ?? textOf(each) ?? []);
}
