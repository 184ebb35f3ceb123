import type { ServerResponse } from 'node:http';
import { TravasoError } from '../../../shared/errors.ts';
import { SoapFault } from '../../../electron/engine/zimbra/soap-session.ts';
import type { SoapSession } from '../../../electron/engine/zimbra/soap-session.ts';
import { FakeFault, newFakeAccount } from './fake-account.ts';
import type { FakeRequest, RouteHandler, SoapBody } from './fake-account.ts';
import type { FakeMailbox } from './fake-mailbox.ts';
import { BrokenAnswer } from './mailbox/broken-answer.ts';

/** A session that calls the fake's mailbox without a server between them: nothing to start, nothing to wait for. */
export function mailboxSession(mailbox: FakeMailbox): SoapSession {
  const account = newFakeAccount({ name: 'anna@ente.it', password: 'segreta', mailbox });
  const soap = async (name: string, body: SoapBody): Promise<unknown> => {
    if (name === 'GetInfoRequest') return { ...mailbox.info?.(), attrs: { _attrs: mailbox.attributes?.() } };
    const handler = mailbox.soap.get(name);
    if (handler === undefined) throw new FakeFault('service.UNKNOWN_DOCUMENT');
    return await handler(body, { account, request: requestOf({}) });
  };
  const web = async (handler: RouteHandler | undefined, request: Partial<FakeRequest>): Promise<Heard> => {
    const heard: Heard = { status: 0, octets: Buffer.alloc(0) };
    await handler?.(requestOf(request), listener(heard), account);
    return heard;
  };
  return {
    origin: 'https://posta.test',
    identity: account.name,
    edition: 'carbonio-advanced',
    async request(name, _namespace, body, signal) {
      assertGoing(signal);
      // Told apart in turns, as a network would: what is asked side by side is answered in some order.
      await Promise.resolve();
      try {
        return JSON.parse(JSON.stringify(await soap(name, body))) as Record<string, unknown>;
      } catch (thrown) {
        throw clientError(thrown);
      }
    },
    async upload({ octets, type, fileName }, signal) {
      const pieces: Buffer[] = [];
      for await (const piece of typeof octets === 'function' ? octets() : octets) pieces.push(piece);
      assertGoing(signal);
      const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"` };
      const { status, octets: said } = await web(mailbox.upload, { headers, body: Buffer.concat(pieces) });
      const aid = /"aid":"([^"]+)"/.exec(said.toString())?.[1];
      if (aid !== undefined) return aid;
      switch (status === 200 ? said.toString().slice(0, 3) : String(status)) {
        case '413':
          throw new SoapFault('mail.UPLOAD_TOO_LARGE');
        case '200':
        case '204':
          throw new SoapFault('mail.NO_SUCH_UPLOAD');
        case '403':
          throw new TravasoError('SIGNIN_POLICY', { status: 403 });
        case '404':
          throw new TravasoError('SERVER_NOT_ZIMBRA', { status: 404 });
        default:
          throw new TravasoError('SERVER_BUSY', { status });
      }
    },
    async download(_path, query, signal) {
      assertGoing(signal);
      const { status, octets } = await web(mailbox.home, { query: new URLSearchParams(query) });
      return { status, body: inPieces(octets) };
    },
    close: () => Promise.resolve(),
  };
}

interface Heard {
  status: number;
  octets: Buffer;
}

/** As much of a response as the routes use. */
function listener(heard: Heard): ServerResponse {
  const response = {
    writeHead(status: number) {
      heard.status = status;
      return response;
    },
    end(octets: string | Buffer) {
      heard.octets = Buffer.from(octets as string);
    },
    destroy() {
      throw lost();
    },
  };
  return response as unknown as ServerResponse;
}

function requestOf(more: Partial<FakeRequest>): FakeRequest {
  return { method: 'POST', path: '/', query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), ...more };
}

function clientError(thrown: unknown): unknown {
  if (thrown instanceof FakeFault) return new SoapFault(thrown.code, thrown.arguments);
  if (!(thrown instanceof BrokenAnswer)) return thrown;
  switch (thrown.status) {
    case null:
      return lost();
    case 403:
      return new TravasoError('SIGNIN_POLICY', { status: 403 });
    default:
      return new TravasoError('SERVER_BUSY', { status: thrown.status });
  }
}

function lost(): TravasoError {
  return new TravasoError('CONNECTION_LOST', { host: 'posta.test' }, { retryAfterMs: 0 });
}

function assertGoing(signal: AbortSignal): void {
  if (signal.aborted) throw new TravasoError('INTERRUPTED');
}

async function* inPieces(octets: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < octets.length; at += 65_536) yield await Promise.resolve(octets.subarray(at, at + 65_536));
}
