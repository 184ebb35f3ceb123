import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient, type HttpClient } from '../electron/engine/http/http-client.ts';
import { createTestCertificate, type TestCertificateOptions } from './rig/test-certificate.ts';
import { createTestDirectory } from './rig/test-directory.ts';

interface HttpsOptions {
  readonly certificate?: Omit<TestCertificateOptions, 'directory'>;
  readonly version?: SecureVersion;
  readonly answer?: RequestListener;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function httpsServer({ certificate = {}, version, answer }: HttpsOptions = {}) {
  const { path: directory, remove } = createTestDirectory('https');
  onTestFinished(remove);
  const { certFile, keyFile, caFile } = await createTestCertificate({ directory, ...certificate });
  const server = createServer(
    {
      cert: await readFile(certFile),
      key: await readFile(keyFile),
      ...(version === undefined ? {} : { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' }),
    },
    answer ?? ((_, response) => response.end('{"hello":"world"}')),
  );
  const port = await listening(server);
  return {
    url: `https://localhost:${port}/`,
    ca: await readFile(caFile, 'utf8'),
  };
}

function client(ca?: string, silence = 20_000): HttpClient {
  const http = createHttpClient({ ca, silence });
  onTestFinished(() => http.close());
  return http;
}

function get(http: HttpClient, url: string, signal: AbortSignal = new AbortController().signal) {
  return http.send({ method: 'GET', url }, signal);
}

test('an organisation’s own authority is trusted when it is given', async () => {
  const { url, ca } = await httpsServer();
  const { status, body } = await get(client(ca), url);
  expect(status).toBe(200);
  expect(await body.json()).toEqual({ hello: 'world' });
});

test.each<[string, HttpsOptions, 'with' | 'without', string]>([
  ['TLS_CERTIFICATE_UNKNOWN_CA', {}, 'without', 'nobody vouches'],
  ['TLS_CERTIFICATE_EXPIRED', { certificate: { flaw: 'expired' } }, 'with', 'it ended yesterday'],
  ['TLS_CERTIFICATE_SELF_SIGNED', { certificate: { flaw: 'self-signed' } }, 'with', 'it vouches for itself'],
  ['TLS_CERTIFICATE_WRONG_HOST', { certificate: { names: ['other.example'] } }, 'with', 'it names somebody else'],
  ['TLS_TOO_OLD', { version: 'TLSv1' }, 'with', 'TLS 1.0'],
])('%s: refused before anything is sent', async (code, options, authority) => {
  const heard: string[] = [];
  const { url, ca } = await httpsServer({ ...options, answer: request => heard.push(request.url ?? '') });
  await expect(get(client(authority === 'with' ? ca : undefined), url)).rejects.toMatchObject({ code });
  expect(heard).toEqual([]);
});

test('plain text where TLS is due', async () => {
  const port = await listening(createHttpServer((_, response) => response.end('hello')));
  await expect(get(client(), `https://localhost:${port}/`)).rejects.toMatchObject({ code: 'TLS_NOT_OFFERED' });
});

test('clear text goes to loopback only', async () => {
  await expect(get(client(), 'http://ente.example/')).rejects.toMatchObject({ code: 'TLS_REQUIRED' });
  const port = await listening(createHttpServer((_, response) => response.end('hello')));
  expect((await get(client(), `http://127.0.0.1:${port}/`)).status).toBe(200);
});

test('a redirect is the caller’s to judge', async () => {
  const { url, ca } = await httpsServer({
    answer: (_, response) => response.writeHead(302, { location: 'https://evil.example/' }).end(),
  });
  const { status, headers, body } = await get(client(ca), url);
  await body.dump();
  expect([status, headers['location']]).toEqual([302, 'https://evil.example/']);
});

test('nobody there, nobody by that name, a line that breaks, a server that says nothing', async () => {
  const gone = createTcpServer();
  const port = await listening(gone);
  gone.close();
  await expect(get(client(), `https://localhost:${port}/`)).rejects.toMatchObject({
    code: 'SERVER_REFUSED_CONNECTION',
  });
  await expect(get(client(), 'https://nobody.invalid/')).rejects.toMatchObject({ code: 'SERVER_UNKNOWN_HOST' });
  const breaks = await httpsServer({ answer: request => request.socket.destroy() });
  await expect(get(client(breaks.ca), breaks.url)).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    problem: { retryAfterMs: 0 },
  });
  const silent = await httpsServer({ answer: () => undefined });
  await expect(get(client(silent.ca, 300), silent.url)).rejects.toMatchObject({ code: 'SERVER_SILENT' });
});

test('given up in the middle', async () => {
  const stop = new AbortController();
  const { url, ca } = await httpsServer({ answer: () => stop.abort() });
  await expect(get(client(ca), url, stop.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
});
