import { davRequest } from 'tsdav';
import type { DAVResponse } from 'tsdav';
import { TravasoError } from '../../../../shared/errors.ts';
import type { DavSession } from './dav-session.ts';

/** The namespaces whose properties are asked for, by the prefixes used here. */
export const namespaces = {
  'xmlns:d': 'DAV:',
  'xmlns:c': 'urn:ietf:params:xml:ns:caldav',
  'xmlns:card': 'urn:ietf:params:xml:ns:carddav',
} as const;

/** A resource as a multistatus answer has it. */
export interface DavResource {
  /** Absolute. */
  readonly url: string;
  readonly status: number;
  /** By local name in camel case, in the compact form of xml-js. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * One question to a server that answers with a multistatus (RFC 4918 section 13).
 *
 * @throws SERVER_NOT_DAV with the status, for any other answer
 */
export async function askDav(
  session: DavSession,
  request: {
    readonly method: 'PROPFIND' | 'REPORT';
    readonly url: string;
    readonly depth: '0' | '1';
    readonly body: Readonly<Record<string, object>>;
  },
): Promise<readonly DavResource[]> {
  const { method, url, depth, body } = request;
  const answers = await davRequest({
    url,
    init: { method, headers: { depth }, namespace: 'd', body },
    fetch: session.fetch,
  });
  const [first] = answers;
  // What is no multistatus comes as one answer with the raw text.
  if (first !== undefined && typeof first.raw !== 'object') throw notDav(url, first);
  return answers.flatMap(answer => {
    const { href } = answer;
    if (typeof href !== 'string') return [];
    return [{ url: new URL(href, url).href, status: answer.status, properties: answer.props ?? {} }];
  });
}

export async function propfind(
  session: DavSession,
  url: string,
  depth: '0' | '1',
  properties: readonly string[],
): Promise<readonly DavResource[]> {
  const prop = Object.fromEntries(properties.map(name => [name, {}]));
  return await askDav(session, {
    method: 'PROPFIND',
    url,
    depth,
    body: { propfind: { _attributes: namespaces, prop } },
  });
}

function notDav(url: string, { status }: DAVResponse): TravasoError {
  return new TravasoError('SERVER_NOT_DAV', { host: new URL(url).hostname, reason: `http-${status}` });
}

/** Children of an element by local name, one or many. */
export function childrenOf(element: unknown, name: string): readonly unknown[] {
  if (typeof element !== 'object' || element === null) return [];
  const found = (element as Readonly<Record<string, unknown>>)[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

export function hasChild(element: unknown, name: string): boolean {
  return childrenOf(element, name).length > 0;
}

export function attributeOf(element: unknown, name: string): string {
  return textOf(childrenOf(childrenOf(element, '_attributes')[0], name)[0]);
}

/** The text of an element; the library turns digits into numbers. */
export function textOf(element: unknown): string {
  if (typeof element === 'string' || typeof element === 'number' || typeof element === 'boolean')
    return String(element);
  if (Array.isArray(element)) return element.map(textOf).join('');
  const inner = childrenOf(element, '_cdata')[0] ?? childrenOf(element, '_text')[0];
  return inner === undefined ? '' : textOf(inner);
}

/** The first address an element names, absolute; null when it names none. */
export function hrefIn(element: unknown, base: string): string | null {
  const text = textOf(childrenOf(element, 'href')[0]).trim();
  return text === '' ? null : new URL(text, base).href;
}
