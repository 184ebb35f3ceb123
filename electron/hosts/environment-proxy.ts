/**
 * The proxy that the environment names for an address, as curl and others read it: `HTTPS_PROXY`, else `ALL_PROXY`;
 * `NO_PROXY` lists hosts that are reached directly, each with all beneath it. This computer itself always is.
 *
 * @returns null for none; undefined where the environment says nothing of proxies at all
 */
export function environmentProxy(
  env: Readonly<Record<string, string | undefined>>,
  url: string,
): string | null | undefined {
  const said = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const named = said('HTTPS_PROXY') ?? said('ALL_PROXY');
  if (named === undefined) return undefined;
  const { hostname, port } = new URL(url);
  if (named === '' || isLocal(hostname) || isExcepted(said('NO_PROXY') ?? '', hostname, port)) return null;
  const proxy = /^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`;
  // SOCKS is not spoken here; what is no address helps nobody.
  return URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol) ? proxy : null;
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function isExcepted(list: string, hostname: string, port: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some(entry => {
      if (entry === '*') return true;
      const { name = '', only } = /^(?:\*?\.)?(?<name>\[[^\]]*\]|[^:]*)(?::(?<only>\d+))?$/.exec(entry)?.groups ?? {};
      if (name === '' || (only !== undefined && only !== (port === '' ? '443' : port))) return false;
      return hostname === name || hostname.endsWith(`.${name}`);
    });
}
