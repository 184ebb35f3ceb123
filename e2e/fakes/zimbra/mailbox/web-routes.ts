import type { ServerResponse } from 'node:http';
import type { FakeRequest } from '../fake-account.ts';
import { BrokenAnswer } from './broken-answer.ts';
import type { MailboxStore } from './mailbox-store.ts';

/** `POST /service/upload?fmt=raw,extended`: text with a status of its own, inside HTTP 200. */
export function answerUpload(store: MailboxStore, { headers, body }: FakeRequest, response: ServerResponse): void {
  const fileName = /filename="([^"]+)"/.exec(headers['content-disposition'] ?? '')?.[1];
  const most = store.limits.message;
  if (fileName === undefined || body.length === 0) say(response, "204,'null'");
  else if (most >= 0 && body.length > most) say(response, "413,'null'");
  else {
    const described = { aid: store.takeUpload(body), ct: headers['content-type'], filename: fileName, s: body.length };
    say(response, `200,'null',[${JSON.stringify(described)}]`);
  }
}

/** `GET /home/~/?id=`: the octets of one message. */
export function answerHome(store: MailboxStore, { query }: FakeRequest, response: ServerResponse): void {
  const octets = store.messages.get(query.get('id') ?? '')?.octets;
  if (octets === undefined) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html><body>no such item</body></html>');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': String(octets.length) }).end(octets);
}

function say(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(text);
}

/** Ends an answer as `broken` says; false for any other error. */
export function breakAnswer(response: ServerResponse, thrown: unknown): boolean {
  if (!(thrown instanceof BrokenAnswer)) return false;
  if (thrown.status === null) response.destroy();
  else response.writeHead(thrown.status, { 'content-type': 'text/html' }).end('<html><body>sorry</body></html>');
  return true;
}
