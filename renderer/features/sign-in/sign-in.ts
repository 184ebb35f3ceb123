import { TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import type { SignInStep, SignInWay } from '../../../shared/model/sign-in.ts';
import type { Client } from '../../../shared/wire.ts';

export type Side = 'source' | 'target';

/** Which field of the form a problem belongs to; null for none of them. */
export function fieldOf(code: ErrorCode): 'mail' | 'password' | 'server' | null {
  if (code === 'SIGNIN_REFUSED' || code === 'PASSWORD_MISSING') return 'password';
  if (code.startsWith('SERVER_') || code.startsWith('TLS_')) return 'server';
  return code === 'ACCOUNT_ADDRESS_INVALID' || code === 'ACCOUNT_KIND_UNSUPPORTED' ? 'mail' : null;
}

/** What stopped a job and only the person can mend, by signing in anew; trying again by itself would come to the same. */
const forThePerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'PASSWORD_MISSING',
  'SIGNIN_REFUSED',
  'SIGNIN_EXPIRED',
  'SIGNIN_CODE_NEEDED',
  'SIGNIN_LOCKED',
  'PASSWORD_CHANGE_DEMANDED',
  'SECOND_FACTOR_SETUP_NEEDED',
  'IMAP_APP_PASSWORD_NEEDED',
]);

export function needsSignIn(code: ErrorCode): boolean {
  return forThePerson.has(code);
}

/** The person is who they say, and the mailbox does not let programs in: those who run it can change that. */
export function isShutToPrograms(code: ErrorCode): boolean {
  return code === 'MAILBOX_NOT_CONNECTED' || code === 'IMAP_NOT_ENABLED';
}

/** As the wizard keeps it. */
export type ChosenAccount = Pick<FoundAccount, 'address' | 'tls'>;

/** A sign-in that was let in, or that asks for something more before it lets in. */
export interface Begun {
  readonly account: ChosenAccount;
  readonly signInId: string;
  readonly step: Exclude<SignInStep, { step: 'failed' }>;
  /** By the organisation's own page: no password was asked for. */
  readonly byPage?: boolean;
}

export interface BeginOptions {
  /** Null where the account's own page asks for it. */
  readonly password: string | null;
  readonly acceptHost: boolean;
  readonly way?: SignInWay;
  /** In the operating system's keychain, for the next start. */
  readonly keep?: boolean;
  readonly onTrying?: (account: ChosenAccount) => void;
}

/**
 * Tries the accounts found until one answers. A server that answered and refused is the last: trying the same password
 * elsewhere would show it to strangers, and a second refusal can lock the account.
 *
 * @throws the first server's problem when none answers
 */
export async function beginSignIn(
  client: Client,
  accounts: readonly ChosenAccount[],
  { password, acceptHost, way = 'usual', keep = false, onTrying }: BeginOptions,
): Promise<Begun> {
  let first: Problem | null = null;
  for (const account of accounts) {
    onTrying?.(account);
    const { address, tls } = account;
    const { signInId, step } = await client.call('signIn.begin', { address, tls, password, way, acceptHost, keep });
    if (step.step !== 'failed') return { account: { address, tls }, signInId, step };
    await client.call('signIn.forget', { signInId });
    if (fieldOf(step.problem.code) !== 'server') throw errorOf(step.problem, step.attemptsLeft);
    first ??= step.problem;
  }
  throw first === null ? new TravasoError('SERVER_UNKNOWN_HOST') : errorOf(first);
}

/** `attemptsLeft` among the details: before the server locks the account. */
function errorOf({ code, details }: Problem, attemptsLeft: number | null = null): TravasoError {
  return new TravasoError(code, attemptsLeft === null ? details : { ...details, attemptsLeft });
}
