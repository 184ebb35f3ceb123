import type { ServerResponse } from 'node:http';

/** What stands in a SOAP element, as JSON. */
export type SoapBody = Readonly<Record<string, unknown>>;

/** A request as the fake's parts see it, with the whole body in memory: messages here are small. */
export interface FakeRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface SoapCall {
  readonly account: FakeAccount;
  readonly request: FakeRequest;
}

/** Answers with what stands in the response element; throws a `FakeFault` to refuse. */
export type SoapHandler = (body: SoapBody, call: SoapCall) => SoapBody | Promise<SoapBody>;

/** Full control of the response: a part may cut it off, or destroy the socket. */
export type RouteHandler = (
  request: FakeRequest,
  response: ServerResponse,
  account: FakeAccount,
) => void | Promise<void>;

/** What lies behind an account: the other half of the fake. Requests reach it only from a session that is signed in. */
export interface FakeMailboxPart {
  /** By request name, such as `AddMsgRequest`. */
  readonly soap: ReadonlyMap<string, SoapHandler>;
  /** `POST /service/upload`. */
  readonly upload?: RouteHandler;
  /** `/home/…` and `/service/home/…`. */
  readonly home?: RouteHandler;
  /** Put over what GetInfoResponse says by itself: `used`, `attSizeLimit`, … */
  info?(): SoapBody;
  /** Put over `attrs._attrs` of GetInfoResponse: `zimbraMailQuota`, … */
  attributes?(): Readonly<Record<string, string | readonly string[]>>;
}

export interface FakeSecondFactor {
  /** Base32 (RFC 6238). Absent: must be set up first. */
  readonly secret?: string;
  readonly label?: string;
  /** Good once each. */
  readonly scratchCodes?: readonly string[];
  /** Whether the server offers to trust a device. */
  readonly trust?: boolean;
}

export interface FakeAccountOptions {
  /** The address. */
  readonly name: string;
  readonly password: string;
  readonly mailbox: FakeMailboxPart;
  readonly secondFactor?: FakeSecondFactor;
  readonly mustChangePassword?: boolean;
  /** What the server demands of a new password: `zimbraPasswordMinLength` and the like, with their values. */
  readonly passwordRules?: Readonly<Record<string, string>>;
  readonly aliases?: readonly string[];
  /** Names of further identities ("personas"), beside the default one. */
  readonly identities?: readonly { readonly name: string; readonly from: string; readonly display: string }[];
}

/** `locked`, `closed`: refused. `no-mailbox`: the password is right, but there is nothing behind it. */
export type FakeAccountStatus = 'active' | 'maintenance' | 'closed' | 'no-mailbox' | 'setup-required' | 'policy';

/** An account at run time. Tests change it under the client's feet. */
export interface FakeAccount {
  readonly name: string;
  readonly mailbox: FakeMailboxPart;
  readonly options: FakeAccountOptions;
  password: string;
  status: FakeAccountStatus;
  mustChangePassword: boolean;
  /** A change of password is refused as too early. */
  changeTooSoon: boolean;
  passwordLocked: boolean;
  secret: string | null;
  readonly scratchCodes: Set<string>;
  /** Time steps of codes that were taken: each is good once. */
  readonly usedCodes: Set<string>;
  codeAttemptsLeft: number;
  readonly previousPasswords: Set<string>;
  readonly trustedDevices: Set<string>;
}

export function newFakeAccount(options: FakeAccountOptions): FakeAccount {
  return {
    name: options.name,
    mailbox: options.mailbox,
    options,
    password: options.password,
    status: 'active',
    mustChangePassword: options.mustChangePassword ?? false,
    changeTooSoon: false,
    passwordLocked: false,
    secret: options.secondFactor?.secret ?? null,
    scratchCodes: new Set(options.secondFactor?.scratchCodes),
    usedCodes: new Set(),
    codeAttemptsLeft: 10,
    previousPasswords: new Set([options.password]),
    trustedDevices: new Set(),
  };
}

/** A fault in place of an answer: `code` as in `mail.QUOTA_EXCEEDED`, arguments by name. */
export class FakeFault extends Error {
  readonly code: string;
  readonly arguments: Readonly<Record<string, string>>;

  constructor(code: string, details: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.arguments = details;
  }
}
