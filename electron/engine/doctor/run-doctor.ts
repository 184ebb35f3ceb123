import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import * as net from 'node:net';
import { parseAccountAddress } from '../../../shared/account-address.ts';
import type { AccountAddress, TlsMode } from '../../../shared/account-address.ts';
import { problemOf, TravasoError } from '../../../shared/errors.ts';
import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { DoctorCheck, DoctorStep } from '../../../shared/model/doctor.ts';
import { createHttpClient } from '../http/http-client.ts';
import { openTunnel } from '../http/proxy-tunnel.ts';
import { connectProblem } from '../imap/connect-problem.ts';
import { trustedRoots } from '../imap/trusted-roots.ts';
import type { FindProxy } from '../ports.ts';
import { examineImap } from './examine-imap.ts';
import { examineTls } from './examine-tls.ts';

export interface DoctorOptions {
  /** Finds the account's address; null when there is none to be found. */
  readonly find: () => Promise<{ readonly address: string; readonly tls: TlsMode | undefined } | null>;
  readonly ca: string | undefined;
  readonly findProxy?: FindProxy | undefined;
  /** Where Microsoft 365 answers IMAP. */
  readonly microsoft: { readonly host: string; readonly port: number };
  /** What the organisation says of these days, told beside the first result; null: nothing. */
  readonly freeze: () => Promise<Problem | null>;
  /** Signs in once with the password that was given, or null when none was. */
  readonly signIn: ((address: string) => Promise<void>) | null;
  readonly signal: AbortSignal;
  readonly report: (step: DoctorStep) => void;
  readonly reportServer: (server: string) => void;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
  /** Where a web service answers; null for a mail server. */
  readonly web: { readonly path: string; readonly missing: ErrorCode } | null;
}

/** For each look; all of them together stay within a minute. */
const patienceMs = 10_000;

/** Looks at one thing after the other until one is bad; those behind it stay unchecked. Never rejects. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const look = async <T>(check: DoctorCheck, work: (seen: Record<string, string>) => Promise<T>): Promise<T> => {
    const seen: Record<string, string> = {};
    options.report({ check, state: 'running', problem: null, seen });
    try {
      const value = await work(seen);
      const warning = warningOf(value);
      options.report({ check, state: 'good', problem: warning, seen });
      return value;
    } catch (error) {
      options.report({ check, state: 'bad', problem: copyOf(problemOf(error)), seen });
      throw error;
    }
  };
  try {
    const { address, endpoint } = await look('find', async seen => {
      const found = await options.find();
      if (found === null) throw new TravasoError('SERVER_UNKNOWN_HOST');
      const parsed = parseAccountAddress(found.address, found.tls === undefined ? {} : { tls: found.tls });
      const place = endpointOf(parsed, options.microsoft);
      seen['server'] = `${place.host}:${place.port}`;
      options.reportServer(seen['server']);
      return { address: found.address, endpoint: place, warning: await options.freeze() };
    });
    const proxy = await proxyTo(endpoint, options);
    await look('name', seen => lookUp(endpoint, proxy, seen));
    const socket = await look('port', seen => reach(endpoint, proxy, options, seen));
    const secured = await secure(endpoint, socket, look, options);
    try {
      await look('service', seen => examineService(endpoint, secured, options, seen));
    } finally {
      secured.destroy();
    }
    const { signIn } = options;
    if (signIn !== null) await look('account', () => signIn(address));
  } catch {
    // It stands in the step that failed.
  }
}

type Look = <T>(check: DoctorCheck, work: (seen: Record<string, string>) => Promise<T>) => Promise<T>;

/** TLS at once, or after the greeting where the server speaks in clear first. */
async function secure(endpoint: Endpoint, socket: net.Socket, look: Look, options: DoctorOptions): Promise<net.Socket> {
  if (endpoint.tls === 'none-on-loopback') return socket;
  const { socket: secured } = await look('tls', async seen => {
    const signal = limited(options.signal);
    if (endpoint.tls === 'starttls') await examineImap(socket, { host: endpoint.host, startTls: true }, signal);
    const findings = await examineTls({ ...endpoint, ca: options.ca }, socket, signal);
    Object.assign(seen, findings.seen);
    if (findings.interceptor !== null) seen['interceptor'] = findings.interceptor;
    if (findings.refusal !== null) {
      findings.socket.destroy();
      throw findings.refusal;
    }
    return findings;
  });
  return secured;
}

async function examineService(
  endpoint: Endpoint,
  socket: net.Socket,
  { ca, findProxy, signal }: DoctorOptions,
  seen: Record<string, string>,
): Promise<void> {
  if (endpoint.web !== null) {
    const { path, missing } = endpoint.web;
    const client = createHttpClient({ ca, silence: patienceMs, findProxy });
    try {
      const scheme = endpoint.tls === 'none-on-loopback' ? 'http' : 'https';
      const url = `${scheme}://${endpoint.host}:${endpoint.port}${path}`;
      const { status, headers, body } = await client.send({ method: 'GET', url }, limited(signal));
      await body.dump();
      seen['status'] = String(status);
      seen['type'] = String(headers['content-type'] ?? '');
      // The SOAP servlet answers a GET with a refusal of its own, and so does a DAV server; a web server without it, with 404.
      if (status === 404) throw new TravasoError(missing, { host: endpoint.host, port: endpoint.port });
      return;
    } finally {
      await client.close();
    }
  }
  const greeted = endpoint.tls === 'starttls';
  const { greeting, capabilities } = await examineImap(
    socket,
    { host: endpoint.host, startTls: false, greeted },
    limited(signal),
  );
  if (greeting !== '') seen['greeting'] = greeting.slice(0, 200);
  seen['capabilities'] = capabilities.join(' ');
  const ways = capabilities.filter(capability => capability.startsWith('AUTH='));
  if (capabilities.includes('LOGINDISABLED') && ways.length === 0)
    throw new TravasoError('SIGNIN_UNAVAILABLE', { host: endpoint.host, reason: 'login-disabled' });
}

/** The way out of this network, as far as it is told; null: directly. */
async function proxyTo({ host, port }: Endpoint, { findProxy }: DoctorOptions): Promise<string | null> {
  if (findProxy === undefined) return null;
  return await findProxy(`https://${net.isIPv6(host) ? `[${host}]` : host}:${port}/`);
}

async function lookUp(
  { host, port, web }: Endpoint,
  proxy: string | null,
  seen: Record<string, string>,
): Promise<void> {
  try {
    const addresses = await lookup(host, { all: true });
    seen['addresses'] = addresses.map(({ address }) => address).join(' ');
  } catch (error) {
    // Behind a proxy names of the outside are often known to it alone.
    if (proxy === null) throw connectProblem(error, { stage: 'reaching', host, port: 0, loginDisabled: false });
    if (web === null) throw notThroughProxy(error, { host, port, proxy });
    seen['addresses'] = 'proxy';
  }
}

async function reach(
  endpoint: Endpoint,
  proxy: string | null,
  { ca, signal }: DoctorOptions,
  seen: Record<string, string>,
): Promise<net.Socket> {
  const { host, port, web } = endpoint;
  if (proxy === null) return await reachDirectly(endpoint, signal);
  seen['proxy'] = new URL(proxy).host;
  if (web !== null) {
    const to = { host, port, roots: trustedRoots(ca), patience: patienceMs, signal };
    const socket = await openTunnel(proxy, to);
    socket.on('error', () => undefined);
    return socket;
  }
  return await reachDirectly(endpoint, signal).catch((error: unknown) => {
    throw notThroughProxy(error, { host, port, proxy });
  });
}

/** HTTPS finds its way through a proxy; mail by IMAP goes directly or not at all. */
function notThroughProxy(
  cause: unknown,
  { host, port, proxy }: { readonly host: string; readonly port: number; readonly proxy: string },
): TravasoError {
  return new TravasoError('MAIL_NOT_THROUGH_PROXY', { host, port, proxy: new URL(proxy).host }, { cause });
}

async function reachDirectly({ host, port }: Endpoint, signal: AbortSignal): Promise<net.Socket> {
  const socket = net.connect({ host, port });
  // Later failures are told by whoever uses it then.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: limited(signal) });
    return socket;
  } catch (error) {
    socket.destroy();
    if (error instanceof Error && error.name === 'AbortError')
      throw new TravasoError('SERVER_UNREACHABLE', { host, port }, { cause: error });
    throw connectProblem(error, { stage: 'reaching', host, port, loginDisabled: false });
  }
}

function endpointOf(address: AccountAddress, microsoft: DoctorOptions['microsoft']): Endpoint {
  switch (address.kind) {
    case 'imap':
      return { host: address.host, port: address.port, tls: address.tls, web: null };
    case 'microsoft365':
      return { ...microsoft, tls: 'implicit', web: null };
    case 'zimbra':
    case 'carbonio':
      return {
        host: address.host,
        port: address.port,
        tls: 'implicit',
        web: { path: '/service/soap', missing: 'SERVER_NOT_IMAP' },
      };
    case 'dav': {
      const path = address.service ?? '/.well-known/carddav';
      return { host: address.host, port: address.port, tls: address.tls, web: { path, missing: 'SERVER_NOT_DAV' } };
    }
    default:
      throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: address.kind });
  }
}

function limited(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
}

/** What goes well and the person should know all the same: someone reads along, or settings are frozen. */
function warningOf(value: unknown): Problem | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('warning' in value && value.warning !== null) return copyOf(value.warning as Problem);
  if (!('interceptor' in value)) return null;
  const { interceptor } = value;
  return typeof interceptor === 'string' ? { code: 'TLS_INTERCEPTED', details: { issuer: interceptor } } : null;
}

function copyOf(problem: Problem): Problem {
  return { ...problem, details: { ...problem.details } };
}
