import { domainToASCII } from 'node:url';
import { TravasoError } from '../../../shared/errors.ts';
import { isRecord, numberOf, parseRecord, textOf } from './json-values.ts';
import type { JsonRecord } from './json-values.ts';
import { SoapFault } from './soap-session.ts';
import type { SoapSession } from './soap-session.ts';
import { carbonioPage } from './sign-in-page.ts';
import type { ZimbraLine } from './zimbra-line.ts';

export interface DiscoveredServer {
  readonly edition: SoapSession['edition'];
  /** Ways in. Only Carbonio Advanced tells; the others take passwords. */
  readonly methods: readonly string[];
  /** Where a browser begins to sign in at the identity provider (SAML); null where no such way is told. */
  readonly page: string | null;
}

/**
 * Which server this is and how one gets in. Sends neither name nor password, only the domain.
 *
 *     /advanced/supported, /zx/auth/supported    Carbonio Advanced
 *     JSON from /service/soap                    Zimbra, or Carbonio's community edition
 *
 * @throws SERVER_NOT_ZIMBRA, and the codes of the line
 */
export async function discoverEdition(
  line: ZimbraLine,
  { user, expected }: { readonly user: string; readonly expected: 'zimbra' | 'carbonio' },
  signal: AbortSignal,
): Promise<DiscoveredServer> {
  const advanced = await readJson(line, '/advanced/supported', signal);
  const domain = encodeURIComponent(domainToASCII(user.slice(user.lastIndexOf('@') + 1)));
  const auth = await readJson(line, `/zx/auth/supported?domain=${domain}`, signal);
  const hasZx = auth !== null && (numberOf(auth['maxApiVersion']) !== null || Array.isArray(auth['authMethods']));
  const methods = Array.isArray(auth?.['authMethods']) ? auth['authMethods'].flatMap(each => textOf(each) ?? []) : [];
  line.log.debug('zimbra.discovery', {
    advanced: advanced?.['supported'] === true,
    zx: hasZx,
    methods: methods.join(' '),
    apiVersion: numberOf(auth?.['maxApiVersion']) ?? -1,
  });
  if (hasZx) {
    const login = await readJson(line, '/zx/login/supported', signal);
    line.log.debug('zimbra.login-api', { version: numberOf(login?.['maxApiVersion']) ?? -1 });
    return { edition: 'carbonio-advanced', methods, page: methods.includes('saml') ? carbonioPage(line, auth) : null };
  }
  await assertSpeaksSoap(line, signal);
  return { edition: expected === 'carbonio' ? 'carbonio-ce' : 'zimbra', methods: ['password'], page: null };
}

/** Asks for nothing at all, without a session: Zimbra and Carbonio answer with a fault in JSON, nobody else does. */
export async function assertSpeaksSoap(line: ZimbraLine, signal: AbortSignal): Promise<void> {
  try {
    await line.soap({ name: 'NoOpRequest', namespace: 'urn:zimbraMail', body: {} }, signal);
  } catch (thrown) {
    if (!(thrown instanceof SoapFault)) throw thrown;
    // A status of 401 alone, without a fault's JSON, reads the same; the proxies of other products answer so too.
    if (thrown.code === 'service.AUTH_REQUIRED' && thrown.details['status'] === '401') {
      throw new TravasoError('SERVER_NOT_ZIMBRA', { host: line.host, port: line.port, status: 401 });
    }
  }
}

async function readJson(line: ZimbraLine, path: string, signal: AbortSignal): Promise<JsonRecord | null> {
  const response = await line.send({ method: 'GET', path }, signal);
  const text = await line.text(response, signal);
  if (response.status === 429) throw line.statusProblem(response);
  if (response.status !== 200) return null;
  const value = parseRecord(text);
  return isRecord(value) ? value : null;
}
