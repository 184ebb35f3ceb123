import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { faultBook, type ActiveFault, type FaultRule } from './fault-rules.ts';
import { proxyConnection, type ProxyConnection } from './proxy-connection.ts';
import type { LinkQuality } from './proxy-link.ts';
import { seededRandom } from './seeded-random.ts';

export type { ActiveFault, FaultAction, FaultRule } from './fault-rules.ts';
export type { LinkQuality } from './proxy-link.ts';

/**
 * A bad line in front of a real IMAP server, for connections without TLS on loopback. Rules break it at moments IMAP
 * defines ("inside the third message", "after the server stored it, before the client knew"); `quality` makes it slow,
 * small or unreliable. Understands literals of every kind, MULTIAPPEND and pipelining.
 */
export interface FaultProxy extends AsyncDisposable {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Puts a rule to work; its figures tell afterwards whether it ever was. */
  inject(rule: FaultRule): ActiveFault;
  /** Takes all rules out and makes the line good again; thaws what is frozen. */
  heal(): void;
  /** May be assigned to at any time. */
  readonly quality: LinkQuality;
  /** Acts now on every open connection. */
  bye(text: string): Promise<void>;
  cut(how?: 'cut' | 'reset'): void;
  freeze(): void;
  thaw(): void;
  /** How many clients have connected so far. */
  readonly connections: number;
  /** How often each verb was used, upper case, e.g. `UID FETCH`: proof of what a client did and did not do. */
  commandCounts(): ReadonlyMap<string, number>;
}

export interface FaultProxyOptions {
  readonly targetPort: number;
  /** Default: 127.0.0.1. */
  readonly targetHost?: string;
  /** Of every random choice: probabilities, random octets, drops. Default: 1. */
  readonly seed?: number;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const random = seededRandom(options.seed ?? 1);
  const faults = faultBook(random);
  const quality: LinkQuality = {};
  const open = new Set<ProxyConnection>();
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  let connections = 0;

  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // The pump sees the same failure as an ended stream; without a listener it would end the process.
    socket.on('error', () => undefined);
  };
  const onCommand = (command: string): void => {
    const verb = (/^(UID )?\S+/i.exec(command)?.[0] ?? '').toUpperCase();
    counts.set(verb, (counts.get(verb) ?? 0) + 1);
  };

  const accept = (client: Socket): void => {
    connections += 1;
    track(client);
    const action = faults.occasion('connect', {})?.action;
    if (action === 'reset') return void client.resetAndDestroy();
    if (action === 'cut') return void client.end();
    if (typeof action === 'object') return void client.end(`* BYE ${action.bye}\r\n`);
    const server = connect({
      port: options.targetPort,
      host: options.targetHost ?? '127.0.0.1',
      allowHalfOpen: true,
    });
    track(server);
    const connection = proxyConnection({ client, server, faults, quality, random, onCommand });
    open.add(connection);
    client.on('close', () => open.delete(connection));
    if (action === 'freeze') connection.freeze();
  };

  const listener = createServer({ allowHalfOpen: true }, accept);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const each = (act: (connection: ProxyConnection) => void): void => {
    for (const connection of open) act(connection);
  };

  return {
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    quality,
    inject: rule => faults.add(rule),
    heal() {
      faults.clear();
      for (const key of Object.keys(quality)) Reflect.deleteProperty(quality, key);
      each(connection => connection.thaw());
    },
    async bye(text) {
      await Promise.all([...open].map(connection => connection.bye(text)));
    },
    cut: (how = 'cut') => each(connection => connection.cut(how)),
    freeze: () => each(connection => connection.freeze()),
    thaw: () => each(connection => connection.thaw()),
    get connections() {
      return connections;
    },
    commandCounts: () => counts,
    async [Symbol.asyncDispose]() {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
