import { isRecord, parseRecord, recordOf, recordsOf, textOf } from './json-values.ts';
import type { JsonRecord } from './json-values.ts';
import { SoapFault } from './soap-session.ts';
import type { SoapNamespace } from './soap-session.ts';

export interface SoapRequest {
  readonly name: `${string}Request`;
  readonly namespace: SoapNamespace;
  readonly body: JsonRecord;
}

export interface SoapReply {
  readonly body: JsonRecord;
  /** A new CSRF token, where the server gave one with this answer. */
  readonly csrfToken: string | null;
}

/** The octets of a request; the server takes JSON for what begins with a brace. */
export function soapEnvelope({ name, namespace, body }: SoapRequest): string {
  const context = { _jsns: 'urn:zimbra', userAgent: { name: 'Travaso' } };
  return JSON.stringify({ Header: { context }, Body: { [name]: { _jsns: namespace, ...body } } });
}

/**
 * What a body says, whatever its HTTP status: servers answer faults with 500 and JSON, proxies make 401 or 422 of it,
 * and a request that was too large is answered in XML. Null when it is no SOAP at all.
 *
 * @throws SoapFault
 */
export function readSoapReply(text: string, name: string): SoapReply | null {
  const envelope = parseRecord(text);
  if (envelope === null) {
    const code = xmlFaultCode(text);
    if (code !== null) throw new SoapFault(code);
    return null;
  }
  const { Body: body, Header: header } = envelope;
  if (!isRecord(body)) return null;
  if (body['Fault'] !== undefined) throw readFault(body['Fault']);
  const answer = body[name.replace(/Request$/, 'Response')];
  if (answer === undefined) return null;
  const csrfToken = textOf(recordOf(recordOf(header)['context'])['csrfToken']) ?? textOf(recordOf(answer)['csrfToken']);
  return { body: recordOf(answer), csrfToken };
}

/** A fault element as data; the ones inside a BatchResponse have the same form. */
export function readFault(value: unknown): SoapFault {
  const error = recordOf(recordOf(recordOf(value)['Detail'])['Error']);
  const details: Record<string, string> = {};
  for (const argument of recordsOf(error['a'])) {
    const name = textOf(argument['n']);
    if (name !== null) details[name] = textOf(argument) ?? '';
  }
  return new SoapFault(textOf(error['Code']) ?? 'unknown', details);
}

/** `<Error xmlns="urn:zimbra"><Code>service.INVALID_REQUEST</Code>…`, the one element of it that matters. */
function xmlFaultCode(text: string): string | null {
  return /<(?:\w+:)?Code>([a-z]+\.[A-Z_]+)<\//.exec(text)?.[1] ?? null;
}
