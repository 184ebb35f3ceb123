import type { Door, SignInRequest } from './sign-in-registry.ts';
import { startWebSignIn } from './zimbra/web-sign-in-flow.ts';
import type { WebSignInMeans } from './zimbra/web-sign-in-flow.ts';

/**
 * The old mailbox on Zimbra: password, and a code where the second factor is on; then its mail by IMAP, which may want
 * a password of its own.
 */
export function zimbraDoor(
  means: Omit<WebSignInMeans, 'checkMail'>,
  checkMail: (request: SignInRequest, password: string) => Promise<void>,
): Door {
  return { start: request => startWebSignIn({ ...means, checkMail }, request) };
}
