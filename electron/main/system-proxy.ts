/**
 * The first proxy of a list as Chromium gives it out of the system's settings or their script (PAC):
 * `PROXY proxy.ente.it:8080; DIRECT`. Null to go directly, and where only SOCKS is offered, which nobody here speaks.
 */
export function proxyOf(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', where = ''] = entry.trim().split(/\s+/);
    if (kind === 'DIRECT') return null;
    if (kind === 'PROXY' && where !== '') return `http://${where}`;
    if (kind === 'HTTPS' && where !== '') return `https://${where}`;
  }
  return null;
}
