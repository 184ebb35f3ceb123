import type { ImapAddress } from '../../../../shared/account-address.ts';
import type { NetworkPort } from '../../ports.ts';

/** For all of them together. */
const patienceMs = 6000;

/**
 * Where a Zimbra server's mail answers: usually on the same host, at the port of IMAP over TLS; without a proxy in
 * front, at Zimbra's own. When nobody answers the first is named, so that connecting says what is wrong.
 */
export async function findMailServer(
  { user, host, port }: { readonly user: string; readonly host: string; readonly port: number | null },
  network: NetworkPort,
  signal: AbortSignal,
): Promise<ImapAddress> {
  const at = (each: number, tls: ImapAddress['tls']): ImapAddress => ({ kind: 'imap', user, host, port: each, tls });
  if (port !== null) return at(port, port === 143 ? 'starttls' : 'implicit');
  const usual = at(993, 'implicit');
  const ways = [usual, at(7993, 'implicit'), at(143, 'starttls')];
  const settled = new AbortController();
  const patience = AbortSignal.any([signal, settled.signal, AbortSignal.timeout(patienceMs)]);
  const asked = ways.map(way => ({ way, answer: network.answers(way, patience) }));
  try {
    for (const { way, answer } of asked) if (await answer) return way;
    return usual;
  } finally {
    settled.abort();
  }
}
