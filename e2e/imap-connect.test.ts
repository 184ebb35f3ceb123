import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectImap, type ConnectImapOptions } from '../electron/engine/imap/connect.ts';
import type { TlsMode } from '../shared/account-address.ts';
import { problemOf, type Problem } from '../shared/errors.ts';
import { startScriptedImap, type ScriptedCommand, type ScriptedImapOptions } from './rig/scripted-imap-server.ts';
import { createTestCertificate, type TestCertificateOptions } from './rig/test-certificate.ts';

const silent = { debug: () => undefined, warn: () => undefined };

function optionsFor(port: number, tls: TlsMode, more: Partial<ConnectImapOptions> = {}): ConnectImapOptions {
  return {
    address: { kind: 'imap', user: 'anna@ente.it', host: '127.0.0.1', port, tls },
    credentials: { kind: 'password', password: 'segreta' },
    access: 'read-only',
    log: silent,
    ...more,
  };
}

async function problemWhen(connecting: Promise<{ close(): Promise<void> }>): Promise<Problem> {
  try {
    await (await connecting).close();
  } catch (error) {
    return problemOf(error);
  }
  throw new Error('the connection was made');
}

async function problemWith(script: ScriptedImapOptions, tls: TlsMode = 'none-on-loopback'): Promise<Problem> {
  await using server = await startScriptedImap(script);
  return await problemWhen(connectImap(optionsFor(server.port, tls)));
}

const refusingSignIn = (answer: string): ScriptedImapOptions => ({
  script: ({ tag, line }, session) => {
    if (!line.startsWith('LOGIN')) return false;
    session.send(answer.replace('TAG', tag));
    return true;
  },
});

describe('a server that does not let anybody in', () => {
  test.each<[string, ScriptedImapOptions, Partial<Problem>]>([
    ['not a mail server', { greeting: 'SSH-2.0-OpenSSH_9.2\r\n' }, { code: 'SERVER_NOT_IMAP' }],
    ['another mail protocol', { greeting: '220 mail.ente.it ESMTP\r\n' }, { code: 'SERVER_NOT_IMAP' }],
    ['busy at once', { greeting: '* BYE Zimbra terminating: service busy\r\n' }, { code: 'SERVER_BUSY' }],
    [
      'throttled at once',
      { greeting: '* BYE Request is throttled. Suggested Backoff Time: 299609 milliseconds\r\n' },
      { code: 'SERVER_THROTTLED', retryAfterMs: 299_609 },
    ],
    ['signed in as nobody knows whom', { greeting: '* PREAUTH hello\r\n' }, { code: 'SIGNIN_UNAVAILABLE' }],
    ['wrong password', refusingSignIn('TAG NO LOGIN failed\r\n'), { code: 'SIGNIN_REFUSED' }],
    [
      'wrong password with a code',
      refusingSignIn('TAG NO [AUTHENTICATIONFAILED] Authentication failed.\r\n'),
      { code: 'SIGNIN_REFUSED' },
    ],
    [
      'maintenance',
      refusingSignIn('TAG NO [ALERT] account undergoing maintenance; please try again later\r\n'),
      { code: 'SERVER_MAINTENANCE' },
    ],
    [
      'IMAP not enabled',
      refusingSignIn('TAG NO account does not have IMAP access enabled\r\n'),
      { code: 'IMAP_NOT_ENABLED' },
    ],
    [
      'a new password is due',
      refusingSignIn('TAG NO [ALERT] password must be changed\r\n'),
      { code: 'PASSWORD_CHANGE_DEMANDED' },
    ],
    [
      'too many connections',
      refusingSignIn('TAG NO [LIMIT] Maximum number of connections from user+IP exceeded\r\n'),
      { code: 'SERVER_BUSY' },
    ],
    [
      'sign-in disabled',
      { capabilities: 'IMAP4rev1 LOGINDISABLED' },
      { code: 'SIGNIN_UNAVAILABLE', details: { reason: 'login-disabled' } },
    ],
    ['hangs up after the password', refusingSignIn('* BYE server is busy\r\n'), { code: 'SERVER_BUSY' }],
  ])('%s', async (_, script, expected) => {
    expect(await problemWith(script)).toMatchObject(expected);
  });

  test('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => server.close(resolve));
    expect(await problemWhen(connectImap(optionsFor(port, 'none-on-loopback')))).toMatchObject({
      code: 'SERVER_REFUSED_CONNECTION',
    });
  });

  test('a server that never speaks is called silent, not wrong', async () => {
    await using server = await startScriptedImap({ greeting: null });
    const timeouts = { greeting: 100 };
    expect(await problemWhen(connectImap(optionsFor(server.port, 'none-on-loopback', { timeouts })))).toMatchObject({
      code: 'SERVER_SILENT',
    });
  });

  test('an interrupted sign-in ends at once', async () => {
    await using server = await startScriptedImap({ greeting: null });
    const interruption = new AbortController();
    const connecting = connectImap(optionsFor(server.port, 'none-on-loopback', { signal: interruption.signal }));
    interruption.abort();
    expect(await problemWhen(connecting)).toMatchObject({ code: 'INTERRUPTED' });
  });

  test('clear text is for this computer only', async () => {
    const options = optionsFor(143, 'none-on-loopback');
    const address = { ...options.address, host: 'mail.ente.it' };
    expect(await problemWhen(connectImap({ ...options, address }))).toMatchObject({ code: 'TLS_REQUIRED' });
  });
});

describe('signing in', () => {
  test('an access token goes as XOAUTH2, and the transcript holds no secret', async () => {
    await using server = await startScriptedImap({ capabilities: 'IMAP4rev1 SASL-IR AUTH=XOAUTH2' });
    const transcript: string[] = [];
    const credentials = { kind: 'access-token', token: 'gettone' } as const;
    const more = { credentials, transcript: (line: string) => transcript.push(line) };
    const connection = await connectImap(optionsFor(server.port, 'none-on-loopback', more));
    await connection.close();
    const secret = Buffer.from('user=anna@ente.it\x01auth=Bearer gettone\x01\x01').toString('base64');
    expect(server.received.join('\n')).toContain(`AUTHENTICATE XOAUTH2 ${secret}`);
    expect(transcript.join('\n')).toContain('AUTHENTICATE XOAUTH2');
    expect(transcript.join('\n')).not.toContain(secret);
  });

  test('a token is never offered to a server that knows only passwords', async () => {
    await using server = await startScriptedImap({ capabilities: 'IMAP4rev1 AUTH=PLAIN' });
    const credentials = { kind: 'access-token', token: 'gettone' } as const;
    const connecting = connectImap(optionsFor(server.port, 'none-on-loopback', { credentials }));
    expect(await problemWhen(connecting)).toMatchObject({
      code: 'SIGNIN_UNAVAILABLE',
      details: { reason: 'no-method' },
    });
    expect(server.received.join('\n')).not.toContain('gettone');
  });
});

describe('TLS', () => {
  async function withCertificate<T>(
    options: Omit<TestCertificateOptions, 'directory'>,
    use: (files: { ca: string; cert: string; key: string }) => Promise<T>,
  ): Promise<T> {
    const directory = await mkdtemp(join(tmpdir(), 'travaso-tls-'));
    try {
      const { caFile, certFile, keyFile } = await createTestCertificate({ directory, ...options });
      const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(file => readFile(file, 'utf8')));
      return await use({ ca: ca ?? '', cert: cert ?? '', key: key ?? '' });
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  const signInsIn = (received: readonly string[]) => received.filter(line => /LOGIN|AUTHENTICATE/.test(line));

  test.each(['implicit', 'starttls'] as const)('a certificate of the organisation’s own CA is good: %s', async tls => {
    await withCertificate({}, async ({ ca, cert, key }) => {
      const from = tls === 'implicit' ? 'first-octet' : 'starttls';
      await using server = await startScriptedImap({ capabilities: 'IMAP4rev1 STARTTLS', tls: { from, cert, key } });
      const connection = await connectImap(optionsFor(server.port, tls, { ca }));
      expect(connection.capabilities.has('IMAP4REV1')).toBe(true);
      await connection.close();
      expect(signInsIn(server.received)).toHaveLength(1);
    });
  });

  test.each([
    ['expired', { flaw: 'expired' }, true, 'TLS_CERTIFICATE_EXPIRED'],
    ['for another host', { names: ['mail.altro.it'] }, true, 'TLS_CERTIFICATE_WRONG_HOST'],
    ['self-signed', { flaw: 'self-signed' }, false, 'TLS_CERTIFICATE_SELF_SIGNED'],
    ['of an unknown CA', {}, false, 'TLS_CERTIFICATE_UNKNOWN_CA'],
  ] as const)('no password goes to a server whose certificate is %s', async (_, flaw, trusted, code) => {
    await withCertificate(flaw, async ({ ca, cert, key }) => {
      for (const tls of ['implicit', 'starttls'] as const) {
        const from = tls === 'implicit' ? 'first-octet' : 'starttls';
        await using server = await startScriptedImap({ capabilities: 'IMAP4rev1 STARTTLS', tls: { from, cert, key } });
        const options = optionsFor(server.port, tls, trusted ? { ca } : {});
        expect(await problemWhen(connectImap(options))).toMatchObject({ code });
        expect(signInsIn(server.received)).toEqual([]);
      }
    });
  });

  test('TLS 1.0 is too old', async () => {
    await withCertificate({}, async ({ ca, cert, key }) => {
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      await using server = await startScriptedImap({ tls: { from: 'first-octet', cert, key, ...old } });
      const problem = await problemWhen(connectImap(optionsFor(server.port, 'implicit', { ca })));
      expect(problem).toMatchObject({ code: 'TLS_TOO_OLD' });
    });
  });

  test('plain text where TLS is due', async () => {
    expect(await problemWith({}, 'implicit')).toMatchObject({ code: 'TLS_NOT_OFFERED' });
  });

  test.each<[string, ScriptedImapOptions, string]>([
    ['is not announced', {}, 'TLS_NOT_OFFERED'],
    [
      'is impossible after PREAUTH',
      { greeting: '* PREAUTH hello\r\n', capabilities: 'IMAP4rev1 STARTTLS' },
      'TLS_NOT_OFFERED',
    ],
    [
      'is refused',
      {
        capabilities: 'IMAP4rev1 STARTTLS',
        script: ({ line }: ScriptedCommand, session) => {
          if (line === 'STARTTLS') session.no('not today');
          return line === 'STARTTLS';
        },
      },
      'TLS_NOT_OFFERED',
    ],
    [
      'is followed by injected answers',
      {
        capabilities: 'IMAP4rev1 STARTTLS',
        script: ({ tag, line }: ScriptedCommand, session) => {
          if (line === 'STARTTLS')
            session.send(`${tag} OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n3 OK signed in\r\n`);
          return line === 'STARTTLS';
        },
      },
      'TLS_FAILED',
    ],
  ])('no password is sent when STARTTLS %s', async (_, script, code) => {
    await using server = await startScriptedImap(script);
    expect(await problemWhen(connectImap(optionsFor(server.port, 'starttls')))).toMatchObject({ code });
    expect(signInsIn(server.received)).toEqual([]);
  });

  test('a CA file without a certificate is named as such', async () => {
    const problem = await problemWhen(connectImap(optionsFor(1, 'implicit', { ca: 'not a certificate' })));
    expect(problem).toMatchObject({ code: 'CA_FILE_INVALID' });
  });
});
