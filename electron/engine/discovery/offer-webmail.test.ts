import { expect, test } from 'vitest';
import type { HttpClient } from '../http/http-client.ts';
import type { NetworkPort } from '../ports.ts';
import { askWebmail } from './ask-webmail.ts';
import type { NetworkAccount } from './find-accounts.ts';
import { offerWebmail } from './offer-webmail.ts';

const never = new AbortController().signal;
const mail = 'anna.verdi@ente.it';
const imap = (host: string): NetworkAccount => ({
  ...{ address: `imaps://anna.verdi%40ente.it@${host}`, tls: 'implicit', host, signIn: 'password', by: 'lookup' },
});

function network(kinds: Readonly<Record<string, 'zimbra' | 'carbonio'>>): NetworkPort & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    services: () => Promise.resolve([]),
    document: () => Promise.resolve(null),
    answers: () => Promise.resolve(false),
    webmail: host => {
      asked.push(host);
      return Promise.resolve(kinds[host] ?? null);
    },
  };
}

test('a server that is Zimbra is offered as one, before its IMAP; Carbonio as the place to go', async () => {
  const found = [imap('posta.ente.it'), imap('imap.ente.it'), imap('posta.ente.it')];
  const offer = async (role: 'source' | 'target', kind: 'zimbra' | 'carbonio'): Promise<string[]> => {
    const accounts = await offerWebmail(found, { mail, role }, network({ 'posta.ente.it': kind }));
    return accounts.map(({ address }) => address.replace('anna.verdi%40ente.it@', ''));
  };
  const plain = ['imaps://posta.ente.it', 'imaps://imap.ente.it', 'imaps://posta.ente.it'];
  expect(await offer('source', 'zimbra')).toEqual(['zimbra://posta.ente.it', ...plain]);
  expect(await offer('source', 'carbonio')).toEqual(['zimbra://posta.ente.it', ...plain]);
  expect(await offer('target', 'carbonio')).toEqual(['carbonio://posta.ente.it', ...plain]);
  expect(await offer('target', 'zimbra')).toEqual(plain);
});

test('a port that was typed says what the server is: nobody is asked', async () => {
  const world = network({ 'posta.ente.it:1993': 'zimbra' });
  expect(await offerWebmail([imap('posta.ente.it:1993')], { mail, role: 'source' }, world)).toHaveLength(1);
  expect(world.asked).toEqual([]);
});

/** By path: status does not matter, the text does. */
function answering(texts: Readonly<Record<string, string>>): HttpClient {
  return {
    send: ({ url }) => {
      const text = texts[new URL(url).pathname];
      if (text === undefined) return Promise.reject(new Error('nobody'));
      const body = {
        async *[Symbol.asyncIterator]() {
          yield await Promise.resolve(Buffer.from(text));
        },
        text: () => Promise.resolve(text),
        json: () => Promise.resolve(JSON.parse(text) as unknown),
        dump: () => Promise.resolve(),
      };
      return Promise.resolve({ status: 500, headers: {}, body });
    },
    close: () => Promise.resolve(),
  };
}

const fault = JSON.stringify({ Body: { Fault: { Detail: { Error: { Code: 'service.AUTH_REQUIRED' } } } } });
const soap = '/service/soap/NoOpRequest';
const advanced = '/advanced/supported';

test.each([
  ['a fault in JSON', { [soap]: fault, [advanced]: '<html></html>' }, 'zimbra'],
  ['and Carbonio’s own word', { [soap]: fault, [advanced]: '{"supported":true}' }, 'carbonio'],
  ['a page', { [soap]: '<html></html>', [advanced]: '<html></html>' }, null],
  ['a fault in XML', { [soap]: '<Code>service.AUTH_REQUIRED</Code>', [advanced]: '' }, null],
  ['other JSON', { [soap]: '{"error":"not found"}', [advanced]: '{"supported":true}' }, null],
  ['more than an answer holds', { [soap]: `${fault}${' '.repeat(100_000)}`, [advanced]: '' }, null],
  ['nobody', {}, null],
])('who answers with %s', async (_, texts, kind) => {
  expect(await askWebmail('posta.ente.it', never, answering(texts))).toBe(kind);
});
