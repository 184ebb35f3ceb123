import { canonicalAddress } from '../../../../shared/account-address.ts';
import type { WebAccountAddress } from '../../../../shared/account-address.ts';
import { TravasoError, problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import type { SignInAnswer, SignInStep } from '../../../../shared/model/sign-in.ts';
import { readAuthority } from '../../accounts/read-authority.ts';
import { createHttpClient } from '../../http/http-client.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Ports } from '../../ports.ts';
import { createSoapSession } from '../../zimbra/create-soap-session.ts';
import { leaseSession } from '../../zimbra/lease-session.ts';
import { findDoor } from '../../zimbra/open-door.ts';
import type { FoundDoor } from '../../zimbra/open-door.ts';
import { assertSignedIn } from '../../zimbra/open-soap-session.ts';
import { settle } from '../../zimbra/settle.ts';
import { signOut } from '../../zimbra/sign-out.ts';
import type { DoorOutcome, Enrolment, SignInDoor } from '../../zimbra/sign-in-door.ts';
import type { SoapSession } from '../../zimbra/soap-session.ts';
import type { Credentials, SignInFlow } from '../sign-in-flow.ts';
import type { SignInRequest } from '../sign-in-registry.ts';
import { CodeEntry } from './code-entry.ts';
import { derivedSecretId } from './derived-secret-id.ts';
import { pointToPage, signInOnPage } from './page-sign-in.ts';
import { PasswordRules } from './password-rules.ts';
import type { TrustedDevices } from './trusted-devices.ts';
import type { UsedCodes } from './used-codes.ts';
import { appPasswordStep, codeStep, enrolmentStep, failedStep, webPageStep } from './web-steps.ts';

export interface WebSignInMeans {
  readonly ports: Pick<Ports, 'clock' | 'log' | 'secrets' | 'openSignInWindow' | 'findProxy'>;
  readonly devices: TrustedDevices;
  readonly usedCodes: UsedCodes;
  /**
   * Signs in to the mail server once with this password and hangs up, where mail is read by IMAP; null where the
   * session is all that is needed.
   */
  readonly checkMail: ((request: SignInRequest, password: string) => Promise<void>) | null;
}

/** @throws ACCOUNT_KIND_UNSUPPORTED */
export async function startWebSignIn(means: WebSignInMeans, request: SignInRequest): Promise<SignInFlow> {
  const { address } = request;
  if (address.kind !== 'zimbra' && address.kind !== 'carbonio') {
    throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
  }
  const flow = new WebSignInFlow(means, request, address);
  await flow.begin();
  return flow;
}

/**
 * The way in to Zimbra and Carbonio:
 *
 *     password → code | first-time enrolment | new password → session → (mail by IMAP: app password) → done
 *     page of the identity provider (SAML)                  ↗
 *
 * What is typed is sent once. A refusal leaves the person at the question it answers; a door that is shut (locked,
 * maintenance, no mailbox) ends the sign-in.
 */
class WebSignInFlow implements SignInFlow {
  readonly #means: WebSignInMeans;
  readonly #request: SignInRequest;
  readonly #address: WebAccountAddress;
  readonly #account: string;
  readonly #stop = new AbortController();
  readonly #codes: CodeEntry;
  #step: SignInStep = failedStep(new TravasoError('SIGNIN_STEP_CONFLICT'));
  #busy = false;
  #http: HttpClient | null = null;
  #found: FoundDoor | null = null;
  #door: SignInDoor | null = null;
  #enrolment: Enrolment | null = null;
  readonly #rules = new PasswordRules();
  /** A second factor was asked for, or spared by trust. */
  #hasSecondFactor = false;
  /** Where the page begins by which the person gets in; null where a password is asked for. */
  #page: string | null = null;
  #session: SoapSession | null = null;

  constructor(means: WebSignInMeans, request: SignInRequest, address: WebAccountAddress) {
    this.#means = means;
    this.#request = request;
    this.#address = address;
    this.#account = canonicalAddress(address);
    const { usedCodes, ports } = means;
    this.#codes = new CodeEntry({ account: this.#account, usedCodes, clock: ports.clock });
  }

  step(): SignInStep {
    return this.#step;
  }

  credentials(): Credentials | null {
    if (this.#step.step !== 'done' || this.#session === null) return null;
    return { kind: 'zimbra', session: leaseSession(this.#session) };
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#session?.close();
    await this.#http?.close();
    await this.#means.ports.secrets.forget(derivedSecretId('mail-password', this.#request.signInId));
  }

  /** Sends the password, where it is taken. Resolves when there is something to show the person. */
  async begin(): Promise<void> {
    const { password, signInId, caFile, way } = this.#request;
    const { ports } = this.#means;
    const missing = password === null || password === '';
    await this.#reach(async () => {
      const noPassword = new TravasoError('PASSWORD_MISSING', { address: this.#address.user });
      if (missing && ports.openSignInWindow === undefined) throw noPassword;
      this.#http = createHttpClient({ ca: await readAuthority(caFile), findProxy: ports.findProxy });
      const found = await findDoor({ address: this.#address, http: this.#http, ports }, this.#stop.signal);
      this.#found = found;
      if (way === 'webPage' || !found.takesPasswords) {
        if (ports.openSignInWindow === undefined)
          throw new TravasoError('SIGNIN_BROWSER_ONLY', { host: found.line.host });
        this.#page = found.page ?? `${found.line.origin}/`;
        this.#step = webPageStep(found.line, false, null);
        return;
      }
      if (missing) throw noPassword;
      await ports.secrets.keep(signInId, password);
      try {
        await this.#sendPassword(password);
      } catch (thrown) {
        throw ports.openSignInWindow === undefined ? thrown : await pointToPage(thrown, found, this.#stop.signal);
      }
    });
  }

  async answer(answer: SignInAnswer): Promise<void> {
    const shown = this.#step;
    const waits = shown.step === 'webPage' && shown.open;
    if (this.#busy || waits || answer.answer !== shown.step) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    this.#busy = true;
    try {
      await this.#reach(() => this.#take(answer));
    } finally {
      this.#busy = false;
    }
  }

  async #take(answer: SignInAnswer): Promise<void> {
    switch (answer.answer) {
      case 'code':
        await this.#sendCode(answer.code, (door, code) => door.code(code, { trust: answer.trust }, this.#stop.signal));
        return;
      case 'enrolment':
        await this.#sendCode(answer.code, (door, code) => door.enrol(code, this.#stop.signal));
        return;
      case 'newPassword':
        await this.#changePassword(answer.password);
        return;
      case 'appPassword':
        await this.#checkMail(answer.password.trim());
        return;
      case 'webPage':
        this.#openPage();
    }
  }

  /** The window stands open for minutes: the step tells how far it is. */
  #openPage(): void {
    const { line } = this.#server();
    const { openSignInWindow } = this.#means.ports;
    if (openSignInWindow === undefined) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    this.#step = webPageStep(line, true, null);
    void this.#enterByPage(openSignInWindow).catch((thrown: unknown) => {
      this.#step = webPageStep(line, false, problemOf(thrown));
    });
  }

  async #enterByPage(openWindow: NonNullable<Ports['openSignInWindow']>): Promise<void> {
    const { line, edition } = this.#server();
    const ca = await readAuthority(this.#request.caFile);
    const { user } = this.#address;
    const asked = { found: { line, edition }, page: this.#page ?? `${line.origin}/`, user, ca, openWindow };
    const identity = await signInOnPage({ ...asked, ports: this.#means.ports }, this.#stop.signal);
    // Nobody but the person can open that page again: this session is not renewed.
    this.#hold(identity, null);
    if (this.#stop.signal.aborted) await this.#session?.close();
    else if (this.#means.checkMail === null) this.#done();
    else this.#step = appPasswordStep(line, null);
  }

  async #sendPassword(password: string): Promise<void> {
    const { line, open } = this.#server();
    const device = await this.#means.devices.of(this.#account);
    this.#hasSecondFactor = device !== null;
    this.#door = open(device);
    line.forgetSession();
    await this.#advance(await this.#door.password(this.#address.user, password, this.#stop.signal));
  }

  async #sendCode(typed: string, send: (door: SignInDoor, code: string) => Promise<DoorOutcome>): Promise<void> {
    const { line } = this.#server();
    const door = this.#door;
    if (door === null) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    const sent = await this.#codes.send(typed, line, this.#enrolment, code => send(door, code));
    if ('taken' in sent) {
      await this.#advance(sent.taken);
      return;
    }
    const { problem } = sent.refusal;
    const { attemptsLeft } = problem.details;
    this.#askAgain(problem, typeof attemptsLeft === 'number' ? attemptsLeft : null);
  }

  async #changePassword(password: string): Promise<void> {
    const { secrets } = this.#means.ports;
    const { signInId } = this.#request;
    const current = await secrets.password(signInId);
    if (current === null) throw new TravasoError('PASSWORD_MISSING', { address: this.#address.user });
    const change = { user: this.#address.user, from: current, to: password };
    const again = await this.#rules.change(this.#server().line, change, this.#stop.signal);
    if (again !== null) {
      this.#step = again;
      return;
    }
    await secrets.keep(signInId, password);
    await this.#sendPassword(password);
  }

  async #advance(outcome: DoorOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'code':
        this.#hasSecondFactor = true;
        this.#step = codeStep(outcome);
        return;
      case 'enrolment':
        this.#hasSecondFactor = true;
        this.#enrolment = outcome.enrolment;
        this.#step = enrolmentStep(this.#server().line, outcome.enrolment);
        return;
      case 'new-password':
        this.#step = this.#rules.firstAsking();
        return;
      case 'signed-in':
        await this.#enter(outcome);
    }
  }

  async #enter({ trusted, refer }: Extract<DoorOutcome, { kind: 'signed-in' }>): Promise<void> {
    const { line } = this.#server();
    if (trusted !== null) await this.#means.devices.keep(this.#account, trusted);
    const identity = await settle(line, refer, this.#stop.signal);
    const canRenew = !this.#hasSecondFactor || (await this.#means.devices.of(this.#account)) !== null;
    this.#hold(identity, canRenew ? signal => this.#renew(signal) : null);
    if (this.#means.checkMail === null) this.#done();
    // Mail servers take no code, and with a second factor refuse the password itself: it is not even tried.
    else if (this.#hasSecondFactor) this.#step = appPasswordStep(line, null);
    else await this.#checkMail(null);
  }

  #hold(identity: string, renew: ((signal: AbortSignal) => Promise<void>) | null): void {
    const { line, edition } = this.#server();
    this.#session = createSoapSession({ line, identity, edition, renew, close: () => signOut(line, edition) });
  }

  /** Behind the scenes, with what is known: nobody is there to type a code. */
  async #renew(signal: AbortSignal): Promise<void> {
    const { line, open } = this.#server();
    const password = await this.#means.ports.secrets.password(this.#request.signInId);
    if (password === null) throw new TravasoError('SIGNIN_EXPIRED', { host: line.host });
    const device = await this.#means.devices.of(this.#account);
    line.forgetSession();
    const { refer } = assertSignedIn(await open(device).password(this.#address.user, password, signal), line.host);
    await settle(line, refer, signal);
  }

  /** @param appPassword null for the account's own password */
  async #checkMail(appPassword: string | null): Promise<void> {
    const { ports, checkMail } = this.#means;
    const { signInId } = this.#request;
    const password = appPassword ?? (await ports.secrets.password(signInId));
    if (checkMail === null || password === null) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    try {
      await checkMail(this.#request, password);
    } catch (thrown) {
      if (!(thrown instanceof TravasoError) || thrown.code !== 'SIGNIN_REFUSED') throw thrown;
      this.#step = appPasswordStep(this.#server().line, appPassword === null ? null : thrown);
      return;
    }
    if (appPassword !== null) await ports.secrets.keep(derivedSecretId('mail-password', signInId), appPassword);
    this.#done();
  }

  #done(): void {
    if (this.#session === null) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    this.#step = { step: 'done', identity: this.#session.identity, kept: false };
  }

  /** The same question once more, with what was wrong with the last answer. */
  #askAgain(problem: Problem, attemptsLeft: number | null): void {
    const step = this.#step;
    if ('problem' in step) this.#step = { ...step, problem, attemptsLeft };
  }

  #server(): FoundDoor {
    if (this.#found === null) throw new TravasoError('SIGNIN_STEP_CONFLICT');
    return this.#found;
  }

  /** A line that broke leaves the question standing; every other failure ends the sign-in. */
  async #reach(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const problem = problemOf(thrown);
      const asking = 'problem' in this.#step && this.#step.step !== 'failed';
      if (asking && problem.retryAfterMs !== undefined) {
        this.#askAgain(problem, null);
        return;
      }
      this.#step = failedStep(thrown);
      await this.#http?.close();
      await this.#means.ports.secrets.forget(this.#request.signInId);
    }
  }
}
