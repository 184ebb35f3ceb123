import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import type { TestCertificate } from '../rig/test-certificate.ts';

/** TLS with a certificate of the test's choice in front of a server's plain port. */
export interface TlsFront extends AsyncDisposable {
  readonly port: number;
  /** What a client has sent inside TLS: nothing, when it was right not to trust. */
  readonly octets: number;
}

export async function startTlsFront(targetPort: number, certificate: TestCertificate): Promise<TlsFront> {
  const [cert, key] = await Promise.all([readFile(certificate.certFile), readFile(certificate.keyFile)]);
  const sockets = new Set<Socket>();
  let octets = 0;
  const listener = createServer({ cert, key }, client => {
    const server = connect(targetPort, '127.0.0.1');
    client.on('data', (chunk: Buffer) => (octets += chunk.length));
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    get octets() {
      return octets;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
