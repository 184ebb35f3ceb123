import { SoapFault } from './soap-session.ts';
import type { ZimbraLine } from './zimbra-line.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { faultProblem } from './fault-problem.ts';

export interface PasswordChange {
  readonly user: string;
  readonly from: string;
  readonly to: string;
}

/** A rule that the new password broke, by the server's own attribute name, and the limit it sets. */
export interface PasswordRule {
  readonly rule: string;
  readonly value: string;
}

/**
 * Changes the password at the server's demand; signing in anew with it is the caller's. The rules are told only when
 * one was broken: a session that could read them does not exist before.
 *
 * @throws PASSWORD_USED_BEFORE, PASSWORD_CHANGE_TOO_SOON, PASSWORD_CHANGE_NOT_ALLOWED, and those of the line
 */
export async function changePassword(
  line: ZimbraLine,
  { user, from, to }: PasswordChange,
  signal: AbortSignal,
): Promise<{ readonly changed: true } | { readonly changed: false; readonly broken: readonly PasswordRule[] }> {
  try {
    await line.soap(
      {
        name: 'ChangePasswordRequest',
        namespace: 'urn:zimbraAccount',
        body: {
          account: { by: 'name', _content: user },
          oldPassword: { _content: from },
          password: { _content: to },
        },
      },
      signal,
    );
    return { changed: true };
  } catch (thrown) {
    if (thrown instanceof SoapFault && thrown.code === 'account.INVALID_PASSWORD') {
      const broken = Object.entries(thrown.details).map(([rule, value]) => ({ rule, value }));
      return { changed: false, broken };
    }
    const problem = faultProblem(thrown, line.host);
    throw problem instanceof Error ? problem : new TravasoError('INTERNAL', { kind: 'thrown' });
  }
}
