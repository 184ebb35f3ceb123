import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { createTestCertificate } from '../../rig/test-certificate.ts';
import { createTestDirectory } from '../../rig/test-directory.ts';
import { usualQuirks, type ExchangeQuirks } from './exchange-quirks.ts';
import { serveExchange } from './exchange-session.ts';
import { ExchangeState } from './exchange-state.ts';

/** A mailbox of Exchange Online on loopback, over TLS, in this process. Dispose it to close it. */
export interface FakeExchange extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** PEM of the authority to trust. */
  readonly ca: string;
  readonly state: ExchangeState;
}

/** @param user the address whose token is accepted */
export async function startExchange(user: string, quirks: Partial<ExchangeQuirks> = {}): Promise<FakeExchange> {
  const directory = createTestDirectory('exchange');
  const certificate = await createTestCertificate({ directory: directory.path });
  const [cert, key, ca] = await Promise.all(
    [certificate.certFile, certificate.keyFile, certificate.caFile].map(file => readFile(file, 'utf8')),
  );
  const state = new ExchangeState(user, { ...usualQuirks, ...quirks });
  const server = createServer({ cert, key }, socket => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    serveExchange(socket, state);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: 'localhost',
    port: (server.address() as AddressInfo).port,
    ca: ca ?? '',
    state,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      state.closeAll();
      await closed;
      directory.remove();
    },
  };
}
