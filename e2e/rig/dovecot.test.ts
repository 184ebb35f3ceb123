import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { dovecotAvailable, italianFolders, startDovecot, type DovecotServer } from './dovecot.ts';
import { groupRuns } from './process-group.ts';
import { openRawImap, openRawSession } from './raw-imap-client.ts';

const skip = !dovecotAvailable();
const session = (server: DovecotServer) => openRawSession(server.ports.imap, 'mario', 'segreta', server.host);

test.skipIf(skip)('speaks TLS under its own authority for both names, and offers STARTTLS', async () => {
  await using server = await startDovecot();
  const ca = await readFile(server.caFile);
  for (const servername of ['localhost', '']) {
    const socket = connectTls({ port: server.ports.imaps, host: servername || server.host, servername, ca });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
  }
  using client = await openRawImap(server.ports.imap);
  expect(client.greeting).toContain('STARTTLS');
});

test.skipIf(skip)('tls: required refuses a password in the clear, none offers no TLS', async () => {
  await using strict = await startDovecot({ tls: 'required' });
  await expect(session(strict)).rejects.toThrow('PRIVACYREQUIRED');
  await using plain = await startDovecot({ tls: 'none' });
  using client = await session(plain);
  expect(client.greeting).not.toContain('STARTTLS');
});

test.skipIf(skip)('announces Italian special folders below a prefix', async () => {
  await using server = await startDovecot({ prefix: 'INBOX.', specialFolders: italianFolders });
  using client = await session(server);
  const { untagged } = await client.command('LIST (SPECIAL-USE) "" "*"');
  expect(untagged).toMatch(/\\Sent[^\r]*"\." "INBOX.Posta inviata"/);
  expect((await client.command('NAMESPACE')).untagged).toContain('(("INBOX." "."))');
});

test.skipIf(skip)('hides capabilities before and after sign-in', async () => {
  const withoutCapabilities = ['MULTIAPPEND', 'LITERAL+', 'STATUS=SIZE'];
  await using server = await startDovecot({ withoutCapabilities });
  using client = await session(server);
  const { untagged } = await client.command('CAPABILITY');
  expect(client.greeting + untagged).not.toMatch(/MULTIAPPEND|LITERAL\+|STATUS=SIZE/);
  expect(untagged).toMatch(/UIDPLUS.*CONDSTORE/);
});

test.skipIf(skip)('its full list of capabilities is what this Dovecot announces by itself', async () => {
  const announced = async (withoutCapabilities: string[]): Promise<string[]> => {
    const quotaRule = '*:storage=1M';
    await using server = await startDovecot({ withoutCapabilities, quotaRule, specialFolders: italianFolders });
    using client = await session(server);
    return (await client.command('CAPABILITY')).untagged.trim().split(' ').sort();
  };
  expect(await announced(['X-NONE'])).toEqual(await announced([]));
});

test.skipIf(skip)('enforces quota, message size and connections per user', async () => {
  await using server = await startDovecot({
    users: { mario: { password: 'segreta', quotaRule: '*:storage=20K' } },
    maxMessageBytes: 15_000,
    maxConnectionsPerUser: 2,
  });
  using client = await session(server);
  const append = (size: number) => client.command(`APPEND INBOX {${size}+}\r\n${'x'.repeat(size)}`);
  expect((await append(16_000)).status).toMatch(/^NO/);
  expect((await append(14_000)).status).toMatch(/^OK/);
  expect((await append(14_000)).status).toMatch(/^NO \[OVERQUOTA\]/);
  using second = await session(server);
  await expect(session(server)).rejects.toThrow();
  expect((await second.command('NOOP')).status).toMatch(/^OK/);
});

test.skipIf(skip).each(['maildir-fs', 'sdbox'] as const)('keeps %s mail over a restart and a kill', async storage => {
  await using server = await startDovecot({ storage });
  {
    using client = await session(server);
    expect((await client.command('APPEND INBOX {1+}\r\nx')).status).toMatch(/^OK/);
    await server.kill();
    expect(await client.line()).toBeNull();
  }
  await server.restart();
  expect(await server.doveadm('mailbox', 'status', '-u', 'mario', 'messages', 'INBOX')).toContain('messages=1');
});

test.skipIf(skip)('leaves neither files nor a listening port', async () => {
  const server = await startDovecot();
  const { imap } = server.ports;
  await server[Symbol.asyncDispose]();
  expect(existsSync(server.caFile)).toBe(false);
  await expect(once(connect(imap, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test.skipIf(skip || process.platform !== 'linux')('dies with a test process that is killed', async () => {
  const module = fileURLToPath(new URL('dovecot.ts', import.meta.url));
  const script = `const { startDovecot } = await import(${JSON.stringify(module)});
    console.log((await startDovecot()).caFile); setInterval(() => {}, 1000);`;
  const runner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [caFile] = (await once(runner.stdout, 'data')) as [Buffer];
  const directory = dirname(caFile.toString().trim());
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const master = Number(await readFile(join(directory, 'run', 'master.pid'), 'utf8'));
  expect(groupRuns(master)).toBe(true);
  runner.kill('SIGKILL');
  await expect.poll(() => groupRuns(master), { timeout: 20_000 }).toBe(false);
});
