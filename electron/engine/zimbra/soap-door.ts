import { TravasoError } from '../../../shared/errors.ts';
import { faultProblem, isSessionOver } from './fault-problem.ts';
import { numberOf, textOf } from './json-values.ts';
import type { JsonRecord } from './json-values.ts';
import type { DoorOutcome, SignInDoor, TrustedDevice } from './sign-in-door.ts';
import { SoapFault } from './soap-session.ts';
import type { ZimbraLine } from './zimbra-line.ts';

/**
 * Zimbra's own door, and that of Carbonio's community edition. A code is asked for by an answer with status 200 that
 * holds a limited token instead of a session; the code goes up with that token, and no password.
 *
 * @param trusted what the server gave when it was asked to trust this computer
 */
export function soapDoor(line: ZimbraLine, trusted: TrustedDevice | null): SignInDoor {
  let waiting: { readonly user: string; readonly token: string } | null = null;

  const ask = async (body: JsonRecord, user: string, signal: AbortSignal): Promise<DoorOutcome> => {
    const reply = await line.soap(
      {
        name: 'AuthRequest',
        namespace: 'urn:zimbraAccount',
        body: { account: { by: 'name', _content: user }, persistAuthTokenCookie: '1', ...body },
      },
      signal,
    );
    const answer = reply.body;
    const token = textOf(answer['authToken']);
    if (textOf(answer['twoFactorAuthRequired']) === 'true' && token !== null) {
      waiting = { user, token };
      const canTrust = textOf(answer['trustedDevicesEnabled']) === 'true';
      return { kind: 'code', digits: null, canTrust, label: null };
    }
    // Behind a proxy the cookie routes to the right machine; where none was set, the token in its place will do.
    if (token !== null && !line.cookies.names().includes(sessionCookie)) line.cookies.set(sessionCookie, token);
    line.log.debug('zimbra.signed-in', {
      cookies: line.cookies.names().join(' '),
      csrf: line.csrfToken !== null,
      lifetime: numberOf(answer['lifetime']) ?? -1,
    });
    return { kind: 'signed-in', trusted: trustOf(answer), refer: textOf(answer['refer']) };
  };

  return {
    async password(user, password, signal) {
      const known = trusted === null ? {} : trustFields(trusted);
      try {
        return await ask({ ...known, password: { _content: password } }, user, signal);
      } catch (thrown) {
        if (!(thrown instanceof SoapFault)) throw thrown;
        // The password was not refused here, only the shortcut: it is sent once more without it.
        if (thrown.code === 'account.INVALID_TRUSTED_DEVICE_TOKEN' && trusted !== null) {
          return await ask({ password: { _content: password } }, user, signal).catch((again: unknown) => {
            throw faultProblem(again, line.host);
          });
        }
        if (/^account\.(?:CHANGE|RESET)_PASSWORD$/.test(thrown.code)) return { kind: 'new-password' };
        throw faultProblem(thrown, line.host);
      }
    },
    async code(code, { trust }, signal) {
      if (waiting === null) throw new TravasoError('SIGNIN_STEP_CONFLICT');
      const body = {
        authToken: { _content: waiting.token },
        twoFactorCode: { _content: code },
        ...(trust ? { deviceTrusted: '1', generateDeviceId: '1' } : {}),
      };
      try {
        return await ask(body, waiting.user, signal);
      } catch (thrown) {
        if (isSessionOver(thrown))
          throw new TravasoError('SIGNIN_CODE_EXPIRED', { host: line.host }, { cause: thrown });
        if (!(thrown instanceof SoapFault)) throw thrown;
        if (/^account\.(?:CHANGE|RESET)_PASSWORD$/.test(thrown.code)) return { kind: 'new-password' };
        // The community's extension answers a wrong code as a wrong password; at this step it can only be the code.
        if (thrown.code === 'account.AUTH_FAILED') {
          throw new TravasoError('SIGNIN_CODE_REFUSED', { host: line.host, fault: thrown.code }, { cause: thrown });
        }
        throw faultProblem(thrown, line.host);
      }
    },
    // Zimbra sets a second factor up on its own pages; it answers such a sign-in with a fault.
    enrol: () => Promise.reject(new TravasoError('SIGNIN_STEP_CONFLICT')),
  };
}

const sessionCookie = 'ZM_AUTH_TOKEN';

function trustFields({ token, deviceId }: TrustedDevice): JsonRecord {
  return { ...(token === null ? {} : { trustedToken: { _content: token } }), deviceId: { _content: deviceId } };
}

function trustOf(answer: JsonRecord): TrustedDevice | null {
  const token = textOf(answer['trustedToken']);
  const deviceId = textOf(answer['deviceId']);
  return token === null || deviceId === null ? null : { token, deviceId };
}
