import * as z from 'zod';
import { problemSchema } from './job.ts';

export const signInWays = ['usual', 'deviceCode', 'webPage'] as const;
export type SignInWay = (typeof signInWays)[number];

/**
 * Where signing in stands: one step at a time, each with all that a screen needs to ask its one question. A step
 * never holds a secret that was typed; what an enrolment shows once (the authenticator's key, the recovery codes) is
 * the server's to give and passes through to be written down by the person.
 */

/** What the answer before was refused with; null on the first asking. */
const refused = { problem: problemSchema.nullable(), attemptsLeft: z.int().nonnegative().nullable() };

const codeStep = z.object({
  step: z.literal('code'),
  /** Digits of an authenticator's code, where the server says. */
  digits: z.int().positive().nullable(),
  /** Whether a one-time recovery ("scratch") code is taken in the same field. */
  recoveryCodes: z.boolean(),
  /** Whether the server can be asked to trust this computer and leave the code out next time. */
  canTrust: z.boolean(),
  /** Name of the authenticator as the person called it, where the server tells. */
  label: z.string().nullable(),
  ...refused,
});

const newPasswordStep = z.object({
  step: z.literal('newPassword'),
  /** What the server demands of a new password, as far as it tells: its own attribute names and limits. */
  rules: z.array(z.object({ rule: z.string(), value: z.string() })),
  /** Rules that the password before broke. */
  broken: z.array(z.string()),
  ...refused,
});

/** Setting up the second factor for the first time. */
const enrolmentStep = z.object({
  step: z.literal('enrolment'),
  /** RFC 6238 key in base32, and the same as the `otpauth://` address that a QR code shows. */
  secret: z.string(),
  uri: z.string(),
  account: z.string(),
  issuer: z.string(),
  digits: z.int().positive(),
  recoveryCodes: z.array(z.string()),
  /** The server's own pages, where the same can be done and undone. */
  url: z.string(),
  ...refused,
});

/**
 * The password was right, but mail programs need one of their own (an "app password"), which the person makes on the
 * mail website: `problem` says so in words on the first asking too.
 */
const appPasswordStep = z.object({
  step: z.literal('appPassword'),
  /** Where the password is made: the mail website. */
  url: z.string(),
  host: z.string(),
  ...refused,
});

/** The page of the identity provider is open in the system browser; poll `signIn.read`. */
const browserStep = z.object({
  step: z.literal('browser'),
  /** The address to open, for "open it again"; it holds no secret (PKCE). */
  url: z.string(),
  host: z.string(),
  opened: z.iso.datetime(),
});

/**
 * The way in leads over a page: the mail server's own, and from there the identity provider's (SAML). The host shows it
 * in a window apart once this is answered; while `open`, poll `signIn.read`.
 */
const webPageStep = z.object({
  step: z.literal('webPage'),
  /** Where the page begins. */
  host: z.string(),
  open: z.boolean(),
  ...refused,
});

const deviceCodeStep = z.object({
  step: z.literal('deviceCode'),
  userCode: z.string(),
  url: z.string(),
  expires: z.iso.datetime(),
});

const doneStep = z.object({
  step: z.literal('done'),
  /** Who the server says it is: an address or account name. */
  identity: z.string(),
  /** Whether the sign-in outlives this run, in the operating system's keychain. */
  kept: z.boolean(),
});

const failedStep = z.object({ step: z.literal('failed'), ...refused, problem: problemSchema });

export const signInStepSchema = z.discriminatedUnion('step', [
  codeStep,
  newPasswordStep,
  enrolmentStep,
  appPasswordStep,
  browserStep,
  webPageStep,
  deviceCodeStep,
  doneStep,
  failedStep,
]);
export type SignInStep = z.infer<typeof signInStepSchema>;

/** What the person says to the step at hand. `trust` asks the server to leave out the code on this computer. */
export const signInAnswerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('code'), code: z.string(), trust: z.boolean() }),
  /** Opens the window. */
  z.object({ answer: z.literal('webPage') }),
  z.object({ answer: z.literal('newPassword'), password: z.string() }),
  z.object({ answer: z.literal('appPassword'), password: z.string() }),
  /** `code` from the authenticator that was just set up. */
  z.object({ answer: z.literal('enrolment'), code: z.string() }),
]);
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;
