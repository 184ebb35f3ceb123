import type { AccountInfo, AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { TravasoError } from '../../../../shared/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Log } from '../../ports.ts';
import type { TokenResource } from '../sign-in-flow.ts';
import { microsoftProblem } from './microsoft-problem.ts';
import type { TokenStage } from './microsoft-problem.ts';
import { authorityOf, scopesOf } from './microsoft-settings.ts';
import type { MicrosoftSettings } from './microsoft-settings.ts';
import { observeNetwork } from './observed-network.ts';
import type { ObservedNetwork } from './observed-network.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636), S256. */
  readonly challenge: string;
  /** The address whose mailbox is wanted. */
  readonly loginHint: string;
  /** Asks which account to use, also where the browser is signed in to one already; msal-node then names none. */
  readonly chooseAccount: boolean;
  /** Asks, on the same page, for consent to contacts, calendars and tasks; their token comes later, by `renew`. */
  readonly withItems: boolean;
}

export interface DeviceCode {
  readonly userCode: string;
  readonly url: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface MicrosoftClientOptions {
  readonly settings: MicrosoftSettings;
  /** Closed with the client. */
  readonly http: HttpClient;
  readonly log: Log;
}

/** msal-node, with our line and our errors. Every method throws a `TravasoError` only. */
export interface MicrosoftClient {
  authorizationUrl(request: AuthorizationRequest): Promise<string>;
  redeem(code: {
    readonly code: string;
    readonly clientInfo: string;
    readonly verifier: string;
    readonly nonce: string;
    readonly redirectUri: string;
  }): Promise<AuthenticationResult>;
  /** Resolves when the person has typed the code somewhere and agreed. @throws MICROSOFT_DEVICE_CODE_EXPIRED */
  byDeviceCode(show: (code: DeviceCode) => void): Promise<AuthenticationResult>;
  /** Without the person, by the refresh token. @throws SIGNIN_EXPIRED when only the person can go on */
  renew(account: AccountInfo, resource: TokenResource): Promise<AuthenticationResult>;
  /** The accounts in the cache, and the cache itself: every token there is. */
  accounts(): Promise<readonly AccountInfo[]>;
  readCache(): string;
  writeCache(text: string): void;
  /** Gives up what is under way; nothing works afterwards. */
  close(): Promise<void>;
}

/** Loads msal-node when the first person signs in: other work need not wait for it. */
export async function openMicrosoftClient({ settings, http, log }: MicrosoftClientOptions): Promise<MicrosoftClient> {
  const { PublicClientApplication, ProtocolMode, LogLevel } = await import('@azure/msal-node');
  const stop = new AbortController();
  const network = observeNetwork(http, stop.signal);
  const authority = authorityOf(settings);
  const app = new PublicClientApplication({
    auth: { clientId: settings.clientId, authority, knownAuthorities: [new URL(authority).host] },
    system: {
      networkClient: network,
      protocolMode: settings.authority === undefined ? ProtocolMode.AAD : ProtocolMode.OIDC,
      // What msal-node logs may name people.
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false, logLevel: LogLevel.Error },
    },
  });
  return msalClient({ app, http, network, stop, log, host: new URL(authority).hostname });
}

interface Means {
  readonly app: PublicClientApplication;
  readonly http: HttpClient;
  readonly network: ObservedNetwork;
  readonly stop: AbortController;
  readonly log: Log;
  readonly host: string;
}

function msalClient({ app, http, network, stop, log, host }: Means): MicrosoftClient {
  // One at a time: each renewal replaces the refresh token, and the network remembers one failure.
  let last: Promise<unknown> = Promise.resolve();
  const attempt = <T>(stage: TokenStage, work: () => Promise<T>): Promise<T> => {
    const attempted = last.then(async () => {
      network.begin();
      try {
        return await work();
      } catch (error) {
        throw problemOfAttempt(error, stage);
      }
    });
    last = attempted.catch(() => undefined);
    return attempted;
  };
  const problemOfAttempt = (error: unknown, stage: TokenStage): TravasoError => {
    if (stop.signal.aborted) return new TravasoError('INTERRUPTED', {}, { cause: error });
    const failure = network.failure();
    if (failure?.kind === 'line') return failure.problem;
    const refusal = failure?.refusal ?? libraryRefusal(error);
    log.warn('microsoft.refused', {
      stage,
      error: refusal.error,
      suberror: refusal.suberror,
      number: refusal.number ?? '',
      correlation: refusal.correlation ?? '',
      at: refusal.at ?? '',
    });
    return microsoftProblem(refusal, stage, host);
  };
  const scopes = [...scopesOf.imap];
  return {
    authorizationUrl: ({ redirectUri, state, nonce, challenge, loginHint, chooseAccount, withItems }) =>
      attempt('sign-in', () =>
        app.getAuthCodeUrl({
          scopes,
          redirectUri,
          responseMode: 'form_post',
          state,
          nonce,
          codeChallenge: challenge,
          codeChallengeMethod: 'S256',
          loginHint,
          // The page may ask for several resources at a time; a token is for one (AADSTS28002).
          ...(withItems ? { extraScopesToConsent: [...scopesOf.graph] } : {}),
          ...(chooseAccount ? { prompt: 'select_account' } : {}),
        }),
      ),
    redeem: ({ code, clientInfo, verifier, nonce, redirectUri }) =>
      attempt('sign-in', () =>
        app.acquireTokenByCode({ code, clientInfo, codeVerifier: verifier, nonce, redirectUri, scopes }),
      ),
    byDeviceCode: show =>
      attempt('sign-in', async () => {
        const request = {
          scopes,
          deviceCodeCallback: (answer: { userCode: string; verificationUri: string; expiresIn: number }): void => {
            // msal-node does not look whether it was given a code, and would go on to poll without one.
            if (network.failure() !== null) throw new TravasoError('MICROSOFT_SIGNIN_FAILED');
            show({ userCode: answer.userCode, url: answer.verificationUri, expiresIn: answer.expiresIn });
          },
          cancel: false,
        };
        const cancel = (): void => {
          request.cancel = true;
        };
        stop.signal.addEventListener('abort', cancel, { once: true });
        const result = await app.acquireTokenByDeviceCode(request);
        if (result === null) throw new TravasoError('SIGNIN_CANCELLED');
        return result;
      }),
    renew: (account, resource) =>
      attempt(resource === 'imap' ? 'renewal' : 'further', () =>
        app.acquireTokenSilent({ account, scopes: [...scopesOf[resource]], forceRefresh: true }),
      ),
    accounts: () => app.getTokenCache().getAllAccounts(),
    readCache: () => app.getTokenCache().serialize(),
    writeCache: text => {
      app.getTokenCache().deserialize(text);
    },
    close: async () => {
      stop.abort();
      await http.close();
    },
  };
}

/** A refusal that no server spoke: msal-node found the answer wrong, or has no refresh token any more. */
function libraryRefusal(error: unknown): OAuthRefusal {
  const code = error instanceof Error && 'errorCode' in error ? String(error.errorCode) : '';
  const gone = code === 'no_tokens_found' || code === 'refresh_token_expired' || code === 'no_account_found';
  return {
    error: gone ? 'invalid_grant' : code.slice(0, 64),
    suberror: '',
    number: null,
    correlation: null,
    at: null,
    status: null,
    retryAfter: null,
  };
}
