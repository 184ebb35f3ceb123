/**
 * One server's way in, step by step: Zimbra's (SOAP AuthRequest) or Carbonio Advanced's (`/zx/auth`). What was typed is
 * sent once and never again by itself. Refusals are thrown: `SIGNIN_REFUSED`, `SIGNIN_CODE_REFUSED` (with
 * `attemptsLeft` where the server says), `SIGNIN_LOCKED`, and the others of T-330 to T-349.
 */
export interface SignInDoor {
  password(user: string, password: string, signal: AbortSignal): Promise<DoorOutcome>;
  /** @throws SIGNIN_CODE_EXPIRED when the server no longer remembers the password step */
  code(code: string, options: { readonly trust: boolean }, signal: AbortSignal): Promise<DoorOutcome>;
  /** Confirms the authenticator that was just set up. */
  enrol(code: string, signal: AbortSignal): Promise<DoorOutcome>;
}

export type DoorOutcome =
  | { readonly kind: 'signed-in'; readonly trusted: TrustedDevice | null; readonly refer: string | null }
  | {
      readonly kind: 'code';
      readonly digits: number | null;
      readonly canTrust: boolean;
      readonly label: string | null;
    }
  | { readonly kind: 'enrolment'; readonly enrolment: Enrolment }
  | { readonly kind: 'new-password' };

/** What makes the server leave out the code next time. Both halves are secrets. */
export interface TrustedDevice {
  readonly deviceId: string;
  /** Null where the device id alone is remembered (Carbonio). */
  readonly token: string | null;
}

/** What an authenticator needs to be set up, as the server gave it. */
export interface Enrolment {
  /** Base32. */
  readonly secret: string;
  readonly uri: string;
  readonly account: string;
  readonly issuer: string;
  readonly digits: number;
  /** Seconds. */
  readonly period: number;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly recoveryCodes: readonly string[];
}
