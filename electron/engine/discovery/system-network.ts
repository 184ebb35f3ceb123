import { Resolver } from 'node:dns/promises';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { createHttpClient } from '../http/http-client.ts';
import { connectProblem } from '../imap/connect-problem.ts';
import { trustedRoots } from '../imap/trusted-roots.ts';
import type { FindProxy, NetworkPort } from '../ports.ts';
import { askWebmail } from './ask-webmail.ts';

/** An autoconfig file has some kilobytes. */
const mostOctets = 128 * 1024;

/** The computer's own name servers and line; HTTPS goes through a proxy where there is one. */
export function systemNetwork(findProxy?: FindProxy): NetworkPort {
  return {
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

    async document(url, signal) {
      const client = createHttpClient({ silence: 4000, findProxy });
      try {
        const { status, body } = await client.send({ method: 'GET', url }, signal);
        if (status !== 200) return null;
        const pieces: Buffer[] = [];
        let octets = 0;
        for await (const piece of body) {
          octets += piece.length;
          if (octets > mostOctets) return null;
          pieces.push(piece);
        }
        return Buffer.concat(pieces).toString('utf8');
      } catch {
        // Nobody there, or nobody with a certificate: nothing is suggested.
        return null;
      } finally {
        await client.close();
      }
    },

    webmail: (host, signal) => askWebmail(host, signal, createHttpClient({ silence: 4000, findProxy })),

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
}
