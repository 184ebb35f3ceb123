import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../electron/engine/http/http-client.ts';
import { problemOf } from '../shared/errors.ts';
import { startConnectProxy, type ConnectProxy, type ConnectProxyOptions } from './rig/connect-proxy.ts';
import { freePorts } from './rig/free-ports.ts';
import { runHere } from './rig/run-here.ts';
import { createTestCertificate } from './rig/test-certificate.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** A name that only the proxy knows, so that nothing arrives but by it. */
const host = 'posta.ente.test';
const secret = 'canarino-intestazione';
const never = new AbortController().signal;

/** A server behind the proxy that answers as Zimbra's SOAP servlet does to a GET. */
async function serverBehind(names: readonly string[] = [host]) {
  const { path: directory, remove } = createTestDirectory('proxy');
  onTestFinished(remove);
  const { certFile, keyFile, caFile } = await createTestCertificate({ directory, names });
  const heard: string[] = [];
  const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, (request, response) => {
    heard.push(String(request.headers['authorization']));
    response.writeHead(405).end('GET is not supported');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { caFile, ca: await readFile(caFile, 'utf8'), port: (server.address() as AddressInfo).port, heard };
}

async function proxyTo(names: ConnectProxyOptions['names'], credentials?: string): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(credentials === undefined ? { names } : { names, credentials });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return proxy;
}

async function get(proxy: string | null, ca?: string): Promise<number | ReturnType<typeof problemOf>> {
  const http = createHttpClient({ ca, silence: 10_000, findProxy: () => Promise.resolve(proxy) });
  onTestFinished(() => http.close());
  const headers = { authorization: secret };
  try {
    const { status, body } = await http.send({ method: 'GET', url: `https://${host}/`, headers }, never);
    await body.dump();
    return status;
  } catch (error) {
    return problemOf(error);
  }
}

test('HTTPS goes through the proxy, which hears a name and a port and nothing else', async () => {
  const server = await serverBehind();
  const proxy = await proxyTo({ [host]: server.port });
  expect(await get(proxy.url, server.ca)).toBe(405);
  expect(server.heard).toEqual([secret]);
  expect(proxy.asked).toEqual([`${host}:443`]);
  expect(proxy.heard()).toContain(host);
  expect(proxy.heard()).not.toContain(secret);
  expect(await get(null, server.ca)).toMatchObject({ code: 'SERVER_UNKNOWN_HOST' });
});

test('who answers at the end of the tunnel is looked at as if there were none', async () => {
  const stranger = await serverBehind(['other.example']);
  const proxy = await proxyTo({ [host]: stranger.port });
  expect(await get(proxy.url)).toMatchObject({ code: 'TLS_CERTIFICATE_UNKNOWN_CA', details: { host } });
  expect(await get(proxy.url, stranger.ca)).toMatchObject({ code: 'TLS_CERTIFICATE_WRONG_HOST' });
  expect(stranger.heard).toEqual([]);
});

test('a proxy that wants a name and a password gets them from the setting, and tells nobody', async () => {
  const server = await serverBehind();
  const proxy = await proxyTo({ [host]: server.port }, 'anna:canarino proxy');
  const refused = { code: 'PROXY_REFUSED', details: { host, proxy: new URL(proxy.url).host, status: 407 } };
  expect(await get(proxy.url, server.ca)).toEqual(refused);
  expect(await get(proxy.url.replace('//', '//anna:sbagliata@'), server.ca)).toEqual(refused);
  expect(await get(proxy.url.replace('//', '//anna:canarino%20proxy@'), server.ca)).toBe(405);
});

test('a proxy that refuses, and one that is not there, each by its name', async () => {
  const proxy = await proxyTo({});
  expect(await get(proxy.url)).toMatchObject({ code: 'PROXY_REFUSED', details: { status: 403 } });
  const [nobody] = await freePorts(1);
  expect(await get(`http://127.0.0.1:${String(nobody)}`)).toMatchObject({
    code: 'PROXY_UNREACHABLE',
    details: { proxy: `127.0.0.1:${String(nobody)}` },
  });
});

test('the command line and its doctor take the proxy from the environment', async () => {
  const server = await serverBehind();
  const proxy = await proxyTo({ [host]: server.port });
  const env = { HTTPS_PROXY: proxy.url, NO_PROXY: '' };
  const doctor = async (target: string) =>
    (await runHere(['doctor', '--target', target, '--ca', server.caFile, '--json'], { env })).events;
  expect(await doctor(`carbonio://anna%40ente.test@${host}`)).toEqual(
    expect.arrayContaining([expect.objectContaining({ check: 'service', state: 'good' })]),
  );
  // Mail by IMAP does not go through it, and that is said.
  expect(await doctor(`imaps://anna%40ente.test@${host}`)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        check: 'name',
        state: 'bad',
        problem: expect.objectContaining({ code: 'MAIL_NOT_THROUGH_PROXY' }) as unknown,
      }),
    ]),
  );
});
