import { Resolver } from 'node:dns/promises';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { connectProblem } from '../imap/connect-problem.ts';
import { trustedRoots } from '../imap/trusted-roots.ts';
import type { NetworkPort } from '../ports.ts';

/** The computer's own name servers and line. */
export const systemNetwork: NetworkPort = {
  async services(name, signal) {
    const resolver = new Resolver({ timeout: 1500, tries: 2 });
    const cancel = (): void => {
      resolver.cancel();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const records = await resolver.resolveSrv(name);
      return records.map(({ name: target, port, priority, weight }) => ({ target, port, priority, weight }));
    } catch {
      // No such record, no such domain, no line: there is nothing to suggest in any of these cases.
      return [];
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  },

  answers: (endpoint, signal) =>
    new Promise(resolve => {
      const { host, port } = endpoint;
      const servername = net.isIP(host) === 0 ? { servername: host } : {};
      const socket =
        endpoint.tls === 'implicit'
          ? tls.connect({ host, port, ...servername, ca: [...trustedRoots(undefined)], minVersion: 'TLSv1.2' })
          : net.connect({ host, port });
      const settle = (answered: boolean): void => {
        signal.removeEventListener('abort', giveUp);
        socket.destroy();
        resolve(answered);
      };
      const giveUp = (): void => settle(false);
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
      socket.once('secureConnect', () => settle(true));
      // The greeting: an IMAP server speaks first.
      socket.once('data', (chunk: Buffer) => settle(chunk.toString('latin1', 0, 2) === '* '));
      socket.once('close', giveUp);
      socket.on('error', error => {
        // A server whose certificate is wrong is a server: signing in will say what is wrong with it.
        const { code } = connectProblem(error, { stage: 'securing', host, port, loginDisabled: false });
        settle(endpoint.tls === 'implicit' && code.startsWith('TLS_CERTIFICATE_'));
      });
    }),
};
