import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../electron/engine/create-engine.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import type { Input } from '../shared/contract.ts';
import type { Diagnosis } from '../shared/model/doctor.ts';
import { freePorts } from './rig/free-ports.ts';
import { runCli } from './rig/run-cli.ts';
import { startScriptedImap, type ScriptedImapOptions } from './rig/scripted-imap-server.ts';
import { createTestCertificate, type TestCertificateOptions } from './rig/test-certificate.ts';

/** "Why can't I get in?": for each thing that can be wrong, that the doctor stops there and names it. */

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'travaso-doctor-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function certificate(options: Omit<TestCertificateOptions, 'directory'> = {}) {
  const { caFile, certFile, keyFile } = await createTestCertificate({
    directory: await mkdtemp(join(directory, 'c-')),
    ...options,
  });
  return { caFile, cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
}

async function examine(asked: Omit<Input<'doctor.start'>, 'role' | 'server' | 'signInId'>): Promise<Diagnosis> {
  const engine = createEngine(defaultPorts());
  try {
    const { diagnosisId } = await engine.api['doctor.start']({
      server: null,
      role: 'source',
      signInId: null,
      ...asked,
    });
    return await expect
      .poll(() => engine.api['doctor.read']({ diagnosisId }), { timeout: 30_000 })
      .toMatchObject({ done: true })
      .then(() => engine.api['doctor.read']({ diagnosisId }));
  } finally {
    await engine.close();
  }
}

const states = ({ steps }: Diagnosis) => Object.fromEntries(steps.map(({ check, state }) => [check, state]));
const problemAt = ({ steps }: Diagnosis, check: string) =>
  steps.find(step => step.check === check)?.problem?.code ?? null;

test.each(['implicit', 'starttls'] as const)(
  'a good server with TLS %s: everything but the account is looked at',
  async tls => {
    const { caFile, cert, key } = await certificate();
    const from = tls === 'implicit' ? 'first-octet' : 'starttls';
    await using server = await startScriptedImap({ capabilities: 'IMAP4rev1 STARTTLS', tls: { from, cert, key } });
    const found = await examine({ address: `imap://anna@127.0.0.1:${server.port}`, tls, caFile });
    expect(states(found)).toEqual({
      find: 'good',
      name: 'good',
      port: 'good',
      tls: 'good',
      service: 'good',
      account: 'unchecked',
    });
    // The test's own authority is in no browser: whoever made this certificate could be reading along.
    expect(problemAt(found, 'tls')).toBe('TLS_INTERCEPTED');
    expect(found.line).toContain(`127.0.0.1:${server.port} find=good`);
    expect(server.received.filter(line => /LOGIN|AUTHENTICATE/.test(line))).toEqual([]);
  },
);

test.each([
  ['expired', { flaw: 'expired' }, 'TLS_CERTIFICATE_EXPIRED'],
  ['for another host', { names: ['mail.altro.it'] }, 'TLS_CERTIFICATE_WRONG_HOST'],
] as const)('a certificate that is %s', async (_, flaw, code) => {
  const { caFile, cert, key } = await certificate(flaw);
  await using server = await startScriptedImap({ tls: { from: 'first-octet', cert, key } });
  const found = await examine({ address: `imaps://anna@127.0.0.1:${server.port}`, caFile });
  expect([states(found)['tls'], states(found)['service'], problemAt(found, 'tls')]).toEqual(['bad', 'unchecked', code]);
});

test('a server that speaks of no TLS where STARTTLS is due', async () => {
  await using server = await startScriptedImap({ capabilities: 'IMAP4rev1' });
  const found = await examine({ address: `imap://anna@127.0.0.1:${server.port}`, tls: 'starttls' });
  expect(problemAt(found, 'tls')).toBe('TLS_NOT_OFFERED');
});

test.each<[string, ScriptedImapOptions, string]>([
  ['another protocol', { greeting: '220 mail.ente.it ESMTP\r\n' }, 'SERVER_NOT_IMAP'],
  ['no way to sign in', { capabilities: 'IMAP4rev1 LOGINDISABLED' }, 'SIGNIN_UNAVAILABLE'],
])('%s', async (_, script, code) => {
  await using server = await startScriptedImap(script);
  const found = await examine({ address: `imap://anna@127.0.0.1:${server.port}`, tls: 'none-on-loopback' });
  expect(problemAt(found, 'service')).toBe(code);
});

test('nobody at the port, and a name that does not exist', async () => {
  const [port = 0] = await freePorts(1);
  const found = await examine({ address: `imaps://anna@127.0.0.1:${port}` });
  expect([states(found)['name'], problemAt(found, 'port')]).toEqual(['good', 'SERVER_REFUSED_CONNECTION']);
  const nowhere = await examine({ address: 'imaps://anna@posta.ente.invalid' });
  expect([states(nowhere)['port'], problemAt(nowhere, 'name')]).toEqual(['unchecked', 'SERVER_UNKNOWN_HOST']);
});

test('a server that accepts and says nothing is waited for a few seconds only', async () => {
  const silent = createServer(() => undefined);
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const found = await examine({ address: `imap://anna@127.0.0.1:${port}`, tls: 'starttls' });
  expect(problemAt(found, 'tls')).toBe('SERVER_SILENT');
  silent.close();
}, 40_000);

test('on the command line, with the password tried once', async () => {
  await using server = await startScriptedImap({
    script: ({ tag, line }, session) => {
      if (!line.startsWith('LOGIN')) return false;
      session.send(`${tag} NO [AUTHENTICATIONFAILED] no\r\n`);
      return true;
    },
  });
  const { exitCode, text: stdout } = await runCli(
    ['doctor', '--source', `imap://anna@127.0.0.1:${server.port}`, '--tls', 'none-on-loopback', '--password-env', 'P'],
    { env: { P: 'sbagliata' } },
  );
  expect(exitCode).toBe(77);
  expect(stdout).toMatch(/✓ Il servizio di posta\n✗ Nome e password/);
  expect(stdout).toContain('account=bad T-301');
  expect(server.received.filter(line => / LOGIN /.test(line))).toHaveLength(1);
});
