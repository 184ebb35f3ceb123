import type { FakeAccount, SoapHandler } from './fake-account.ts';
import type { FakeSessions } from './fake-sessions.ts';
import type { IdentityProvider } from './identity-provider.ts';

export type FakeEdition = 'zimbra' | 'carbonio-advanced' | 'carbonio-ce';

/** Everything a test may look at or switch while the fake runs. */
export interface FakeState {
  readonly edition: FakeEdition;
  readonly accounts: ReadonlyMap<string, FakeAccount>;
  readonly sessions: FakeSessions;
  /** Tried before the account's mailbox: handlers of a test's own, by request name. */
  readonly handlers: Map<string, SoapHandler>;
  /** Every SOAP request so far (also those inside a BatchRequest), and `POST /zx/auth/v2/login` by path. */
  readonly calls: { readonly name: string; readonly account: string | null }[];
  /** HTTP status of a SOAP fault: 500 as the sources say, 422 and the like as proxies make of it. */
  faultStatus: number;
  /** Whether a CSRF token that was asked for at sign-in must come back. */
  csrfCheck: boolean;
  /** Whether every session gets a CSRF token, asked for or not. */
  csrfForced: boolean;
  /** Octets of the largest SOAP request. */
  soapLimit: number;
  /** Milliseconds by which the server's clock is ahead. */
  skewMs: number;
  /** Ways in, as `/zx/auth/supported` tells them. */
  authMethods: readonly ('password' | 'saml')[];
  /** Who says who somebody is, where browsers are sent there (SAML); Zimbra sends them there from its front page. */
  identityProvider: IdentityProvider | null;
  /** Requests that wait for the identity provider's word, and where to go on afterwards; each is answered once. */
  readonly samlRequests: Map<string, string>;
  /** Named in `refer` of AuthResponse: the host where the mailbox lies. */
  refer: string | null;
  /** So many requests to come are answered with this status and, in seconds, Retry-After. */
  throttle: { left: number; readonly status: 429 | 503; readonly retryAfter: number | null } | null;
  /** A request that passes this many SOAP calls ends every session (the token ran out in the middle). */
  expireAfterCalls: number | null;
}

/** Milliseconds since 1970 by the server's clock. */
export function serverTime({ skewMs }: FakeState): number {
  return Date.now() + skewMs;
}
