import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../electron/engine/http/http-client.ts';
import { connectImap, type ImapCredentials } from '../electron/engine/imap/connect.ts';
import { openSoapSession } from '../electron/engine/zimbra/open-soap-session.ts';
import { defaultPorts } from '../electron/engine/default-ports.ts';
import { parseAccountAddress } from '../shared/account-address.ts';
import { TravasoError } from '../shared/errors.ts';
import { fakeMailbox } from './fakes/zimbra/fake-mailbox.ts';
import { startZimbraFake } from './fakes/zimbra/start-zimbra-fake.ts';
import { startConnectProxy } from './rig/connect-proxy.ts';
import { filesHolding } from './rig/files-holding.ts';
import { startCli } from './rig/run-cli.ts';
import { startScriptedImap } from './rig/scripted-imap-server.ts';
import { createTestDirectory } from './rig/test-directory.ts';

/** What a program leaves behind when it dies with secrets in its memory: the error that ended it, and files. */
const canary = 'canarino-caduta-61d8';
const anna = 'anna@ente.it';
const never = new AbortController().signal;
const log = { debug: () => undefined, warn: () => undefined };

/** As Node prints an error that nobody caught, and deeper. */
async function printed(attempt: Promise<unknown>): Promise<string> {
  const thrown: unknown = await attempt.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(TravasoError);
  return inspect(thrown, { depth: 12, showHidden: true });
}

/** Also as it goes over the line: in base64, alone or behind the name as SASL has it. */
const spelt = [
  canary,
  Buffer.from(canary).toString('base64').replace(/=*$/, ''),
  Buffer.from(`\0${anna}\0${canary}`).toString('base64'),
  Buffer.from(`user=${anna}\x01auth=Bearer ${canary}\x01\x01`).toString('base64'),
];

test.each<[string, ImapCredentials, string]>([
  ['a password', { kind: 'password', password: canary }, 'IMAP4rev1'],
  ['a password by SASL', { kind: 'password', password: canary }, 'IMAP4rev1 SASL-IR AUTH=PLAIN'],
  ['a token', { kind: 'access-token', token: canary }, 'IMAP4rev1 SASL-IR AUTH=XOAUTH2'],
])('an error of the mail line does not hold %s', async (_, credentials, capabilities) => {
  await using server = await startScriptedImap({
    capabilities,
    script: ({ tag, line }, session) => {
      if (!/^(?:LOGIN|AUTHENTICATE)/.test(line)) return false;
      session.send(`${tag} NO refused\r\n`);
      return true;
    },
  });
  const address = { kind: 'imap', user: anna, host: '127.0.0.1', port: server.port, tls: 'none-on-loopback' } as const;
  const text = await printed(connectImap({ address, credentials, access: 'read-only', log }));
  expect(text).toContain('SIGNIN_REFUSED');
  for (const secret of spelt) expect(text).not.toContain(secret);
});

test.each(['zimbra', 'carbonio-advanced'] as const)('an error of %s does not hold a password', async edition => {
  await using fake = await startZimbraFake({
    edition,
    accounts: [{ name: anna, password: 'x', mailbox: fakeMailbox() }],
  });
  const address = parseAccountAddress(fake.address(anna));
  if (address.kind !== 'zimbra' && address.kind !== 'carbonio') throw new Error(address.kind);
  const options = { address, password: () => Promise.resolve(canary), ca: await readFile(fake.caFile, 'utf8') };
  const text = await printed(openSoapSession({ ...options, ports: defaultPorts() }, never));
  expect(text).toContain('SIGNIN_REFUSED');
  for (const secret of spelt) expect(text).not.toContain(secret);
});

test('an error of the proxy does not hold its password', async () => {
  await using proxy = await startConnectProxy({ names: {}, credentials: 'anna:x' });
  const findProxy = () => Promise.resolve(proxy.url.replace('//', `//${encodeURIComponent(anna)}:${canary}@`));
  const http = createHttpClient({ findProxy });
  onTestFinished(() => http.close());
  const text = await printed(http.send({ method: 'GET', url: 'https://posta.ente.test/' }, never));
  expect(text).toContain('PROXY_REFUSED');
  for (const secret of [...spelt, Buffer.from(`${anna}:${canary}`).toString('base64')])
    expect(text).not.toContain(secret);
});

test.skipIf(process.platform === 'win32')(
  'a command that is aborted in the middle says and writes nothing of it',
  async () => {
    const { path: place, remove } = createTestDirectory('crash');
    onTestFinished(remove);
    await using fake = await startZimbraFake({
      edition: 'carbonio-advanced',
      accounts: [{ name: anna, password: canary, mailbox: fakeMailbox() }],
    });
    const reached = Promise.withResolvers<undefined>();
    // It is let in, and never hears who it is.
    fake.state.handlers.set('GetFolderRequest', () => {
      reached.resolve(undefined);
      return new Promise(() => undefined);
    });
    const mail = join(place, 'posta');
    await writeFile(`${mail}.eml`, 'Subject: a\r\n\r\nb\r\n');
    const archive = join(place, 'archivio');
    await using saved = startCli(['backup', '--source', `eml:${mail}.eml`, '--archive', archive], { cwd: place });
    await saved.finished;
    const args = ['upload', '--archive', archive, '--target', fake.address(anna), '--ca', fake.caFile];
    await using run = startCli([...args, '--password-stdin', '--json'], { stdin: `${canary}\n`, cwd: place });
    await reached.promise;
    const { exitCode, events, stderr, text } = await run.kill('SIGABRT');
    expect(exitCode).not.toBe(0);
    const tokens = fake.state.sessions.tokens();
    expect(tokens).not.toEqual([]);
    for (const secret of [canary, ...tokens]) {
      expect(JSON.stringify(events) + stderr + text).not.toContain(secret);
      expect(filesHolding(place, secret)).toEqual([]);
    }
    expect(readdirSync(place).filter(name => /^(?:core|report\.)/.test(name))).toEqual([]);
  },
);
