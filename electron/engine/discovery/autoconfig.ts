import { SaxesParser } from 'saxes';
import type { TlsMode } from '../../../shared/account-address.ts';
import type { NetworkPort } from '../ports.ts';

export interface ConfiguredServer {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsMode;
}

/**
 * IMAP servers out of the domain's own autoconfig file (Thunderbird's format, draft-ietf-mailmaint-autoconfig). The
 * mail address is not sent along, and Mozilla's central database is not asked: neither is anybody else's business.
 */
export async function autoconfigServers(
  domain: string,
  network: NetworkPort,
  signal: AbortSignal,
): Promise<readonly ConfiguredServer[]> {
  const places = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
  const answers = await Promise.all(places.map(place => network.document(place, signal)));
  const text = answers.find(answer => answer !== null);
  return typeof text === 'string' ? readAutoconfig(text) : [];
}

/** Servers without TLS are left out, whatever the file says. What is no such file yields none. */
export function readAutoconfig(xml: string): ConfiguredServer[] {
  const servers: ConfiguredServer[] = [];
  const parser = new SaxesParser({ xmlns: false });
  const open: { server: Record<string, string> | null; text: string; broken: boolean } = {
    server: null,
    text: '',
    broken: false,
  };
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'incomingServer' && attributes['type'] === 'imap') open.server = {};
    open.text = '';
  });
  parser.on('text', piece => {
    open.text += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (open.server === null) return;
    if (name !== 'incomingServer') {
      open.server[name] ??= open.text.trim();
      return;
    }
    const server = serverOf(open.server);
    if (server !== null) servers.push(server);
    open.server = null;
  });
  // Without a listener the parser throws.
  parser.on('error', () => {
    open.broken = true;
  });
  parser.write(xml).close();
  return open.broken ? [] : servers;
}

const tlsOf: Readonly<Record<string, TlsMode>> = { SSL: 'implicit', STARTTLS: 'starttls' };

function serverOf({ hostname = '', port = '', socketType = '' }: Record<string, string>): ConfiguredServer | null {
  const tls = tlsOf[socketType.toUpperCase()];
  const number = Number(port);
  if (tls === undefined || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(hostname)) return null;
  return Number.isInteger(number) && number > 0 && number < 65_536
    ? { host: hostname.toLowerCase(), port: number, tls }
    : null;
}
