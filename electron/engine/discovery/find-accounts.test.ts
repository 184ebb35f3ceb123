import { expect, test } from 'vitest';
import type { NetworkPort, ServiceRecord } from '../ports.ts';
import { findAccounts } from './find-accounts.ts';

interface World {
  readonly services?: Readonly<Record<string, readonly ServiceRecord[]>>;
  /** `host:port` of what answers. */
  readonly open?: readonly string[];
  readonly documents?: Readonly<Record<string, string>>;
}

function network({ services = {}, open = [], documents = {} }: World): NetworkPort & { readonly knocked: string[] } {
  const knocked: string[] = [];
  return {
    knocked,
    services: name => Promise.resolve(services[name] ?? []),
    document: url => Promise.resolve(documents[url] ?? null),
    answers: ({ host, port }) => {
      knocked.push(`${host}:${port}`);
      return Promise.resolve(open.includes(`${host}:${port}`));
    },
  };
}

const at = (target: string, port: number, priority = 0, weight = 0) => ({ target, port, priority, weight });
const mail = 'anna.verdi@ente.it';

test('the records of the domain decide: by priority, TLS from the start before STARTTLS, the heavier first', async () => {
  const world = network({
    services: {
      '_imaps._tcp.ente.it': [
        at('zwei.host.it', 993, 10),
        at('Eins.Host.it.', 1993, 5),
        at('drei.host.it', 993, 10, 9),
      ],
      '_imap._tcp.ente.it': [at('alt.host.it', 143, 5), at('.', 0, 0)],
    },
    open: ['imap.ente.it:993'],
  });
  expect(await findAccounts({ mail, server: null }, world)).toEqual([
    {
      address: 'imaps://anna.verdi%40ente.it@eins.host.it:1993',
      tls: 'implicit',
      host: 'eins.host.it:1993',
      signIn: 'password',
      by: 'lookup',
    },
    expect.objectContaining({ address: 'imap://anna.verdi%40ente.it@alt.host.it', tls: 'starttls' }),
    expect.objectContaining({ host: 'drei.host.it' }),
    expect.objectContaining({ host: 'zwei.host.it' }),
  ]);
  expect(world.knocked).toEqual([]);
});

test('without records the usual names are knocked at, and each server is named once', async () => {
  const world = network({ open: ['posta.ente.it:993', 'posta.ente.it:143', 'mail.ente.it:143'] });
  const found = await findAccounts({ mail, server: null }, world);
  expect(found.map(({ host, tls }) => [host, tls])).toEqual([
    ['mail.ente.it', 'starttls'],
    ['posta.ente.it', 'implicit'],
  ]);
});

test('who answers in the better way is not kept waiting for the other', async () => {
  const asked: AbortSignal[] = [];
  const world: NetworkPort = {
    services: () => Promise.resolve([]),
    document: () => Promise.resolve(null),
    answers: ({ host, port }, signal) => {
      if (port === 993) return Promise.resolve(host === 'imap.ente.it');
      asked.push(signal);
      return new Promise(resolve => {
        signal.addEventListener('abort', () => resolve(false));
        if (host !== 'imap.ente.it') resolve(false);
      });
    },
  };
  const found = await findAccounts({ mail, server: null }, world);
  expect(found.map(({ host, tls }) => [host, tls])).toEqual([['imap.ente.it', 'implicit']]);
  expect(asked.every(({ aborted }) => aborted)).toBe(true);
});

test('offline, and for what is no mail address, nothing is found', async () => {
  expect(await findAccounts({ mail, server: null }, network({}))).toEqual([]);
  for (const other of ['anna', 'anna@', 'anna@localhost', 'anna@ente it', '']) {
    const world = network({ open: ['imap.localhost:993'] });
    expect(await findAccounts({ mail: other, server: null }, world)).toEqual([]);
    expect(world.knocked).toEqual([]);
  }
});

test.each([
  ['posta.ente.it', ['posta.ente.it:143'], [['posta.ente.it', 'starttls']]],
  [' https://Posta.Ente.it/zimbra/mail ', ['posta.ente.it:993'], [['posta.ente.it', 'implicit']]],
  // Nobody answers: then signing in says why.
  [
    'posta.ente.it',
    [],
    [
      ['posta.ente.it', 'implicit'],
      ['posta.ente.it', 'starttls'],
    ],
  ],
  ['posta.ente.it:143', [], [['posta.ente.it', 'starttls']]],
  ['imaps://posta.ente.it:1993', [], [['posta.ente.it:1993', 'implicit']]],
  ['città.it:993', [], [['xn--citt-3na.it', 'implicit']]],
  [
    '[::1]:10143',
    [],
    [
      ['[::1]:10143', 'implicit'],
      ['[::1]:10143', 'starttls'],
      ['[::1]:10143', 'none-on-loopback'],
    ],
  ],
  ['localhost:10993', ['localhost:10993'], [['localhost:10993', 'implicit']]],
  ['ftp://posta.ente.it', [], []],
  ['una frase qualsiasi', [], []],
])('the server typed as %j alone counts', async (server, open, expected) => {
  const services = { '_imaps._tcp.ente.it': [at('altro.host.it', 993)] };
  const found = await findAccounts({ mail, server }, network({ services, open }));
  expect(found.map(({ host, tls }) => [host, tls])).toEqual(expected);
  expect(found.every(({ by, address }) => by === 'typed' && address.includes('anna.verdi%40ente.it@'))).toBe(true);
});

const autoconfig = `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="ente.it">
  <incomingServer type="pop3"><hostname>pop.host.it</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>clear.host.it</hostname><port>143</port><socketType>plain</socketType></incomingServer>
  <incomingServer type="imap"><hostname>IMAP.host.it</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
</emailProvider></clientConfig>`;

test('without records the autoconfig file of the domain decides, and what it says without TLS is left out', async () => {
  const world = network({
    documents: { 'https://ente.it/.well-known/autoconfig/mail/config-v1.1.xml': autoconfig },
    open: ['imap.ente.it:993'],
  });
  const found = await findAccounts({ mail, server: null }, world);
  expect(found.map(({ host, tls }) => [host, tls])).toEqual([['imap.host.it', 'implicit']]);
  expect(world.knocked).toEqual([]);
});

test('a broken autoconfig file says nothing', async () => {
  const world = network({ documents: { 'https://autoconfig.ente.it/mail/config-v1.1.xml': autoconfig.slice(0, 300) } });
  expect(await findAccounts({ mail, server: null }, world)).toEqual([]);
});
