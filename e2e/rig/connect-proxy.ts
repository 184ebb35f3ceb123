import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** The one way out of an office: an HTTP proxy that knows names nobody else knows. Dispose it to close it. */
export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  /** `host:port` of each CONNECT, oldest first. */
  readonly asked: readonly string[];
  /** All that was said to it, in its own protocol and inside the tunnels. */
  heard(): string;
}

export interface ConnectProxyOptions {
  /** Where names lead, as ports of this computer; any other is refused. */
  readonly names: Readonly<Record<string, number>>;
  /** `name:password` without which nothing goes through. */
  readonly credentials?: string;
}

export async function startConnectProxy({ names, credentials }: ConnectProxyOptions): Promise<ConnectProxy> {
  const asked: string[] = [];
  const pieces: Buffer[] = [];
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    kept(socket);
    const target = request.url ?? '';
    asked.push(target);
    pieces.push(Buffer.from(`${target}\n${request.rawHeaders.join('\n')}\n`), head);
    const given = Buffer.from(
      (request.headers['proxy-authorization'] ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString();
    if (credentials !== undefined && given !== credentials) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="ente"\r\n\r\n');
      return;
    }
    const port = names[target.replace(/:\d+$/, '')];
    if (port === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const out = connect({ host: '127.0.0.1', port }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.on('data', piece => pieces.push(piece));
      socket.pipe(out).pipe(socket);
    });
    kept(out);
    for (const [one, other] of [[socket, out] as const, [out, socket] as const])
      one.once('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    heard: () => Buffer.concat(pieces).toString('latin1'),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
