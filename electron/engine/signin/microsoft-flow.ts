import { createHash, randomBytes } from 'node:crypto';
import type { AuthenticationResult } from '@azure/msal-node';
import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { SignInStep } from '../../../shared/model/sign-in.ts';
import { readAuthority } from '../accounts/read-authority.ts';
import { createHttpClient } from '../http/http-client.ts';
import type { Ports } from '../ports.ts';
import { openMicrosoftClient } from './microsoft/microsoft-client.ts';
import type { MicrosoftClient } from './microsoft/microsoft-client.ts';
import { assertSameAccount, microsoftSession } from './microsoft/microsoft-session.ts';
import type { MicrosoftSession } from './microsoft/microsoft-session.ts';
import type { MicrosoftSettings } from './microsoft/microsoft-settings.ts';
import { listenForRedirect } from './microsoft/redirect-listener.ts';
import type { AuthorizationReply } from './microsoft/redirect-listener.ts';
import { isUnapproved, microsoftProblem } from './microsoft/microsoft-problem.ts';
import type { Credentials, SignInFlow } from './sign-in-flow.ts';
import type { RecallFlow, SignInRequest, StartFlow } from './sign-in-registry.ts';

export interface MicrosoftMeans {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'secrets' | 'openBrowser' | 'findProxy'>;
  /** Null while the organisation's tenant and application are not known. */
  readonly settings: () => Promise<MicrosoftSettings | null>;
}

/** A page that nobody finishes is given up after this long: a code from it would have ended by then, too. */
export const browserPatienceMs = 15 * 60_000;

/**
 * The way into Microsoft 365:
 *
 * 1. The system browser opens Microsoft's own page; password, second factor and consent are given there, to Microsoft.
 *    Our own window never shows it: a program that could read a password there could not prove that it does not
 *    (RFC 8252 section 8.12).
 * 2. The browser comes back to a listener on loopback with a code, which only we can redeem (PKCE).
 * 3. Who came back must be who was wanted, before any mailbox is touched.
 * 4. Tokens stay in memory, or, where the person says so, in the operating system's keychain.
 *
 * One page asks for everything: mail, and contacts, calendars and tasks. Where the organisation approved mail alone, that
 * page is a dead end ("Need admin approval"): a second page, for mail alone, follows on it. Who refuses or gives up the
 * page is asked for mail alone the next time.
 *
 * The second way (`deviceCode`) shows a code to be typed in any browser. Many organisations block it (AADSTS53003).
 */
export function microsoftDoor(means: MicrosoftMeans): { readonly start: StartFlow; readonly recall: RecallFlow } {
  /** Who was somebody else at the last attempt is asked which account to use. */
  const chooseNext = new Set<string>();
  /** Whose page for mail and the rest led nowhere. What is approved later needs no page: the token is there to be had. */
  const mailAlone = new Set<string>();
  const next = { chooseNext, mailAlone };
  return {
    start: async request => {
      const flow = new MicrosoftFlow(means, request, next);
      await flow.begin();
      return flow;
    },
    recall: async request => {
      const flow = new MicrosoftFlow(means, { ...request, password: null, way: 'usual', keep: true }, next);
      return (await flow.recall()) ? flow : null;
    },
  };
}

/** What one attempt leaves to the next of the same address, in lower case. */
interface NextAttempt {
  readonly chooseNext: Set<string>;
  readonly mailAlone: Set<string>;
}

class MicrosoftFlow implements SignInFlow {
  readonly #means: MicrosoftMeans;
  readonly #request: SignInRequest;
  readonly #next: NextAttempt;
  readonly #stop = new AbortController();
  #client: MicrosoftClient | null = null;
  #session: MicrosoftSession | null = null;
  #step: SignInStep = failed(new TravasoError('SIGNIN_CANCELLED'));
  #closeListener: () => void = () => undefined;

  constructor(means: MicrosoftMeans, request: SignInRequest, next: NextAttempt) {
    this.#means = means;
    this.#request = request;
    this.#next = next;
  }

  step(): SignInStep {
    return this.#step;
  }

  answer(): Promise<void> {
    return Promise.reject(new TravasoError('SIGNIN_STEP_CONFLICT'));
  }

  credentials(): Credentials | null {
    const session = this.#session;
    if (session === null) return null;
    const token: MicrosoftSession['token'] = async (resource, refused) => {
      if (this.#stop.signal.aborted) throw new TravasoError('SIGNIN_EXPIRED');
      try {
        return await session.token(resource, refused);
      } catch (error) {
        if (problemOf(error).code === 'SIGNIN_EXPIRED') this.#step = failed(error);
        throw error;
      }
    };
    return { kind: 'access-token', identity: session.identity, token };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    if (this.#session === null) this.#step = failed(new TravasoError('SIGNIN_CANCELLED'));
    this.#closeListener();
    await this.#client?.close();
  }

  /** Resolves when there is something to show the person. */
  async begin(): Promise<void> {
    try {
      const client = await this.#openClient();
      const withItems = !this.#next.mailAlone.has(this.#wanted().toLowerCase());
      await (this.#request.way === 'deviceCode'
        ? this.#beginDeviceCode(client)
        : this.#beginBrowser(client, withItems));
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** Takes up a sign-in that an earlier run kept in the keychain; false when there is none. */
  async recall(): Promise<boolean> {
    const kept = await this.#means.ports.secrets.password(this.#request.signInId);
    if (kept === null) return false;
    try {
      const client = await this.#openClient();
      client.writeCache(kept);
      const wanted = this.#wanted().toLowerCase();
      const account = (await client.accounts()).find(({ username }) => username.toLowerCase() === wanted);
      if (account === undefined) throw new TravasoError('SIGNIN_EXPIRED');
      this.#enter(client, account, null, true);
      return true;
    } catch {
      await this.close();
      return false;
    }
  }

  /** @param withItems asks for contacts, calendars and tasks, too */
  async #beginBrowser(client: MicrosoftClient, withItems: boolean): Promise<void> {
    const { clock, log, openBrowser } = this.#means.ports;
    const [state, nonce, verifier] = [secretWord(), secretWord(), secretWord()];
    const listener = await listenForRedirect(state);
    this.#closeListener = listener.close;
    const { redirectUri } = listener;
    const url = await client.authorizationUrl({
      redirectUri,
      state,
      nonce,
      challenge: createHash('sha256').update(verifier).digest('base64url'),
      loginHint: this.#wanted(),
      chooseAccount: this.#next.chooseNext.has(this.#wanted().toLowerCase()),
      withItems,
    });
    this.#step = { step: 'browser', url, host: new URL(url).hostname, opened: clock.now().toISOString() };
    void openBrowser(url).catch(() => {
      // The step names the address, so that the person can open it.
      log.warn('microsoft.browser-not-opened');
    });
    void this.#finish(async () => {
      const reply = await this.#answered(listener.reply, withItems);
      if (reply.kind === 'refused') {
        const { error, number, correlation, at } = reply.refusal;
        log.warn('microsoft.refused', {
          stage: 'browser',
          error,
          number: number ?? '',
          correlation: correlation ?? '',
          at: at ?? '',
        });
        const problem = microsoftProblem(reply.refusal, 'sign-in', new URL(url).hostname);
        if (withItems && isUnapproved(problem.code)) this.#next.mailAlone.add(this.#wanted().toLowerCase());
        // Whoever said no is not sent to another page unasked.
        if (!withItems || problem.code !== 'MICROSOFT_APPROVAL_NEEDED') throw problem;
        listener.close();
        await this.#beginBrowser(client, false);
        return null;
      }
      return await client.redeem({ ...reply, verifier, nonce, redirectUri });
    });
  }

  async #beginDeviceCode(client: MicrosoftClient): Promise<void> {
    const { clock } = this.#means.ports;
    const shown = Promise.withResolvers<undefined>();
    const ended = this.#finish(() =>
      client.byDeviceCode(({ userCode, url, expiresIn }) => {
        if (new URL(url).protocol !== 'https:') throw new TravasoError('TLS_REQUIRED', { host: new URL(url).host });
        const expires = new Date(clock.now().getTime() + expiresIn * 1000).toISOString();
        this.#step = { step: 'deviceCode', userCode, url, expires };
        shown.resolve(undefined);
      }),
    );
    await Promise.race([shown.promise, ended]);
  }

  /** Waits for the browser, but not for ever, and not when the person has given up. */
  async #awaited(reply: Promise<AuthorizationReply>): Promise<AuthorizationReply> {
    const over = new AbortController();
    const stopped = AbortSignal.any([this.#stop.signal, over.signal]);
    const tooLate = this.#means.ports.clock.sleep(browserPatienceMs, stopped).then((): never => {
      throw new TravasoError(this.#stop.signal.aborted ? 'SIGNIN_CANCELLED' : 'SIGNIN_TIMED_OUT');
    });
    // When the reply wins, its loser ends later and nobody hears it.
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([reply, tooLate]);
    } finally {
      over.abort();
    }
  }

  async #answered(reply: Promise<AuthorizationReply>, withItems: boolean): Promise<AuthorizationReply> {
    try {
      return await this.#awaited(reply);
    } catch (error) {
      if (withItems) this.#next.mailAlone.add(this.#wanted().toLowerCase());
      throw error;
    }
  }

  /** @param signIn null: another page was opened, and its end is awaited by itself */
  async #finish(signIn: () => Promise<AuthenticationResult | null>): Promise<void> {
    try {
      const result = await signIn();
      if (result === null) return;
      const client = this.#client;
      if (client === null || this.#stop.signal.aborted) throw new TravasoError('SIGNIN_CANCELLED');
      assertSameAccount(result.account, this.#wanted());
      this.#next.chooseNext.delete(this.#wanted().toLowerCase());
      const kept = this.#request.keep && (await this.#keep(client));
      this.#enter(client, result.account, result, kept);
      this.#closeListener();
    } catch (error) {
      await this.#fail(error);
    }
  }

  #enter(
    client: MicrosoftClient,
    account: NonNullable<AuthenticationResult['account']>,
    first: AuthenticationResult | null,
    kept: boolean,
  ): void {
    const renewed = async (): Promise<void> => {
      if (kept) await this.#keep(client);
    };
    this.#session = microsoftSession({ client, clock: this.#means.ports.clock, account, first, renewed });
    this.#step = { step: 'done', identity: account.username, kept };
    this.#means.ports.log.debug('microsoft.signed-in', { kept });
  }

  /** Whether what was kept outlives this process. */
  async #keep(client: MicrosoftClient): Promise<boolean> {
    return await this.#means.ports.secrets.keep(this.#request.signInId, client.readCache());
  }

  async #fail(error: unknown): Promise<void> {
    const problem = problemOf(error);
    if (problem.code === 'SIGNIN_WRONG_ACCOUNT') this.#next.chooseNext.add(this.#wanted().toLowerCase());
    this.#step = failed(this.#stop.signal.aborted ? new TravasoError('SIGNIN_CANCELLED') : error);
    this.#closeListener();
    await this.#client?.close();
  }

  async #openClient(): Promise<MicrosoftClient> {
    const settings = await this.#means.settings();
    const wanted = this.#wanted();
    if (settings === null)
      throw new TravasoError('MICROSOFT_NOT_CONFIGURED', { domain: wanted.slice(wanted.lastIndexOf('@') + 1) });
    const { findProxy, log } = this.#means.ports;
    const ca = await readAuthority(this.#request.caFile);
    const http = createHttpClient({ ca, silence: 30_000, findProxy });
    this.#client = await openMicrosoftClient({ settings, http, log });
    return this.#client;
  }

  #wanted(): string {
    const { address } = this.#request;
    if (address.kind !== 'microsoft365') throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
    return address.user;
  }
}

function failed(error: unknown): SignInStep {
  return { step: 'failed', problem: problemOf(error), attemptsLeft: null };
}

/** 256 bits (RFC 7636 section 7.1 asks for as many), in the letters that a query may hold. */
function secretWord(): string {
  return randomBytes(32).toString('base64url');
}
