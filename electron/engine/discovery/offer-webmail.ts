import type { NetworkPort } from '../ports.ts';
import type { NetworkAccount } from './find-accounts.ts';

/** For all hosts together. */
const patienceMs = 5000;

/**
 * Puts a Zimbra or Carbonio account before the mail server of the same host: its own door knows second factors, and
 * tells folders and tags by what they are. A server whose port was typed is taken for what the person said it is.
 */
export async function offerWebmail(
  found: readonly NetworkAccount[],
  { mail, role }: { readonly mail: string; readonly role: 'source' | 'target' },
  network: NetworkPort,
): Promise<NetworkAccount[]> {
  const signal = AbortSignal.timeout(patienceMs);
  const hosts = [...new Set(found.map(({ host }) => host))].filter(host => !/:\d+$/.test(host));
  const kinds = new Map(
    await Promise.all(
      hosts.map(async host => {
        const bare = host.replace(/^\[|\]$/g, '');
        return [host, (await network.webmail?.(bare, signal)) ?? null] as const;
      }),
    ),
  );
  const offered = new Set<string>();
  return found.flatMap(account => {
    const { host, by } = account;
    const kind = kinds.get(host) ?? null;
    // Nothing is uploaded to a Zimbra; either can be read.
    const scheme = role === 'source' ? 'zimbra' : 'carbonio';
    if (kind === null || offered.has(host) || (role === 'target' && kind !== 'carbonio')) return [account];
    offered.add(host);
    const address = `${scheme}://${encodeURIComponent(mail.trim())}@${host}`;
    return [{ address, tls: 'implicit' as const, host, signIn: 'password' as const, by }, account];
  });
}
