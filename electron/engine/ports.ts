import type { TlsMode } from '../../shared/account-address.ts';
import type { ImapTimeouts } from './imap/connect.ts';
import type { Patience } from './jobs/patience.ts';
import type { MicrosoftSettings } from './signin/microsoft/microsoft-settings.ts';

/**
 * What the engine asks of its host. Everything that touches the outside beyond plain file reading and sockets comes
 * in through here, so that the three hosts differ only in these objects, and tests can make each of them fail.
 */

/** The clock. Job timestamps are UTC; durations come from `monotonicMs`, which no clock change disturbs. */
export interface Clock {
  now(): Date;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Structured log. Callers never pass addresses, subjects, bodies, passwords or tokens. */
export interface Log {
  debug(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
}

/**
 * Called immediately before and after every durable step (a write made permanent, a commit, an APPEND). Does nothing
 * in the product. The crash tests end the process in it at the k-th call, or throw what a failing disk would.
 */
export interface FaultPort {
  reached(step: DurableStep, moment: 'before' | 'after'): void;
}

export const durableSteps = [
  'archive.create',
  'archive.write',
  'archive.sync',
  'archive.truncate',
  'archive.replace',
  'archive.remove',
  'catalogue.commit',
  'target.create-folder',
  'target.append',
  'target.create-item-folder',
  'target.put-items',
] as const;
export type DurableStep = (typeof durableSteps)[number];

export interface DiskPort {
  /** Free bytes for this user on the file system that holds `path` (an existing folder), or null when unknown. */
  freeBytes(path: string): Promise<number | null>;
}

/**
 * Keeps passwords for the length of a job, in memory or, where a host has one, in the operating system's keychain. The
 * engine asks when it signs in, also hours later when a line was lost, and never writes one down.
 */
export interface SecretsPort {
  /** Whether it was put where it outlives this process. */
  keep(signInId: string, password: string): Promise<boolean>;
  /** Null when the host no longer has it: the person has to type it again. */
  password(signInId: string): Promise<string | null>;
  forget(signInId: string): Promise<void>;
}

/** What is needed to look for a mail server before anybody signs in. No method rejects: no answer is an answer. */
export interface NetworkPort {
  /** SRV records of a name such as `_imaps._tcp.ente.it`; empty when there are none, or nobody to ask. */
  services(name: string, signal: AbortSignal): Promise<readonly ServiceRecord[]>;
  /** Whether a mail server seems to be there: connects, listens, hangs up. Sends nothing but the TLS handshake. */
  answers(
    endpoint: { readonly host: string; readonly port: number; readonly tls: TlsMode },
    signal: AbortSignal,
  ): Promise<boolean>;
  /** A small text fetched over HTTPS without a redirect; null when there is none. */
  document(url: string, signal: AbortSignal): Promise<string | null>;
  /** Whether a host's web server is one of these; null for any other. Absent: nobody is asked. */
  webmail?(host: string, signal: AbortSignal): Promise<'zimbra' | 'carbonio' | null>;
}

/** RFC 2782; the lower priority is tried first. */
export interface ServiceRecord {
  readonly target: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** Where the organisation's signed profile is kept: a file of the host's own, or one built into a packaged copy. */
export interface OrganisationPort {
  /** The file's text, null when there is none. */
  read(): Promise<string | null>;
  write(text: string | null): Promise<void>;
}

/**
 * The HTTP proxy to go through to an `https:` address (`http://proxy:8080`, perhaps with a name and a password, which are
 * secrets); null to go directly. Never rejects.
 */
export type FindProxy = (url: string) => Promise<string | null>;

/** A page of a mail server's own, from which its people sign in at their identity provider (SAML). */
export interface SignInPage {
  readonly url: string;
  /** The cookie by which the server says that somebody is in. */
  readonly sessionCookie: string;
  /** Root certificates (PEM) that count beside those a browser knows. */
  readonly authorities: readonly string[];
}

export interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: FaultPort;
  readonly disk: DiskPort;
  readonly secrets: SecretsPort;
  readonly network: NetworkPort;
  readonly organisation: OrganisationPort;
  /** Shows an `https:` page in the system's browser. Rejects where there is none; the person is told the address. */
  readonly openBrowser: (url: string) => Promise<void>;
  /**
   * Shows the page in a window apart until the page's own origin sets the session cookie. Answers with every
   * `Set-Cookie` line of that origin, oldest first, which are secrets; null when the window was closed before, by the
   * person or by `signal`. Rejects with the T-1xx and T-2xx codes of the line. Absent in hosts that have no such window.
   */
  readonly openSignInWindow?:
    ((page: SignInPage, signal: AbortSignal) => Promise<readonly string[] | null>) | undefined;
  /** Absent: HTTPS goes out directly. Mail by IMAP always does. */
  readonly findProxy?: FindProxy | undefined;
  /** How long an IMAP server may keep the engine waiting; what is left out is as in `defaultImapTimeouts`. */
  readonly imapTimeouts?: Partial<ImapTimeouts> | undefined;
  /** Goes before what the organisation's profile says of Microsoft 365: national clouds, test servers. */
  readonly microsoft?: Partial<MicrosoftSettings> | undefined;
  /** How long jobs wait for their line; what is left out is as in `defaultPatience`. */
  readonly patience?: Partial<Patience> | undefined;
  /**
   * A folder of this person for what can be made again (a search index of an archive on read-only media). Left out, it is
   * made in the temporary folder, every time anew.
   */
  readonly cacheFolder?: string | undefined;
  /** Marks a saved attachment as come from the internet; left out, as the system does it (`read/mark-of-the-web.ts`). */
  readonly markFromInternet?: ((path: string) => Promise<void>) | undefined;
}
