import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { dovecotAvailable, startDovecot, type DovecotServer } from './dovecot.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { openRawSession, type RawImapClient } from './raw-imap-client.ts';

const message = 'From: a@b.it\r\nSubject: prova\r\n\r\nriga\r\n'.padEnd(5_000, 'x');
const skip = !dovecotAvailable();
let server: DovecotServer;
beforeAll(async () => {
  if (!skip) server = await startDovecot({ tls: 'none' });
});
afterAll(async () => {
  if (!skip) await server[Symbol.asyncDispose]();
});

async function proxied(seed = 1): Promise<{ proxy: FaultProxy; client: RawImapClient; direct: RawImapClient }> {
  const proxy = await startFaultProxy({ targetPort: server.ports.imap, seed });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  const direct = await signIn(server.ports.imap);
  // Every test finds the mailbox empty.
  await direct.command('SELECT INBOX');
  await direct.command('STORE 1:* +FLAGS.SILENT (\\Deleted)');
  // CLOSE expunges, and STATUS of a mailbox that is open would tell what this session last saw of it.
  await direct.command('CLOSE');
  return { proxy, client: await signIn(proxy.port), direct };
}

async function signIn(port: number): Promise<RawImapClient> {
  const client = await openRawSession(port, 'mario', 'segreta');
  onTestFinished(() => client[Symbol.dispose]());
  return client;
}

async function stored(direct: RawImapClient): Promise<number> {
  const { untagged } = await direct.command('STATUS INBOX (MESSAGES)');
  return Number(/MESSAGES (\d+)/.exec(untagged)?.[1]);
}

const append = (size = message.length): string => `APPEND INBOX (\\Seen) {${size}+}\r\n${message.slice(0, size)}`;

test.skipIf(skip)('without rules the conversation passes unchanged, however it is sliced', async () => {
  const { proxy, client, direct } = await proxied();
  proxy.quality.sliceBytes = 97;

  client.send(`S1 APPEND INBOX {${message.length}}\r\n`);
  expect(await client.line()).toMatch(/^\+ /);
  client.send(`${message} (\\Draft) {3+}\r\nabc\r\nS2 NOOP\r\n`);
  expect((await client.reply('S1')).status).toMatch(/^OK/);
  expect((await client.reply('S2')).status).toMatch(/^OK/);
  expect(await stored(direct)).toBe(2);

  await client.command('EXAMINE INBOX');
  const { untagged } = await client.command('UID FETCH 1:* BODY.PEEK[]');
  expect(untagged).toContain(`{${message.length}}\r\n${message})\r\n`);
  expect(proxy.commandCounts().get('UID FETCH')).toBe(1);
});

test.skipIf(skip)('a literal from the server is cut at the octet asked for, and only the n-th', async () => {
  const { proxy, client } = await proxied();
  await client.command(append());
  await client.command(append());
  await client.command('EXAMINE INBOX');
  const fault = proxy.inject({ at: 'server-literal', nth: 2, byte: 1_234, action: 'cut' });

  await expect(client.command('FETCH 1:2 BODY.PEEK[]')).rejects.toThrow();

  const text = client.received();
  expect(text.slice(text.indexOf('\r\n') + 2)).toBe(message.slice(0, 1_234));
  expect(fault).toMatchObject({ occasions: 2, fired: 1 });
});

test.skipIf(skip)('an APPEND is stored and its OK never heard', async () => {
  const { proxy, client, direct } = await proxied();
  const fault = proxy.inject({ at: 'reply', match: /^APPEND/i, nth: 2, action: 'cut' });

  expect((await client.command(append())).status).toMatch(/^OK/);
  await expect(client.command(append())).rejects.toThrow();
  expect(await stored(direct)).toBe(2);
  expect(fault.fired).toBe(1);
});

test.skipIf(skip).each(['cut', 'reset'] as const)('a %s inside an appended literal stores nothing', async action => {
  const { proxy, client, direct } = await proxied();
  proxy.inject({ at: 'append-literal', nth: 2, byte: 4_999, action });

  // The second message of one MULTIAPPEND: the server must take both or none.
  const both = `${append()} {${message.length}+}\r\n${message}`;
  await expect(client.command(both)).rejects.toThrow();
  expect(await stored(direct)).toBe(0);
});

test.skipIf(skip)(
  'answers of a rule come in turn among pipelined commands, whatever literal they swallow',
  async () => {
    const { proxy, client, direct } = await proxied();
    proxy.inject({ at: 'command', match: /^APPEND/i, nth: 2, action: { answer: 'NO [OVERQUOTA] Casella piena' } });

    client.send(`A1 ${append()}\r\nA2 ${append(10)}\r\nA3 ${append(20)}\r\nA4 NOOP\r\n`);
    const order = [];
    for (const tag of ['A1', 'A2', 'A3', 'A4']) order.push((await client.reply(tag)).status.slice(0, 14));
    expect(order).toEqual(['OK [APPENDUID ', 'NO [OVERQUOTA]', 'OK [APPENDUID ', 'OK NOOP comple']);
    expect(await stored(direct)).toBe(2);

    // A literal that waits for leave is refused before it is sent.
    proxy.inject({ at: 'command', match: /^APPEND/i, action: { answer: 'BAD no' } });
    client.send('A5 APPEND INBOX {100}\r\n');
    expect((await client.reply('A5')).status).toBe('BAD no');
    expect((await client.command('NOOP')).status).toMatch(/^OK/);
  },
);

test.skipIf(skip)('the server’s own refusal of a literal leaves the next command readable', async () => {
  const { proxy, client } = await proxied();
  client.send('A1 APPEND Nessuna {100}\r\n');
  expect((await client.reply('A1')).status).toMatch(/^NO \[TRYCREATE\]/);
  const fault = proxy.inject({ at: 'command', match: /^NOOP/, action: { answer: 'NO seen' } });
  expect((await client.command('NOOP')).status).toBe('NO seen');
  expect(fault.fired).toBe(1);
});

test.skipIf(skip)('BYE now, BYE instead of a command, BYE at the door', async () => {
  const { proxy, client } = await proxied();
  await proxy.bye('Manutenzione');
  expect(await client.line()).toBe('* BYE Manutenzione\r\n');
  expect(await client.line()).toBeNull();

  const second = await signIn(proxy.port);
  proxy.inject({ at: 'command', match: /^SELECT/, action: { bye: 'Ora no' } });
  second.send('S1 SELECT INBOX\r\n');
  expect(await second.line()).toBe('* BYE Ora no\r\n');

  proxy.inject({ at: 'connect', action: { bye: 'Troppe connessioni' } });
  await expect(signIn(proxy.port)).rejects.toThrow();
  expect((await (await signIn(proxy.port)).command('NOOP')).status).toMatch(/^OK/);
});

test.skipIf(skip)('a frozen line loses nothing once thawed', async () => {
  const { proxy, client, direct } = await proxied();
  const fault = proxy.inject({ at: 'append-literal', byte: 100, action: 'freeze' });
  const reply = client.command(append());
  // The direct line answers, so the server is alive; it cannot have the message, which stopped at octet 100.
  expect(await stored(direct)).toBe(0);
  await expect.poll(() => fault.fired).toBe(1);
  proxy.heal();
  expect((await reply).status).toMatch(/^OK/);
  expect(await stored(direct)).toBe(1);
});

test.skipIf(skip)('a dropping line breaks sooner or later, and the same seed breaks at the same piece', async () => {
  const survived = async (): Promise<number> => {
    const { proxy, client } = await proxied(7);
    proxy.quality.dropProbability = 0.05;
    for (let done = 0; done < 1_000; done += 1) {
      const ok = await client.command('NOOP').then(
        () => true,
        () => false,
      );
      if (!ok) return done;
    }
    return Infinity;
  };
  const first = await survived();
  expect(first).toBeLessThan(1_000);
  expect(await survived()).toBe(first);
});

test.skipIf(skip)('rules with a chance go on until they have acted as often as allowed', async () => {
  const { proxy, client } = await proxied();
  const fault = proxy.inject({
    at: 'command',
    match: /^NOOP/,
    action: { answer: 'NO busy' },
    probability: 0.5,
    times: 3,
  });
  const statuses = [];
  for (let n = 0; n < 40; n += 1) statuses.push((await client.command('NOOP')).status);
  expect(statuses.filter(status => status === 'NO busy')).toHaveLength(3);
  expect(fault.fired).toBe(3);
});

test.skipIf(skip)('a slow line carries everything in order', async () => {
  const { proxy, client } = await proxied();
  Object.assign(proxy.quality, { latencyMs: 2, bytesPerSecond: 500_000, sliceBytes: 1_000 });
  expect((await client.command(append())).status).toMatch(/^OK/);
  await client.command('EXAMINE INBOX');
  expect((await client.command('FETCH 1 BODY.PEEK[]')).untagged).toContain(message);
});
