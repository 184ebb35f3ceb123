import { expect, onTestFinished, test } from 'vitest';
import { problemOf } from '../shared/errors.ts';
import type { Input } from '../shared/contract.ts';
import type { SignInStep } from '../shared/model/sign-in.ts';
import { createEngine } from '../electron/engine/create-engine.ts';
import type { Engine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { startFlows } from '../electron/engine/signin/start-flows.ts';
import { SignInRegistry } from '../electron/engine/signin/sign-in-registry.ts';
import { Organisation } from '../electron/engine/profile/organisation.ts';
import type { SoapSession } from '../electron/engine/zimbra/soap-session.ts';
import { totpCode } from '../electron/engine/signin/zimbra/totp.ts';
import type { FakeAccountOptions } from './fakes/zimbra/fake-account.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import type { ZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';

const anna = 'anna@ente.it';
const password = 'segreta-1';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA';
const secondFactor = { secret, label: 'telefono di Anna', scratchCodes: ['98765432'] };

interface Person {
  readonly fake: ZimbraFake;
  readonly engine: Engine;
  begin(typed?: string): Promise<SignInStep>;
  answer(answer: Input<'signIn.answer'>['answer']): Promise<SignInStep>;
  code(code: string, trust?: boolean): Promise<SignInStep>;
  /** Signs out where the person signed in last. */
  forget(): Promise<unknown>;
}

/** Somebody in front of the sign-in screen of a Carbonio mailbox. */
async function personAt(
  account: Partial<FakeAccountOptions>,
  edition: 'carbonio-advanced' | 'carbonio-ce' = 'carbonio-advanced',
): Promise<Person> {
  const accounts = [{ name: anna, password, mailbox: { soap: new Map() }, ...account }];
  const fake = await startZimbraFake({ edition, accounts });
  onTestFinished(() => fake[Symbol.asyncDispose]());
  const engine = createEngine(defaultPorts());
  onTestFinished(() => engine.close());
  let signInId = '';
  const answer = async (said: Input<'signIn.answer'>['answer']): Promise<SignInStep> =>
    (await engine.api['signIn.answer']({ signInId, answer: said })).step;
  return {
    fake,
    engine,
    async begin(typed = password) {
      const address = fake.address(anna);
      const begun = { address, password: typed, caFile: fake.caFile, acceptHost: true };
      const reached = await engine.api['signIn.begin'](begun);
      signInId = reached.signInId;
      return reached.step;
    },
    answer,
    code: (code, trust = false) => answer({ answer: 'code', code, trust }),
    forget: () => engine.api['signIn.forget']({ signInId }),
  };
}

const codeNow = (fake: ZimbraFake, more = 0): string => totpCode(secret, Date.now() + fake.state.skewMs + more) ?? '';
const done = { step: 'done', identity: anna, kept: false };

test.each(['carbonio-advanced', 'carbonio-ce'] as const)(
  '%s: a password is enough where nothing else is asked',
  async edition => {
    const person = await personAt({}, edition);
    expect(await person.begin()).toEqual(done);
    expect(await person.begin('sbagliata')).toMatchObject({ step: 'failed', problem: { code: 'SIGNIN_REFUSED' } });
    expect(person.fake.state.calls.filter(({ name }) => /Auth|login$/.test(name))).toHaveLength(2);
  },
);

test('password, then the code of the app, typed in groups', async () => {
  const person = await personAt({ secondFactor });
  const asked = { step: 'code', label: 'telefono di Anna', recoveryCodes: true, canTrust: true, problem: null };
  expect(await person.begin()).toMatchObject(asked);
  const code = codeNow(person.fake);
  expect(await person.code(`${code.slice(0, 3)} ${code.slice(3)}`)).toEqual(done);
});

test('a recovery code does as well', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  expect(await person.code('98765432')).toEqual(done);
});

test('a wrong code is asked for again with the attempts that are left; typed twice it is not sent twice', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  const refused = { step: 'code', problem: { code: 'SIGNIN_CODE_REFUSED' }, attemptsLeft: 9 };
  expect(await person.code('000000')).toMatchObject(refused);
  expect(await person.code('000000')).toMatchObject({ step: 'code', problem: { code: 'SIGNIN_CODE_USED' } });
  expect(person.fake.account(anna).codeAttemptsLeft).toBe(9);
  expect(await person.code(codeNow(person.fake))).toEqual(done);
});

test('a code that was good a moment ago is known for used, and costs no attempt', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  const code = codeNow(person.fake);
  expect(await person.code(code)).toEqual(done);
  await person.begin();
  expect(await person.code(code)).toMatchObject({ problem: { code: 'SIGNIN_CODE_USED' } });
  expect(person.fake.account(anna).codeAttemptsLeft).toBe(10);
});

test('the last attempt locks, and says so', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  person.fake.account(anna).codeAttemptsLeft = 1;
  const locked = { step: 'failed', problem: { code: 'SIGNIN_LOCKED' }, attemptsLeft: 0 };
  expect(await person.code('000000')).toMatchObject(locked);
  await expect(person.code('111111')).rejects.toMatchObject({ code: 'SIGNIN_STEP_CONFLICT' });
});

test('clocks that disagree are named, with the seconds', async () => {
  const person = await personAt({ secondFactor });
  person.fake.state.skewMs = 200_000;
  await person.begin();
  const step = await person.code(codeNow(person.fake, -200_000));
  expect(step).toMatchObject({ step: 'code', problem: { code: 'SIGNIN_CLOCK_SKEW' } });
  const seconds = 'problem' in step ? Number(step.problem?.details['skewSeconds']) : 0;
  expect(Math.abs(seconds - 200)).toBeLessThan(5);
});

test('only who asks for it is trusted; then the next sign-in takes no code', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  await person.code(codeNow(person.fake), false);
  expect(await person.begin()).toMatchObject({ step: 'code' });
  expect(await person.code('98765432', true)).toEqual(done);
  expect(await person.begin()).toEqual(done);
});

test('the second factor is set up for the first time: key, address, recovery codes, and a code to prove it', async () => {
  const person = await personAt({ secondFactor: {} });
  const step = await person.begin();
  expect(step).toMatchObject({
    step: 'enrolment',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    issuer: 'Carbonio',
    digits: 6,
    recoveryCodes: ['11112222', '33334444'],
    url: `https://localhost:${person.fake.port}/`,
    problem: null,
  });
  if (step.step !== 'enrolment') return;
  const uri = new URL(step.uri);
  expect([uri.protocol, uri.host, uri.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', step.secret]);
  const at = (seconds: number) => ({
    answer: 'enrolment' as const,
    code: totpCode(step.secret, Date.now() + seconds * 1000) ?? '',
  });
  expect(await person.answer({ ...at(0), code: '000000' })).toMatchObject({ problem: { code: 'SIGNIN_CODE_REFUSED' } });
  expect(await person.answer(at(-90))).toMatchObject({ step: 'enrolment', problem: { code: 'SIGNIN_CODE_EXPIRED' } });
  const early = await person.answer(at(300));
  expect(early).toMatchObject({ problem: { code: 'SIGNIN_CLOCK_SKEW' } });
  // A period may end between the two.
  expect([270, 300, 330]).toContain('problem' in early ? early.problem?.details['skewSeconds'] : null);
  expect(await person.answer(at(0))).toEqual(done);
  expect(await person.begin()).toMatchObject({ step: 'code' });
  expect(await person.code('11112222')).toEqual(done);
});

test.each(['carbonio-advanced', 'carbonio-ce'] as const)(
  '%s: a new password is demanded; broken rules are named, used ones refused',
  async edition => {
    const passwordRules = { zimbraPasswordMinLength: '10', zimbraPasswordMinNumericChars: '2' };
    const person = await personAt({ mustChangePassword: true, passwordRules }, edition);
    expect(await person.begin()).toEqual({
      step: 'newPassword',
      rules: [],
      broken: [],
      problem: null,
      attemptsLeft: null,
    });
    const choose = (chosen: string): Promise<SignInStep> => person.answer({ answer: 'newPassword', password: chosen });
    expect(await choose('corta')).toMatchObject({
      step: 'newPassword',
      rules: [
        { rule: 'zimbraPasswordMinLength', value: '10' },
        { rule: 'zimbraPasswordMinNumericChars', value: '2' },
      ],
      broken: ['zimbraPasswordMinLength', 'zimbraPasswordMinNumericChars'],
      problem: { code: 'PASSWORD_RULES_BROKEN' },
    });
    expect(await choose('abbastanza-lunga')).toMatchObject({ broken: ['zimbraPasswordMinNumericChars'] });
    expect(await choose(password)).toMatchObject({ problem: { code: 'PASSWORD_USED_BEFORE' } });
    expect(await choose('abbastanza-lunga-22')).toEqual(done);
    expect(person.fake.account(anna).password).toBe('abbastanza-lunga-22');
    expect(await person.begin('abbastanza-lunga-22')).toEqual(done);
  },
);

test.each([
  ['changeTooSoon', 'PASSWORD_CHANGE_TOO_SOON'],
  ['passwordLocked', 'PASSWORD_CHANGE_NOT_ALLOWED'],
] as const)('a change that the server does not allow (%s) ends the sign-in with its own words', async (why, code) => {
  const person = await personAt({ mustChangePassword: true });
  person.fake.account(anna)[why] = true;
  await person.begin();
  const answered = await person.answer({ answer: 'newPassword', password: 'un-altra-parola' });
  expect(answered).toMatchObject({ step: 'failed', problem: { code } });
});

test('a new password with a second factor: then the code is asked for', async () => {
  const person = await personAt({ mustChangePassword: true, secondFactor });
  expect(await person.begin()).toMatchObject({ step: 'newPassword' });
  expect(await person.answer({ answer: 'newPassword', password: 'nuova-parola' })).toMatchObject({ step: 'code' });
  expect(await person.code(codeNow(person.fake))).toEqual(done);
});

test('pages for browsers only, rules of the administrator, a mailbox that is not there', async () => {
  const person = await personAt({});
  person.fake.account(anna).status = 'policy';
  expect(await person.begin()).toMatchObject({ step: 'failed', problem: { code: 'SIGNIN_POLICY' } });
  person.fake.account(anna).status = 'no-mailbox';
  expect(await person.begin()).toMatchObject({ step: 'failed', problem: { code: 'MAILBOX_NOT_THERE' } });
  person.fake.state.authMethods = ['saml'];
  expect(await person.begin()).toMatchObject({ step: 'failed', problem: { code: 'SIGNIN_BROWSER_ONLY' } });
});

test('a busy server leaves the question standing', async () => {
  const person = await personAt({ secondFactor });
  await person.begin();
  person.fake.state.throttle = { left: 1, status: 503, retryAfter: 5 };
  const busy = { step: 'code', problem: { code: 'SERVER_BUSY', retryAfterMs: 5000 } };
  expect(await person.code(codeNow(person.fake))).toMatchObject(busy);
  expect(await person.code(codeNow(person.fake))).toEqual(done);
});

test('a check of the account signs in and hangs up; a password that is not enough says what is missing', async () => {
  const person = await personAt({ mailbox: fakeMailbox(), secondFactor });
  const check = async (): Promise<unknown> => {
    const { signInId } = await person.engine.api['signIn.password']({ password });
    const account = { address: person.fake.address(anna), caFile: person.fake.caFile, signInId };
    return await person.engine.api['account.check']({ account }).catch(problemOf);
  };
  expect(await check()).toMatchObject({ code: 'SIGNIN_CODE_NEEDED' });
  await person.begin();
  expect(await person.code('98765432', true)).toEqual(done);
  expect(await check()).toEqual({});
});

test.each(['carbonio-advanced', 'carbonio-ce'] as const)(
  '%s: signing out ends the session at the server',
  async edition => {
    const person = await personAt({}, edition);
    await person.begin();
    await person.begin();
    expect(person.fake.state.sessions.live()).toBe(2);
    await person.forget();
    expect(person.fake.state.sessions.live()).toBe(1);
    await person.engine.close();
    expect(person.fake.state.sessions.live()).toBe(0);
  },
);

/** What a job is given once somebody signed in with a code. */
async function sessionAfterCode(fake: ZimbraFake, trust: boolean): Promise<() => SoapSession> {
  const ports = defaultPorts();
  const organisation = new Organisation(ports.organisation, ports.clock);
  const never = (): Promise<never> => Promise.reject(new Error('not asked here'));
  const signIns = new SignInRegistry(startFlows(ports, never, never, organisation));
  onTestFinished(() => signIns.close());
  const account = { address: fake.address(anna) };
  const begun = await signIns.begin({ account, caFile: fake.caFile, password, way: 'usual', keep: false });
  await signIns.answer(begun.signInId, { answer: 'code', code: codeNow(fake), trust });
  return () => {
    const credentials = signIns.credentials(begun.signInId);
    if (credentials?.kind !== 'zimbra') throw new Error('not signed in');
    return credentials.session;
  };
}

const ask = (session: SoapSession): Promise<unknown> =>
  session.request('GetInfoRequest', 'urn:zimbraAccount', {}, new AbortController().signal);

test('a session that ends is renewed without a code where this computer is trusted, and only there', async () => {
  for (const trust of [true, false]) {
    const { fake } = await personAt({ secondFactor });
    const session = (await sessionAfterCode(fake, trust))();
    await ask(session);
    const passwords = (): number => fake.state.calls.filter(({ name }) => name === '/zx/auth/v2/login').length;
    fake.state.sessions.expireAll();
    if (trust) expect(await ask(session)).toMatchObject({ name: anna });
    else expect(await ask(session).catch(problemOf)).toMatchObject({ code: 'SIGNIN_EXPIRED' });
    // Where a code would be asked for, the password is not even sent.
    expect(passwords()).toBe(trust ? 2 : 1);
  }
});

test('a job that ends leaves the person signed in for the next one', async () => {
  const { fake } = await personAt({ secondFactor });
  const sessions = await sessionAfterCode(fake, false);
  const first = sessions();
  await ask(first);
  const release = Promise.withResolvers<Record<string, never>>();
  const reached = Promise.withResolvers<null>();
  fake.state.handlers.set('NoOpRequest', async () => {
    reached.resolve(null);
    return await release.promise;
  });
  const waiting = first.request('NoOpRequest', 'urn:zimbraMail', {}, new AbortController().signal).catch(problemOf);
  await reached.promise;
  await first.close();
  // Nobody waits for a server that is not heard any more.
  expect(await waiting).toMatchObject({ code: 'CONNECTION_LOST' });
  release.resolve({});
  expect(await ask(sessions())).toMatchObject({ name: anna });
});
