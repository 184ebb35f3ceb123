import { getDomain } from 'tldts';
import { unicodeLabel } from './punycode-label.ts';

/** What a person should know before they follow a link. */
export type LinkWarning =
  /** The text of the link names another site than the one it leads to. */
  | { readonly kind: 'text-differs'; readonly shown: string }
  /** Its name reads like that of a site which the message speaks for, and is another. */
  | { readonly kind: 'looks-like'; readonly known: string }
  /** Letters that are not those of the Latin alphabet, or have accents; `scripts` as Unicode names them. */
  | { readonly kind: 'other-letters'; readonly scripts: readonly string[] }
  /** `https://banca.it@ladri.example/`: what stands before the `@` is not where it leads. */
  | { readonly kind: 'user-part'; readonly pretended: string }
  | { readonly kind: 'number-address' }
  /** This computer or the network it is in. */
  | { readonly kind: 'own-network' }
  | { readonly kind: 'odd-port'; readonly port: string }
  | { readonly kind: 'not-encrypted' };

export type LinkRefusal =
  /** `javascript:`, `data:`…: would run something. */
  | 'script'
  /** `file:` and drive letters: a file of this computer. */
  | 'file'
  /** `smb:`, `\\server\share`: opening it tells the other side the name and password's hash of whoever is signed in. */
  | 'share'
  /** `ms-…:` and every other scheme: would start another program. */
  | 'program'
  /** Leads nowhere from within a message: `pagina.html`, `#sotto`. */
  | 'nowhere';

export type JudgedLink =
  | {
      readonly kind: 'web';
      /** As a browser spells it out, percent-encoded and punycoded. */
      readonly url: string;
      /** In letters, and as it is in the network where that differs. */
      readonly host: string;
      readonly asciiHost: string;
      readonly warnings: readonly LinkWarning[];
    }
  | { readonly kind: 'mail'; readonly addresses: string }
  | { readonly kind: 'refused'; readonly why: LinkRefusal; readonly raw: string };

/**
 * What a link of a message really is. Only web addresses can be opened.
 *
 * @param raw as it stands in the message
 * @param text what the reader sees of it
 * @param known hosts or mail addresses that the message speaks for: its sender's, its recipients'
 */
export function judgeLink(raw: string, text: string, known: readonly string[]): JudgedLink {
  const trimmed = withoutControls(raw);
  if (/^([\\/]{2}|[\\/]\\|\\\/)/.test(trimmed)) return { kind: 'refused', why: 'share', raw: trimmed };
  if (/^[a-z]:[\\/]/i.test(trimmed)) return { kind: 'refused', why: 'file', raw: trimmed };
  const url = parsed(trimmed);
  if (url === null) return { kind: 'refused', why: 'nowhere', raw: trimmed };
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return webLink(url, text, known);
    case 'mailto:':
      return { kind: 'mail', addresses: decoded(url.pathname) };
    default:
      return { kind: 'refused', why: refusals[url.protocol] ?? 'program', raw: trimmed };
  }
}

const refusals: Readonly<Record<string, LinkRefusal>> = {
  'javascript:': 'script',
  'vbscript:': 'script',
  'data:': 'script',
  'blob:': 'script',
  'view-source:': 'script',
  'file:': 'file',
  'smb:': 'share',
  'cifs:': 'share',
  'nfs:': 'share',
  'afp:': 'share',
  'dav:': 'share',
  'davs:': 'share',
};

function webLink(url: URL, text: string, known: readonly string[]): JudgedLink {
  const asciiHost = url.hostname;
  const host = asciiHost.split('.').map(unicodeLabel).join('.');
  return { kind: 'web', url: url.href, host, asciiHost, warnings: [...warningsOf(url, host, text, known)] };
}

function* warningsOf(url: URL, host: string, text: string, known: readonly string[]): Generator<LinkWarning> {
  const shown = hostIn(text);
  const domain = domainOf(url.hostname);
  if (shown !== null && domainOf(shown) !== domain) yield { kind: 'text-differs', shown };
  const alike = [...new Set([...(shown === null ? [] : [shown]), ...known.map(hostOfKnown)].map(domainOf))].find(
    other => other !== '' && other !== domain && sameLooks(other, domain),
  );
  if (alike !== undefined) yield { kind: 'looks-like', known: alike };
  if (host !== url.hostname) yield { kind: 'other-letters', scripts: scriptsOf(host) };
  if (url.username !== '' || url.password !== '') {
    yield { kind: 'user-part', pretended: decoded(url.username) };
  }
  if (isOwnNetwork(url.hostname)) yield { kind: 'own-network' };
  else if (/^(\d+\.){3}\d+$|^\[/.test(url.hostname)) yield { kind: 'number-address' };
  if (url.port !== '') yield { kind: 'odd-port', port: url.port };
  if (url.protocol === 'http:') yield { kind: 'not-encrypted' };
}

/** Browsers leave these out before they read an address; without them `java\tscript:` would look like nothing known. */
function withoutControls(raw: string): string {
  // eslint-disable-next-line no-control-regex
  return raw.replace(/[\u0000-\u001f\u007f]/g, '').trim();
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host that a text names: `www.inps.it`, `https://inps.it/accedi`. Null for words. */
function hostIn(text: string): string | null {
  const found = /(?:^|[\s(<"'«])(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=[/:?#\s)>"'».,;]|$)/iu.exec(text);
  const url = found?.[1] === undefined ? null : parsed(`https://${found[1]}`);
  // "ore 9.30 circa.Poi" is no host: only what ends as names on the internet end.
  return url === null || getDomain(url.hostname, { allowPrivateDomains: false, validateHostname: true }) === null
    ? null
    : url.hostname;
}

function hostOfKnown(known: string): string {
  return parsed(`https://${known.slice(known.lastIndexOf('@') + 1)}`)?.hostname ?? '';
}

/** What somebody registered: `inps.it` of `www.servizi.inps.it`; the whole where there is no such thing. */
function domainOf(host: string): string {
  return getDomain(host) ?? host;
}

function isOwnNetwork(host: string): boolean {
  return (
    /^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^\[(::1?|f[cd]|fe80)/.test(host) ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host.endsWith('.local') ||
    !/[.:]/.test(host)
  );
}

const scripts = [
  'Cyrillic',
  'Greek',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Cherokee',
  'Han',
  'Hiragana',
  'Katakana',
] as const;

function scriptsOf(host: string): readonly string[] {
  return scripts.filter(script => new RegExp(`\\p{Script=${script}}`, 'u').test(host));
}

/** Letters that are drawn like others, after Unicode's confusables (UTS 39), as far as swindlers use them. */
const drawnAlike: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  п: 'n',
  г: 'r',
  ԛ: 'q',
  ԝ: 'w',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ɩ: 'i',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  0: 'o',
  1: 'l',
  3: 'e',
  5: 's',
  '|': 'l',
};

function sameLooks(one: string, other: string): boolean {
  return looksOf(one) === looksOf(other);
}

function looksOf(domain: string): string {
  const letters = domain.split('.').map(unicodeLabel).join('.').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return Array.from(letters, letter => drawnAlike[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replaceAll('i', 'l')
    .replaceAll('-', '');
}
