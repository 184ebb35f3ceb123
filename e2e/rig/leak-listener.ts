import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LeakListener {
  readonly port: number;
  /** What was asked of hosts whose name begins with `name`, as `GET /leak-7`. */
  asked(name: string): readonly string[];
  close(): Promise<void>;
}

/** Answers any name on loopback and remembers what was asked. `/empty` is a page without any policy. */
export async function startLeakListener(): Promise<LeakListener> {
  const asked: { readonly host: string; readonly what: string }[] = [];
  const server = createServer((request, response) => {
    if (request.url !== '/empty')
      asked.push({ host: request.headers.host ?? '', what: `${request.method ?? ''} ${request.url ?? ''}` });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', request.url === '/empty' ? 'text/html' : 'text/plain');
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked: name => asked.filter(({ host }) => host.startsWith(`${name}.`)).map(({ what }) => what),
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
