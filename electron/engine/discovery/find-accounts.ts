import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { TlsMode } from '../../../shared/account-address.ts';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import { isLoopback } from '../imap/loopback.ts';
import type { NetworkPort, ServiceRecord } from '../ports.ts';
import { autoconfigServers } from './autoconfig.ts';
import { readTypedServer } from './typed-server.ts';

/** For each of the rounds: the records of the domain, its autoconfig file, and a knock at its usual names. */
const patienceMs = 4000;
/** Names under which a domain's mail server is usually found; `posta` in Italy. */
const usualNames = ['imap', 'mail', 'posta'];
/** More servers than these nobody has; a longer list is somebody's mistake, or a trap. */
const mostFound = 6;

interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
}

/** Before anybody has judged the host. */
export type NetworkAccount = Omit<FoundAccount, 'judgement'>;

export interface FindOptions {
  /** What the person signs in with. */
  readonly mail: string;
  /** What the person typed as the server, if anything. */
  readonly server: string | null;
}

/**
 * Servers for a mail address, most likely first. What was typed counts alone; else the domain's own SRV records
 * (RFC 6186); else its autoconfig file; else whoever answers at the usual names. Nothing is sent but a connection, and never the address.
 */
export async function findAccounts({ mail, server }: FindOptions, network: NetworkPort): Promise<NetworkAccount[]> {
  const user = mail.trim();
  if (user === '') return [];
  if (server !== null && server.trim() !== '') {
    const endpoints = await typedEndpoints(server, network);
    return endpoints.map(endpoint => found(user, endpoint, 'typed'));
  }
  const domain = domainToASCII(user.slice(user.lastIndexOf('@') + 1));
  if (!user.includes('@') || !/^([a-z0-9_-]+\.)+[a-z0-9-]+$/i.test(domain)) return [];
  const announced = await announcedEndpoints(domain, network);
  const configured = announced.length > 0 ? announced : await configuredEndpoints(domain, network);
  const endpoints = configured.length > 0 ? configured : await usualEndpoints(domain, network);
  return endpoints.slice(0, mostFound).map(endpoint => found(user, endpoint, 'lookup'));
}

/** By priority, the lower first; of equals the one with TLS from the start (RFC 8314), then the heavier. */
async function announcedEndpoints(domain: string, network: NetworkPort): Promise<Endpoint[]> {
  const signal = AbortSignal.timeout(patienceMs);
  const [implicit, starttls] = await Promise.all([
    network.services(`_imaps._tcp.${domain}`, signal),
    network.services(`_imap._tcp.${domain}`, signal),
  ]);
  const rows = [...withTls(implicit, 'implicit'), ...withTls(starttls, 'starttls')];
  rows.sort(
    (a, b) =>
      a.priority - b.priority || Number(a.tls === 'starttls') - Number(b.tls === 'starttls') || b.weight - a.weight,
  );
  return rows.map(({ target, port, tls }) => ({ host: target, port, tls }));
}

async function configuredEndpoints(domain: string, network: NetworkPort): Promise<readonly Endpoint[]> {
  return await autoconfigServers(domain, network, AbortSignal.timeout(patienceMs));
}

/** A target of `.` says that the service is not offered (RFC 2782). */
function withTls(records: readonly ServiceRecord[], tls: TlsMode): (ServiceRecord & { readonly tls: TlsMode })[] {
  return records
    .map(record => ({ ...record, target: record.target.toLowerCase().replace(/\.$/, ''), tls }))
    .filter(({ target }) => target !== '');
}

async function usualEndpoints(domain: string, network: NetworkPort): Promise<Endpoint[]> {
  const open = await Promise.all(
    usualNames.map(name => {
      const host = `${name}.${domain}`;
      return firstAnswering(
        [
          { host, port: 993, tls: 'implicit' },
          { host, port: 143, tls: 'starttls' },
        ],
        network,
      );
    }),
  );
  return open.filter(endpoint => endpoint !== null);
}

/** When nobody answers, every way in: signing in will then say what is wrong with the server the person named. */
async function typedEndpoints(text: string, network: NetworkPort): Promise<Endpoint[]> {
  const typed = readTypedServer(text);
  if (typed === null) return [];
  const { host, port, tls } = typed;
  const at = (mode: TlsMode): Endpoint => ({ host, port: port ?? (mode === 'implicit' ? 993 : 143), tls: mode });
  if (tls !== null) return [at(tls)];
  if (port === 993) return [at('implicit')];
  const ways = port === 143 ? [at('starttls')] : [at('implicit'), at('starttls')];
  const answering = ways.length > 1 ? await firstAnswering(ways, network) : null;
  const endpoints = answering === null ? ways : [answering];
  // A bridge on this very computer may have no TLS at all, which its greeting does not tell.
  const mayBeClear = isLoopback(host) && endpoints.some(endpoint => endpoint.tls === 'starttls');
  return mayBeClear ? [...endpoints, at('none-on-loopback')] : endpoints;
}

/** All are asked at once; who comes later in the list is waited for only when nobody before it answered. */
async function firstAnswering(endpoints: readonly Endpoint[], network: NetworkPort): Promise<Endpoint | null> {
  const settled = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(patienceMs), settled.signal]);
  const asked = endpoints.map(endpoint => ({ endpoint, answer: network.answers(endpoint, signal) }));
  try {
    for (const { endpoint, answer } of asked) if (await answer) return endpoint;
    return null;
  } finally {
    settled.abort();
  }
}

function found(user: string, { host, port, tls }: Endpoint, by: FoundAccount['by']): NetworkAccount {
  const usual = tls === 'implicit' ? 993 : 143;
  const shown = `${isIPv6(host) ? `[${host}]` : host}${port === usual ? '' : `:${port}`}`;
  const scheme = tls === 'implicit' ? 'imaps' : 'imap';
  return { address: `${scheme}://${encodeURIComponent(user)}@${shown}`, tls, host: shown, signIn: 'password', by };
}
