import * as net from 'node:net';
import * as tls from 'node:tls';
import type { ImapFlowOptions } from 'imapflow';
import type { TlsMode } from '../../../shared/account-address.ts';
import { TravasoError } from '../../../shared/errors.ts';
import { isLoopback } from './loopback.ts';

type ImapTransport = NonNullable<ImapFlowOptions['transport']>;

/** How far a connection attempt has come; the same system error means different things on the way. */
export type ConnectStage = 'reaching' | 'securing' | 'greeting' | 'session';

export interface StagedTransport extends ImapTransport {
  stage(): ConnectStage;
  /** The socket that carries the session now; null before `connect`. */
  socket(): net.Socket | null;
}

export interface StagedTransportOptions {
  readonly host: string;
  readonly port: number;
  readonly roots: readonly string[];
  readonly tls: TlsMode;
}

/** node:net and node:tls for imapflow, which by itself does not tell at which stage an attempt failed. */
export function createStagedTransport(options: StagedTransportOptions): StagedTransport {
  let stage: ConnectStage = 'reaching';
  let current: net.Socket | null = null;
  const { host, port } = options;
  const endpoint = net.isIP(host) === 0 ? { host, port, servername: host } : { host, port };
  const security = { ca: [...options.roots], minVersion: 'TLSv1.2' } satisfies tls.ConnectionOptions;

  const connected = (socket: net.Socket, onConnect: () => void) => {
    stage = 'greeting';
    if (options.tls === 'none-on-loopback' && !isLoopback(socket.remoteAddress ?? '')) {
      socket.destroy(new TravasoError('TLS_REQUIRED', { reason: 'not-loopback' }));
      return;
    }
    onConnect();
    watchGreeting(socket);
  };

  /** After imapflow's own listener: the first octets decide whether this is a mail server that wants a password. */
  const watchGreeting = (socket: net.Socket) => {
    let greeting = '';
    const look = (chunk: Buffer) => {
      greeting += chunk.toString('latin1', 0, 16);
      const refusal = greetingProblem(greeting, options.tls);
      if (refusal !== null) socket.destroy(refusal);
      if (refusal === null && greeting.length < '* PREAUTH'.length) return;
      stage = 'session';
      socket.off('data', look);
    };
    socket.on('data', look);
  };

  return {
    stage: () => stage,
    socket: () => current,

    connect({ secure }, onConnect) {
      const common = { ...endpoint, noDelay: true, keepAlive: true };
      if (!secure) {
        const socket: net.Socket = net.connect(common, () => connected(socket, onConnect));
        current = socket;
        return socket;
      }
      const socket: tls.TLSSocket = tls.connect({ ...common, ...security }, () => connected(socket, onConnect));
      socket.once('connect', () => (stage = 'securing'));
      current = socket;
      return socket;
    },

    upgrade(plain, _options, onSecure) {
      stage = 'securing';
      const socket = tls.connect({ ...endpoint, ...security, socket: plain }, () => {
        stage = 'session';
        onSecure();
      });
      current = socket;
      return socket;
    },
  };
}

function greetingProblem(greeting: string, mode: TlsMode): TravasoError | null {
  if (!'* '.startsWith(greeting.slice(0, 2))) return new TravasoError('SERVER_NOT_IMAP');
  if (!/^\* PREAUTH/i.test(greeting)) return null;
  // It signs in somebody, nobody knows whom: the archive would hold a stranger's mail. Before STARTTLS it is also the
  // known trick to keep a connection in clear text, because STARTTLS is only allowed before sign-in (RFC 3501).
  if (mode === 'starttls') return new TravasoError('TLS_NOT_OFFERED', { reason: 'preauth' });
  return new TravasoError('SIGNIN_UNAVAILABLE', { reason: 'preauth' });
}
