import { TravasoError } from '../../../../shared/errors.ts';
import { localRoots } from '../../imap/trusted-roots.ts';
import type { Ports } from '../../ports.ts';
import { attributeValues } from '../../zimbra/json-values.ts';
import type { FoundDoor } from '../../zimbra/open-door.ts';
import { settle } from '../../zimbra/settle.ts';
import { zimbraPage } from '../../zimbra/sign-in-page.ts';
import { signOut } from '../../zimbra/sign-out.ts';
import type { ZimbraLine } from '../../zimbra/zimbra-line.ts';

/** A page that nobody finishes is given up after this long. */
export const pagePatienceMs = 15 * 60_000;

export interface PageSignInOptions {
  readonly found: Pick<FoundDoor, 'line' | 'edition'>;
  readonly page: string;
  /** The address that is wanted; aliases of the account behind it count. */
  readonly user: string;
  /** A further certificate authority, PEM. */
  readonly ca: string | undefined;
  readonly openWindow: NonNullable<Ports['openSignInWindow']>;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
}

/**
 * Lets the person in by the identity provider's page, in a window of the host's. There is no other way for a program: the
 * provider sends the browser back to the mail server, never to us, so the system's browser would keep the session to
 * itself. What comes of it is the server's cookie; who it is for is asked before anything else.
 *
 * @returns who the server says this is
 * @throws SIGNIN_WINDOW_CLOSED, SIGNIN_TIMED_OUT, SIGNIN_CANCELLED, SIGNIN_WRONG_ACCOUNT, what `settle` throws, and the
 *   codes of the line
 */
export async function signInOnPage(options: PageSignInOptions, signal: AbortSignal): Promise<string> {
  const { found, page, user, ports } = options;
  const { line, edition } = found;
  const cookies = await waitForCookies(options, signal);
  line.forgetSession();
  line.cookies.take([...cookies], ports.clock.now());
  ports.log.debug('zimbra.page', {
    edition,
    own: page.startsWith(line.origin),
    cookies: line.cookies.names().join(' '),
  });
  const identity = await settle(line, null, signal);
  if (!(await isWanted(line, { identity, user }, signal))) {
    await signOut(line, edition);
    throw new TravasoError('SIGNIN_WRONG_ACCOUNT', { identity, address: user });
  }
  return identity;
}

/**
 * A refused password may be one that never was: whoever signs in at an identity provider has none here. Where the server
 * has such a page, the refusal says so by `webPage`.
 */
export async function pointToPage(
  refusal: unknown,
  { line, edition, page }: Pick<FoundDoor, 'line' | 'edition' | 'page'>,
  signal: AbortSignal,
): Promise<unknown> {
  if (!(refusal instanceof TravasoError) || refusal.code !== 'SIGNIN_REFUSED') return refusal;
  const other = page ?? (edition === 'zimbra' ? await zimbraPage(line, signal) : null);
  if (other === null) return refusal;
  return new TravasoError('SIGNIN_REFUSED', { ...refusal.problem.details, webPage: true }, { cause: refusal });
}

async function waitForCookies(
  { openWindow, page, ca, ports }: PageSignInOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const over = new AbortController();
  const late = new AbortController();
  const timer = ports.clock.sleep(pagePatienceMs, AbortSignal.any([signal, over.signal])).then(() => {
    late.abort();
  });
  try {
    const asked = { url: page, sessionCookie: 'ZM_AUTH_TOKEN', authorities: localRoots(ca) };
    const cookies = await openWindow(asked, AbortSignal.any([signal, late.signal]));
    if (signal.aborted) throw new TravasoError('SIGNIN_CANCELLED');
    if (cookies !== null) return cookies;
    throw new TravasoError(late.signal.aborted ? 'SIGNIN_TIMED_OUT' : 'SIGNIN_WINDOW_CLOSED');
  } finally {
    over.abort();
    await timer;
  }
}

interface Compared {
  readonly identity: string;
  readonly user: string;
}

/** The page remembers nobody, and lets in whoever signs in there: a colleague, or the person's other account. */
async function isWanted(line: ZimbraLine, { identity, user }: Compared, signal: AbortSignal): Promise<boolean> {
  if (isSame(identity, user)) return true;
  const { body } = await line.soap(
    { name: 'GetInfoRequest', namespace: 'urn:zimbraAccount', body: { sections: 'mbox,attrs' } },
    signal,
  );
  return attributeValues(body['attrs'], 'zimbraMailAlias').some(alias => isSame(alias, user));
}

/** An account may be named without its domain. */
function isSame(name: string, user: string): boolean {
  const [one, other] = [name.toLowerCase(), user.toLowerCase()];
  return one === other || (!other.includes('@') && one.startsWith(`${other}@`));
}
