import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one exchange: it passes, the server does it and nobody hears, or the line breaks before it. */
export type ExchangeFate = 'pass' | 'lose-reply' | 'break';

export interface LosingHttpProxy extends AsyncDisposable {
  readonly port: number;
  /** Exchanges that did not pass. */
  readonly lost: number;
}

/** Plain HTTP in front of a server on loopback, for what a poor line does to single requests. */
export async function startLosingHttpProxy(
  targetPort: number,
  decide: (exchange: { readonly method: string; readonly nth: number }) => ExchangeFate,
): Promise<LosingHttpProxy> {
  const counts = new Map<string, number>();
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url, headers } = incoming;
    const nth = (counts.get(method) ?? 0) + 1;
    counts.set(method, nth);
    const fate = decide({ method, nth });
    if (fate !== 'pass') lost += 1;
    if (fate === 'break') {
      incoming.socket.destroy();
      return;
    }
    const forwarded = request({ host: '127.0.0.1', port: targetPort, method, path: url, headers });
    forwarded.on('error', () => incoming.socket.destroy());
    forwarded.on('response', (answer: IncomingMessage) => {
      if (fate === 'lose-reply') {
        answer.resume().on('end', () => incoming.socket.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get lost() {
      return lost;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
