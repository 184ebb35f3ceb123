import type { SoapSession } from './soap-session.ts';
import type { ZimbraLine } from './zimbra-line.ts';

/** Nobody waits longer for a goodbye. Milliseconds. */
const patienceMs = 2000;

/** Ends the session at the server too, where it can be reached: a token left behind stays good for days. */
export async function signOut(line: ZimbraLine, edition: SoapSession['edition']): Promise<void> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    if (edition === 'carbonio-advanced') {
      const response = await line.send({ method: 'GET', path: '/zx/auth/v2/logout' }, signal);
      await response.body.dump();
    } else {
      const body = { logoff: '1' };
      await line.soap({ name: 'EndSessionRequest', namespace: 'urn:zimbraAccount', body }, signal);
    }
  } catch {
    // The line is gone, or the session was over already.
  }
  line.forgetSession();
}
