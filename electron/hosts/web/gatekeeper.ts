import { randomBytes, timingSafeEqual } from 'node:crypto';

/** What decides whether a request is answered. */
export interface Visitor {
  readonly method: string;
  readonly url: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which browsers send and pages cannot forge. */
  readonly site: string | undefined;
  readonly cookie: string | undefined;
}

export type Decision =
  | { readonly kind: 'admit' }
  /** The token was right: give this cookie and send the visitor to `/`, so that the token leaves the address bar. */
  | { readonly kind: 'begin'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 403; readonly reason: Refusal };

export type Refusal = 'host' | 'origin' | 'token' | 'session';

export interface Gatekeeper {
  decide(visitor: Visitor): Decision;
  /** A new link for a new visitor. The session before, if any, ends. */
  newToken(): string;
}

const cookieName = 'travaso_session';

/**
 * Answers nobody who does not hold the session, not even on this computer: any program and any web page of any user
 * of it can reach a loopback port.
 *
 * The order matters. Host first: a foreign name that resolves to 127.0.0.1 (DNS rebinding) makes a foreign page
 * same-origin with us, and only its Host gives it away. Then Origin, which a page of another site cannot leave out of
 * a POST. Then the session, or the one-time token that begins it.
 */
export function createGatekeeper(ownHost: () => string): Gatekeeper {
  let token: string | null = null;
  let session: string | null = null;

  return {
    decide({ method, url, host, origin, site, cookie }) {
      if (host !== ownHost()) return { kind: 'refuse', status: 403, reason: 'host' };
      const foreign =
        origin === undefined ? site === 'cross-site' || site === 'same-site' : origin !== `http://${host}`;
      const given = method === 'GET' ? tokenIn(url) : null;
      // The link itself comes from outside (a terminal, a mail of the help desk), and a top-level GET has no Origin.
      if (foreign && (given === null || origin !== undefined)) {
        return { kind: 'refuse', status: 403, reason: 'origin' };
      }
      if (given !== null) {
        if (token === null || !same(given, token)) return { kind: 'refuse', status: 403, reason: 'token' };
        token = null;
        session = secret();
        return { kind: 'begin', cookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` };
      }
      if (session === null || !sessionsIn(cookie).some(value => session !== null && same(value, session))) {
        return { kind: 'refuse', status: 401, reason: 'session' };
      }
      return { kind: 'admit' };
    },
    newToken() {
      session = null;
      token = secret();
      return token;
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function tokenIn(url: string): string | null {
  const [path, query] = url.split('?', 2);
  return path === '/' ? new URLSearchParams(query).get('token') : null;
}

function sessionsIn(cookie: string | undefined): string[] {
  return (cookie ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${cookieName}=`))
    .map(pair => pair.slice(cookieName.length + 1));
}

/** In constant time, so that a guess learns nothing from how long its refusal took. */
function same(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
