import type { ServerResponse } from 'node:http';
import type { FakeRequest, SoapBody, SoapHandler } from './fake-account.ts';
import { FakeFault } from './fake-account.ts';
import { authHandlers } from './auth-handlers.ts';
import type { FakeState } from './fake-state.ts';
import { cookieOf } from './fake-sessions.ts';
import type { FakeSession } from './fake-sessions.ts';

/** `POST /service/soap[/NameRequest]`: one request, or several in a BatchRequest. */
export async function answerSoap(state: FakeState, request: FakeRequest, response: ServerResponse): Promise<void> {
  if (request.body.length > state.soapLimit) {
    // This one fault is built before the protocol is known, and so in XML.
    response.writeHead(500, { 'content-type': 'text/xml; charset=utf-8' }).end(xmlFault('service.INVALID_REQUEST'));
    return;
  }
  const parsed = parseEnvelope(request);
  if (parsed === null) {
    response.writeHead(500, { 'content-type': 'text/xml; charset=utf-8' }).end(xmlFault('service.PARSE_ERROR'));
    return;
  }
  try {
    const answer = await answerOne(state, parsed.name, parsed.body, { ...parsed, request, response });
    reply(response, 200, { [responseName(parsed.name)]: answer });
  } catch (thrown) {
    if (!(thrown instanceof FakeFault)) throw thrown;
    reply(response, state.faultStatus, { Fault: faultBody(thrown) });
  }
}

interface Envelope {
  readonly name: string;
  readonly body: SoapBody;
  readonly context: SoapBody;
}

interface Asked extends Envelope {
  readonly request: FakeRequest;
  readonly response: ServerResponse;
}

async function answerOne(state: FakeState, name: string, body: SoapBody, asked: Asked): Promise<SoapBody> {
  if (name === 'BatchRequest') return await answerBatch(state, body, asked);
  const namespace = text(body['_jsns']);
  state.calls.push({ name, account: null });
  const direct = authHandlers.get(name);
  if (direct !== undefined) return { ...(await direct(body, { ...asked, state })), _jsns: namespace };
  const { account } = liveSession(state, asked);
  endSessionsIfDue(state);
  state.calls[state.calls.length - 1] = { name, account: account.name };
  const handler = state.handlers.get(name) ?? account.mailbox.soap.get(name) ?? emptyAnswers.get(name);
  if (handler === undefined) throw new FakeFault('service.UNKNOWN_DOCUMENT');
  if (account.status === 'no-mailbox') throw new FakeFault('mail.NO_SUCH_MBOX');
  return { ...(await handler(body, { account, request: asked.request })), _jsns: namespace };
}

/** What every server answers; a mailbox that says nothing of it has nothing beside mail. */
const emptyAnswers: ReadonlyMap<string, SoapHandler> = new Map<string, SoapHandler>([
  ['SyncRequest', () => ({ token: '1', folder: [{ id: '1', name: 'USER_ROOT' }] })],
  ['GetFilterRulesRequest', () => ({ filterRules: [{}] })],
  ['GetOutgoingFilterRulesRequest', () => ({ filterRules: [{}] })],
]);

/** The session a request belongs to. @throws FakeFault as the server would */
export function liveSession(state: FakeState, { request, context }: Pick<Asked, 'request' | 'context'>): FakeSession {
  const inContext = text(context['authToken']);
  const session = state.sessions.of(cookieOf(request, 'ZM_AUTH_TOKEN') ?? (inContext === '' ? null : inContext));
  if (session === null || session.reach !== 'full') throw new FakeFault('service.AUTH_REQUIRED');
  if (session.expired) throw new FakeFault('service.AUTH_EXPIRED');
  const csrf = request.headers['x-zimbra-csrf-token'] ?? text(context['csrfToken']);
  if (state.csrfCheck && session.csrf !== null && csrf !== session.csrf) throw new FakeFault('service.AUTH_REQUIRED');
  return session;
}

/** The token ran out in the middle of the work. */
function endSessionsIfDue(state: FakeState): void {
  if (state.expireAfterCalls === null) return;
  state.expireAfterCalls -= 1;
  if (state.expireAfterCalls >= 0) return;
  state.expireAfterCalls = null;
  state.sessions.expireAll();
  throw new FakeFault('service.AUTH_EXPIRED');
}

async function answerBatch(state: FakeState, batch: SoapBody, asked: Asked): Promise<SoapBody> {
  const answers: Record<string, unknown[]> = {};
  for (const [name, several] of Object.entries(batch)) {
    if (!name.endsWith('Request')) continue;
    for (const one of (Array.isArray(several) ? several : [several]) as SoapBody[]) {
      const id = one['requestId'] === undefined ? {} : { requestId: one['requestId'] };
      try {
        const answer = await answerOne(state, name, one, asked);
        (answers[responseName(name)] ??= []).push({ ...id, ...answer });
      } catch (thrown) {
        if (!(thrown instanceof FakeFault)) throw thrown;
        (answers['Fault'] ??= []).push({ ...id, ...faultBody(thrown) });
        if (batch['onerror'] !== 'continue') return { ...answers, _jsns: 'urn:zimbra' };
      }
    }
  }
  return { ...answers, _jsns: 'urn:zimbra' };
}

function parseEnvelope({ body }: FakeRequest): Envelope | null {
  if (body[0] !== 0x7b) return null;
  const envelope = JSON.parse(body.toString()) as { Header?: { context?: SoapBody }; Body?: Record<string, SoapBody> };
  const [entry] = Object.entries(envelope.Body ?? {});
  if (entry === undefined) return null;
  return { name: entry[0], body: entry[1], context: envelope.Header?.context ?? {} };
}

function responseName(name: string): string {
  return name.replace(/Request$/, 'Response');
}

function reply(response: ServerResponse, status: number, body: SoapBody): void {
  const envelope = { Header: { context: { _jsns: 'urn:zimbra' } }, Body: body, _jsns: 'urn:zimbraSoap' };
  response.writeHead(status, { 'content-type': 'text/javascript; charset=utf-8' }).end(JSON.stringify(envelope));
}

function faultBody({ code, arguments: given }: FakeFault): SoapBody {
  const a = Object.entries(given).map(([n, content]) => ({ n, t: 'STR', _content: content }));
  return {
    Code: { Value: 'soap:Sender' },
    Reason: { Text: `fake fault ${code}` },
    Detail: { Error: { Code: code, Trace: 'qtp1-1:fake', ...(a.length === 0 ? {} : { a }), _jsns: 'urn:zimbra' } },
  };
}

function xmlFault(code: string): string {
  return (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><soap:Fault><soap:Code>' +
    '<soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text>invalid request</soap:Text></soap:Reason>' +
    `<soap:Detail><Error xmlns="urn:zimbra"><Code>${code}</Code><Trace>qtp</Trace></Error></soap:Detail>` +
    '</soap:Fault></soap:Body></soap:Envelope>'
  );
}

/** Clients may send an element's text as an object, an array of one, or bare. */
export function text(value: unknown): string {
  if (Array.isArray(value)) return text(value[0]);
  if (typeof value === 'object' && value !== null && '_content' in value) return text(value._content);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
