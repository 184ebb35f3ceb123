import type { Door } from './sign-in-registry.ts';
import { startWebSignIn } from './zimbra/web-sign-in-flow.ts';
import type { WebSignInMeans } from './zimbra/web-sign-in-flow.ts';

/** The new mailbox on Zextras Carbonio: the session is all that an upload needs. */
export function carbonioDoor(means: Omit<WebSignInMeans, 'checkMail'>): Door {
  return { start: request => startWebSignIn({ ...means, checkMail: null }, request) };
}
