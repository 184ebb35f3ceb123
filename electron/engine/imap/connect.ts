import { ImapFlow } from 'imapflow';
import type { AuthOptions } from 'imapflow';
import type { ImapAddress } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { Log } from '../ports.ts';
import { connectProblem } from './connect-problem.ts';
import type { ImapConnection } from './imap-connection.ts';
import { isLoopback } from './loopback.ts';
import { openSocketConnection } from './socket-connection.ts';
import { createStagedTransport } from './staged-transport.ts';
import { trustedRoots } from './trusted-roots.ts';

export type ImapCredentials =
  | { readonly kind: 'password'; readonly password: string }
  /** A function is asked at each sign-in: tokens age, connections are made anew hours later. */
  | { readonly kind: 'access-token'; readonly token: string | (() => Promise<string>) };

export interface ConnectImapOptions {
  readonly address: ImapAddress;
  readonly credentials: ImapCredentials;
  /** `read-only` refuses to send any command that could change the mailbox; sources use it. */
  readonly access: 'read-only' | 'read-write';
  /** An organisation's own root certificates, PEM. Added to the well-known ones, never instead. */
  readonly ca?: string | undefined;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** Hears each command line as sent, secrets and literals left out. For proof in tests. */
  readonly transcript?: ((line: string) => void) | undefined;
  readonly timeouts?: Partial<ImapTimeouts> | undefined;
}

/** Milliseconds. */
export interface ImapTimeouts {
  /** From the first DNS query to the TLS session. */
  readonly connect: number;
  /** Dovecot holds its greeting and answers back for up to 15 s after failed sign-ins. */
  readonly greeting: number;
  /** Without a single octet from the server while a command waits for its answer. */
  readonly silence: number;
}

export const defaultImapTimeouts: ImapTimeouts = { connect: 30_000, greeting: 40_000, silence: 120_000 };

/**
 * Signs in and hands the session over as a pipe for commands. imapflow does the part where mistakes cost passwords:
 * TLS, STARTTLS without leftovers of the clear-text phase, SASL. The bulk work is done without it, because its
 * parser takes three times the CPU of the raw line.
 *
 * Throws one of the T-1xx (line), T-2xx (TLS) and T-3xx (sign-in) codes, `CA_FILE_INVALID`, `PASSWORD_MISSING` or
 * `INTERRUPTED`. A refused password is never tried twice: servers lock accounts and block addresses.
 */
export async function connectImap(options: ConnectImapOptions): Promise<ImapConnection> {
  const { address, signal, log } = options;
  const clearText = address.tls === 'none-on-loopback';
  if (clearText && !isLoopback(address.host)) throw new TravasoError('TLS_REQUIRED', { host: address.host });
  const timeouts = { ...defaultImapTimeouts, ...options.timeouts };
  const transport = createStagedTransport({
    host: address.host,
    port: address.port,
    roots: clearText ? [] : trustedRoots(options.ca),
    tls: address.tls,
  });
  const client = new ImapFlow({
    host: address.host,
    port: address.port,
    secure: address.tls === 'implicit',
    ...(address.tls === 'implicit' ? {} : { doSTARTTLS: !clearText }),
    auth: await authOf(address.user, options.credentials),
    transport,
    clientInfo: { name: 'Travaso', version: false, vendor: false, 'support-url': false },
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.silence,
    maxLineLength: 1024 * 1024,
    maxLiteralSize: 1024 * 1024,
    maxResponseSize: 4 * 1024 * 1024,
    maxResponseTokens: 100_000,
    logger: options.transcript === undefined ? false : transcriptLogger(options.transcript),
  });
  // An error after sign-in that nobody awaits must not end the process; the socket's own listener reports it.
  client.on('error', () => undefined);
  try {
    await interruptible(client, signal);
  } catch (thrown) {
    client.close();
    throw connectProblem(thrown, {
      stage: transport.stage(),
      host: address.host,
      port: address.port,
      loginDisabled: client.capabilities.has('LOGINDISABLED'),
    });
  }
  log.debug('imap.signed-in', { tls: address.tls });
  client.unbind();
  const socket = transport.socket();
  if (socket === null) throw new TravasoError('INTERNAL', { kind: 'no-socket' });
  return await openSocketConnection(socket, {
    access: options.access,
    silence: timeouts.silence,
    ...(options.transcript === undefined ? {} : { transcript: options.transcript }),
  });
}

async function interruptible(client: ImapFlow, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) throw new TravasoError('INTERRUPTED');
  const interrupted = Promise.withResolvers<never>();
  const abort = () => interrupted.reject(new TravasoError('INTERRUPTED'));
  signal?.addEventListener('abort', abort, { once: true });
  const connecting = client.connect();
  // When the person interrupts, the attempt fails by itself a moment later; by then nobody waits for it.
  connecting.catch(() => undefined);
  try {
    await Promise.race([connecting, interrupted.promise]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function authOf(user: string, credentials: ImapCredentials): Promise<AuthOptions> {
  if (credentials.kind === 'access-token') {
    const { token } = credentials;
    return { user, accessToken: typeof token === 'string' ? token : await token() };
  }
  if (credentials.password === '') throw new TravasoError('PASSWORD_MISSING');
  return { user, pass: credentials.password };
}

/** imapflow logs each command with its secrets already replaced. */
function transcriptLogger(transcript: (line: string) => void) {
  const ignore = () => undefined;
  const debug = (entry: { src?: unknown; msg?: unknown }) => {
    if (entry.src === 'c' && typeof entry.msg === 'string') transcript(entry.msg);
  };
  return { debug, info: ignore, warn: ignore, error: ignore, trace: ignore };
}
