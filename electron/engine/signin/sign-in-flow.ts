import type { SignInAnswer, SignInStep } from '../../../shared/model/sign-in.ts';
import type { SoapSession } from '../zimbra/soap-session.ts';

/** What a job signs in with, once a person was let in. */
export type Credentials =
  /** The password itself is kept by the secrets port, under the sign-in's id. */
  | { readonly kind: 'password' }
  /**
   * OAuth 2.0: a token that is good for some minutes at least; fetched anew behind the scenes. `refused` is one that a
   * server did not take: another one is fetched. Rejects with `SIGNIN_EXPIRED` when the person has to sign in again,
   * and with `MICROSOFT_APPROVAL_NEEDED` where the organisation never approved the resource: the others go on working.
   */
  | {
      readonly kind: 'access-token';
      readonly identity: string;
      readonly token: (resource: TokenResource, refused?: string) => Promise<string>;
    }
  /** A session with a Zimbra or Carbonio server; it renews itself where it can. */
  | { readonly kind: 'zimbra'; readonly session: SoapSession };

/** Microsoft gives each resource a token of its own. */
export type TokenResource = 'imap' | 'graph' | 'graph-without-tasks';

/**
 * One attempt to sign in at one account's door. A refused password or code is never sent twice by itself: servers
 * lock accounts. Nothing here ever rejects because a person was refused: that is a step.
 */
export interface SignInFlow {
  step(): SignInStep;
  /** Rejects with `SIGNIN_STEP_CONFLICT` when this is not what the step at hand asked. */
  answer(answer: SignInAnswer): Promise<void>;
  /** Null until the step is `done`. */
  credentials(): Credentials | null;
  /** Gives up, or signs out; closes what was opened. */
  close(): Promise<void>;
}
