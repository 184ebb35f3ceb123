import type { SignInStep } from '../../shared/model/sign-in.ts';
import { newWizard } from '../state/wizard.ts';
import type { Answers } from './fake-engine.ts';
import { signInFails } from './fake-engine.ts';
import type { Hand } from './hand.ts';
import { jobUpTo } from './sample-jobs.ts';
import { sampleProfile } from './sample-profile.ts';
import { described, withTarget } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { signInId } from './usual-answers.ts';

const atTarget = { ...described, step: 'target' as const, target: { ...newWizard.target, mail: 'anna.verdi@ente.it' } };
const atSource = { ...described, step: 'source' as const };
const tenant = '2f6a3c1e-1b6d-4d62-9a55-9a0d3a6b1c11';
const microsoftProfile = {
  ...sampleProfile,
  target: { kind: 'microsoft365' as const, tenant, clientId: '7a1f0a52-6a3f-4d44-8f06-0a4fd3f3a001' },
};

const withPassword = async (hand: Hand): Promise<void> => {
  await hand.type('Password', 'una password');
  await hand.press('Entra');
};
const asks = (step: SignInStep): Answers => ({ 'signIn.begin': () => ({ signInId, step }) });
const code = {
  step: 'code',
  digits: 6,
  recoveryCodes: true,
  canTrust: true,
  label: 'Telefono di Anna',
  problem: null,
  attemptsLeft: null,
} as const;
const none = { problem: null, attemptsLeft: null };

const foundAt = (host: string, judgement: { verdict: 'foreign' | 'unnamed' | 'lookalike'; resembles: string | null }) =>
  ({
    'account.find': () => ({
      accounts: [
        {
          address: `imaps://anna.verdi%40ente.it@${host}`,
          tls: 'implicit',
          host,
          signIn: 'password',
          by: 'lookup',
          judgement,
        },
      ],
    }),
  }) satisfies Answers;

const inMicrosoft: Answers = {
  'organisation.read': () => ({ profile: microsoftProfile, fingerprint: null, problem: null, freeze: null }),
  'account.find': () => ({
    accounts: [
      {
        address: 'microsoft365:anna.verdi@ente.it',
        tls: 'implicit',
        host: 'Microsoft 365',
        signIn: 'browser',
        by: 'profile',
        judgement: { verdict: 'named', resembles: null },
      },
    ],
  }),
};
const browser = {
  step: 'browser',
  url: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize?client_id=7a1f0a52&response_type=code`,
  host: 'login.microsoftonline.com',
  opened: '2026-11-23T09:00:00.000Z',
} as const;

const webPage = { step: 'webPage', host: 'nuova.ente.it', open: false, ...none } as const;

const diagnosis = {
  done: true,
  server: 'nuova.ente.it:993',
  line: '2026-11-23T09:00:00.000Z nuova.ente.it:993 find=good name=good port=bad T-103 SERVER_UNREACHABLE',
  steps: [
    { check: 'find', state: 'good', problem: null, seen: {} },
    { check: 'name', state: 'good', problem: null, seen: {} },
    {
      check: 'port',
      state: 'bad',
      problem: { code: 'SERVER_UNREACHABLE', details: { host: 'nuova.ente.it' } },
      seen: {},
    },
    { check: 'tls', state: 'unchecked', problem: null, seen: {} },
    { check: 'service', state: 'unchecked', problem: null, seen: {} },
    { check: 'account', state: 'unchecked', problem: null, seen: {} },
  ],
} as const;

/** All that signing in may ask, and the servers it warns of. */
export const signInScenarios: readonly Scenario[] = [
  { name: 'sign-in-code', wizard: atTarget, answers: asks(code), act: withPassword },
  {
    name: 'sign-in-code-refused',
    wizard: atTarget,
    answers: asks({ ...code, problem: { code: 'SIGNIN_CODE_REFUSED', details: {} }, attemptsLeft: 2 }),
    act: withPassword,
  },
  {
    name: 'sign-in-code-missing',
    wizard: atTarget,
    answers: asks(code),
    act: async hand => {
      await withPassword(hand);
      await hand.press('Conferma');
    },
  },
  {
    name: 'sign-in-new-password',
    wizard: atTarget,
    answers: asks({
      step: 'newPassword',
      rules: [
        { rule: 'zimbraPasswordMinLength', value: '10' },
        { rule: 'zimbraPasswordMinUpperCaseChars', value: '1' },
        { rule: 'zimbraPasswordMinDigitsOrPuncs', value: '2' },
      ],
      broken: ['zimbraPasswordMinLength'],
      ...none,
    }),
    act: withPassword,
  },
  {
    name: 'sign-in-enrolment',
    wizard: atTarget,
    answers: asks({
      step: 'enrolment',
      secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Carbonio:anna.verdi@ente.it?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Carbonio',
      account: 'anna.verdi@ente.it',
      issuer: 'Carbonio',
      digits: 6,
      recoveryCodes: ['10203040', '50607080', '11223344', '55667788', '99001122'],
      url: 'https://nuova.ente.it/',
      ...none,
    }),
    act: withPassword,
  },
  {
    name: 'sign-in-app-password',
    wizard: atSource,
    answers: asks({
      step: 'appPassword',
      url: 'https://posta.ente.it/',
      host: 'posta.ente.it',
      problem: { code: 'IMAP_APP_PASSWORD_NEEDED', details: { host: 'posta.ente.it' } },
      attemptsLeft: null,
    }),
    act: withPassword,
  },
  {
    name: 'sign-in-app-password-refused',
    wizard: atSource,
    answers: asks({
      step: 'appPassword',
      url: 'https://posta.ente.it/',
      host: 'posta.ente.it',
      problem: { code: 'SIGNIN_REFUSED', details: { host: 'posta.ente.it' } },
      attemptsLeft: null,
    }),
    act: withPassword,
  },
  { name: 'sign-in-web-page', wizard: atTarget, answers: asks(webPage), act: withPassword },
  {
    name: 'sign-in-web-page-open',
    wizard: atTarget,
    answers: {
      ...asks(webPage),
      'signIn.answer': () => ({ signInId, step: { ...webPage, open: true } }),
      'signIn.read': () => ({ signInId, step: { ...webPage, open: true } }),
    },
    act: async hand => {
      await withPassword(hand);
      await hand.press('Apri la pagina');
    },
  },
  {
    name: 'sign-in-web-page-closed',
    wizard: atTarget,
    answers: asks({ ...webPage, problem: { code: 'SIGNIN_WINDOW_CLOSED', details: {} } }),
    act: withPassword,
  },
  {
    name: 'sign-in-refused-web-page',
    wizard: atTarget,
    answers: signInFails('SIGNIN_REFUSED', { host: 'nuova.ente.it', webPage: true }),
    act: withPassword,
  },
  { name: 'target-microsoft', wizard: atTarget, answers: inMicrosoft },
  {
    name: 'sign-in-browser',
    wizard: atTarget,
    answers: { ...inMicrosoft, ...asks(browser), 'signIn.read': () => ({ signInId, step: browser }) },
    act: hand => hand.press('Entra'),
  },
  {
    name: 'sign-in-device-code',
    wizard: atTarget,
    answers: {
      ...inMicrosoft,
      ...asks({
        step: 'deviceCode',
        userCode: 'FJC3-VD9X',
        url: 'https://microsoft.com/devicelogin',
        expires: '2026-11-23T09:15:00.000Z',
      }),
      'signIn.read': () => new Promise(() => undefined),
    },
    act: hand => hand.press('Entra'),
  },
  {
    name: 'sign-in-host-foreign',
    wizard: atTarget,
    answers: foundAt('imaps.fornitore-posta.it', { verdict: 'foreign', resembles: null }),
    act: withPassword,
  },
  {
    name: 'sign-in-host-unnamed',
    wizard: atTarget,
    answers: foundAt('mail.altrove.it', { verdict: 'unnamed', resembles: null }),
    act: withPassword,
  },
  {
    name: 'sign-in-host-lookalike',
    wizard: atTarget,
    answers: foundAt('posta.entte.it', { verdict: 'lookalike', resembles: 'ente.it' }),
    act: async hand => {
      await withPassword(hand);
      await hand.press('Continua con questo server');
    },
  },
  {
    name: 'sign-in-doctor',
    wizard: atTarget,
    answers: {
      ...signInFails('SERVER_UNREACHABLE', { host: 'nuova.ente.it' }),
      'doctor.start': () => ({ diagnosisId: signInId }),
      'doctor.read': () => ({ ...diagnosis, steps: [...diagnosis.steps] }),
    },
    act: async hand => {
      await withPassword(hand);
      await hand.press('Non riesco ad accedere');
    },
  },
  {
    name: 'sign-in-again-code',
    wizard: { ...withTarget, step: 'map' as const, jobs: { ...withTarget.jobs, plan: null } },
    signedIn: false,
    answers: asks(code),
    act: async hand => {
      await hand.type('Password', 'una password');
      await hand.press('Avanti');
    },
  },
  {
    name: 'sign-in-expired-upload',
    wizard: {
      ...withTarget,
      step: 'upload' as const,
      target: { ...withTarget.target, account: { address: 'microsoft365:anna.verdi@ente.it', tls: 'implicit' } },
      jobs: { ...withTarget.jobs, check: null },
    },
    jobs: [jobUpTo('upload', 0.4, { status: 'paused', problem: { code: 'SIGNIN_EXPIRED', details: {} } })],
  },
  {
    name: 'sign-in-letter',
    wizard: atTarget,
    answers: {
      ...inMicrosoft,
      ...asks(browser),
      'signIn.read': () => ({
        signInId,
        step: { step: 'failed', problem: { code: 'MICROSOFT_CONSENT_REFUSED', details: {} }, attemptsLeft: null },
      }),
      'signIn.itLetter': () => ({ text: '# Richiesta per l’ufficio informatico\n\nTravaso porta la posta …' }),
    },
    act: async hand => {
      await hand.press('Entra');
      await hand.press('Scrivi la lettera per l’ufficio informatico');
    },
  },
];
