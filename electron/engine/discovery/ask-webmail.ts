import { isIPv6 } from 'node:net';
import type { HttpClient } from '../http/http-client.ts';
import { parseRecord } from '../zimbra/json-values.ts';
import { readSoapReply, soapEnvelope } from '../zimbra/soap-envelope.ts';
import { SoapFault } from '../zimbra/soap-session.ts';

export type WebmailKind = 'zimbra' | 'carbonio';

/** More than any answer to these questions holds. */
const mostOctets = 64 * 1024;

/**
 * Whether a host is a Zimbra or a Carbonio server: those alone answer a request without a session by a fault in JSON.
 * Neither name nor password is sent. Null for everybody else, and for nobody. (Carbonio's community edition cannot be
 * told from Zimbra.)
 */
export async function askWebmail(host: string, signal: AbortSignal, client: HttpClient): Promise<WebmailKind | null> {
  const origin = `https://${isIPv6(host) ? `[${host}]` : host}`;
  try {
    const [advanced, soap] = await Promise.all([
      answer(client, { method: 'GET', url: `${origin}/advanced/supported` }, signal),
      answer(client, { method: 'POST', url: `${origin}/service/soap/NoOpRequest`, headers: json, body: noOp }, signal),
    ]);
    if (!isSoap(soap)) return null;
    return parseRecord(advanced)?.['supported'] === true ? 'carbonio' : 'zimbra';
  } catch {
    // Nobody there, or nobody with a certificate: nothing is suggested.
    return null;
  } finally {
    await client.close();
  }
}

const json = { 'content-type': 'application/soap+xml; charset=utf-8' };
const noOp = soapEnvelope({ name: 'NoOpRequest', namespace: 'urn:zimbraMail', body: {} });

async function answer(
  client: HttpClient,
  ask: Parameters<HttpClient['send']>[0],
  signal: AbortSignal,
): Promise<string> {
  const { body } = await client.send(ask, signal);
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of body) {
    octets += piece.length;
    if (octets > mostOctets) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function isSoap(text: string): boolean {
  try {
    return readSoapReply(text, 'NoOpRequest') !== null;
  } catch (thrown) {
    // Any fault in JSON will do; one in XML may be anybody's.
    return thrown instanceof SoapFault && parseRecord(text) !== null;
  }
}
