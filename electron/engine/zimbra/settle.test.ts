import { expect, test } from 'vitest';
import { problemOf } from '../../../shared/errors.ts';
import type { HttpClient } from '../http/http-client.ts';
import { systemClock } from '../default-ports.ts';
import { settle } from './settle.ts';
import { ZimbraLine } from './zimbra-line.ts';

const never = new AbortController().signal;
const info = { Body: { GetInfoResponse: { name: 'anna@ente.it' } } };
const fault = (code: string): object => ({ Body: { Fault: { Detail: { Error: { Code: code } } } } });

/** By host; who is asked is noted. */
function lineOf(answers: Readonly<Record<string, object>>): { readonly line: ZimbraLine; readonly asked: string[] } {
  const asked: string[] = [];
  const http: HttpClient = {
    send: ({ url }) => {
      const { hostname } = new URL(url);
      asked.push(hostname);
      const text = JSON.stringify(answers[hostname] ?? {});
      const body = {
        async *[Symbol.asyncIterator]() {
          yield await Promise.resolve(Buffer.from(text));
        },
        text: () => Promise.resolve(text),
        json: () => Promise.resolve(JSON.parse(text) as unknown),
        dump: () => Promise.resolve(),
      };
      return Promise.resolve({ status: 200, headers: {}, body });
    },
    close: () => Promise.resolve(),
  };
  const log = { debug: () => undefined, warn: () => undefined };
  return { line: new ZimbraLine({ origin: 'https://posta.ente.it:8443', http, clock: systemClock, log }), asked };
}

test('the host that was asked is kept while it can answer, whatever other machine is named', async () => {
  const { line, asked } = lineOf({ 'posta.ente.it': info });
  expect(await settle(line, 'mbox2.ente.it', never)).toBe('anna@ente.it');
  expect([asked, line.origin]).toEqual([['posta.ente.it'], 'https://posta.ente.it:8443']);
});

test('a host that cannot answer is left for the machine it named', async () => {
  const { line } = lineOf({ 'posta.ente.it': fault('service.AUTH_REQUIRED'), 'mbox2.ente.it': info });
  expect(await settle(line, 'mbox2.ente.it', never)).toBe('anna@ente.it');
  expect(line.origin).toBe('https://mbox2.ente.it:8443');
});

test.each(['mbox2.ente.it.altrove.net', 'altrove.it', 'it', 'localhost', '10.0.0.1'])(
  'a session is not carried to %s, which is another site',
  async refer => {
    const { line, asked } = lineOf({ 'posta.ente.it': fault('service.WRONG_HOST'), [refer]: info });
    expect(await settle(line, refer, never).catch(problemOf)).toMatchObject({ code: 'SERVER_FAULT' });
    expect(asked).toEqual(['posta.ente.it']);
  },
);

test('a sign-in that is no session is said to be none', async () => {
  const { line } = lineOf({ 'posta.ente.it': fault('service.AUTH_REQUIRED') });
  expect(await settle(line, null, never).catch(problemOf)).toMatchObject({ code: 'SIGNIN_UNAVAILABLE' });
});
