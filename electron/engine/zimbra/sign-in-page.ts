import { TravasoError } from '../../../shared/errors.ts';
import { textOf } from './json-values.ts';
import type { JsonRecord } from './json-values.ts';
import type { ZimbraLine } from './zimbra-line.ts';

/** Steps within the server's own pages before it sends a browser elsewhere: `/` → `/zimbra/` → … */
const ownHops = 3;

/**
 * Where Carbonio's own login page sends a browser for SAML. The address to come back to goes along as that page does it;
 * one on another host is left out, because nothing there is waited for.
 *
 * @param auth what `/zx/auth/supported` answered
 */
export function carbonioPage(line: ZimbraLine, auth: JsonRecord): string {
  const told = textOf(auth['destinationUrl']) ?? '/';
  const back = URL.canParse(told, line.origin) ? new URL(told, line.origin) : new URL(line.origin);
  const page = new URL('/zx/auth/startSamlWorkflow', line.origin);
  page.searchParams.set('redirectUrl', back.origin === line.origin ? back.href : `${line.origin}/`);
  return page.href;
}

/**
 * Zimbra tells of no such way. Where its administrators set one up (`zimbraWebClientLoginURL`), its front page sends
 * whoever is not signed in to another server; null where it does not.
 */
export async function zimbraPage(line: ZimbraLine, signal: AbortSignal): Promise<string | null> {
  const front = new URL('/', line.origin);
  let at = front;
  try {
    for (let hops = 0; hops < ownHops; hops += 1) {
      const { status, headers, body } = await line.send({ method: 'GET', path: at.pathname + at.search }, signal);
      await body.dump();
      const { location } = headers;
      if (status < 300 || status >= 400 || typeof location !== 'string' || !URL.canParse(location, at.href))
        return null;
      at = new URL(location, at);
      if (at.origin !== front.origin) return at.protocol === 'https:' ? front.href : null;
    }
  } catch (thrown) {
    // A front page that cannot be had is no other way in; that the person gave up is told.
    if (thrown instanceof TravasoError && thrown.code === 'INTERRUPTED') throw thrown;
  }
  return null;
}
