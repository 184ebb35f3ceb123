import { chmod, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { dovecotAvailable, startDovecot } from '../rig/dovecot.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { loadMaildir } from '../rig/load-maildir.ts';
import { runCli } from '../rig/run-cli.ts';
import type { CliResult } from '../rig/run-cli.ts';
import { createTestCertificate } from '../rig/test-certificate.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { backupArgs, copyOf, newFolder, run, runTo, startFaulty, uploadArgs } from './journey.ts';
import { startTlsFront } from './tls-front.ts';
import { smallMailbox } from './small-mailbox.ts';

describe.skipIf(!dovecotAvailable())('bad input', () => {
  let server: DovecotServer;
  let archive: string;
  beforeAll(async () => {
    server = await startDovecot({ users: { mario: { password: 'segreta' }, anna: { password: 'segreta' } } });
    loadMaildir(server, smallMailbox(), { user: 'mario' });
    archive = await newFolder();
    await runTo(0, backupArgs(archive, from()));
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const from = () => ({ user: 'mario', port: server.ports.imap });

  /** What every refusal owes: its code, the exit code that goes with it, four plain sentences and no stack trace. */
  async function expectRefusal(
    code: ErrorCode,
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<void> {
    const { desk, exit } = errorCodes[code];
    const asJson = await run(args, { env });
    expect(asJson.result, asJson.stderr).toMatchObject({ status: 'failed', problem: { code, desk } });
    expect(asJson.exitCode).toBe(exit);
    expectClean(asJson);
    const asText = await run(
      args.filter(arg => arg !== '--json'),
      { env },
    );
    expect(asText.exitCode).toBe(exit);
    const said = asText.text + asText.stderr;
    expect(said).toContain(desk);
    expect(said).not.toMatch(/\{[a-zA-Z]+\}|undefined|\bnull\b|\[object/);
    expectClean(asText);
  }

  test('a wrong password, said to be refused and never repeated to the screen', async () => {
    const env = { RELIABILITY_PASSWORD: 'sbagliata-davvero' };
    await expectRefusal('SIGNIN_REFUSED', backupArgs(await newFolder(), from()), env);
    await expectRefusal('SIGNIN_REFUSED', uploadArgs(archive, from()), env);
  });

  test('a password that was not given', async () => {
    const args = backupArgs(await newFolder(), from()).filter(
      arg => !['--password-env', 'RELIABILITY_PASSWORD'].includes(arg),
    );
    await expectRefusal('PASSWORD_MISSING', args);
    await expectRefusal('PASSWORD_MISSING', [...args, '--password-env', 'NOT_SET_ANYWHERE']);
  });

  test('a host that does not exist', async () => {
    const args = ['backup', '--source', 'imaps://mario@posta.invalid', '--archive', await newFolder(), ...secret];
    await expectRefusal('SERVER_UNKNOWN_HOST', args);
  });

  test('a port where nobody listens, and one where no mail server does', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise(resolve => closed.close(resolve));
    const refused = await run(backupArgs(await newFolder(), { user: 'mario', port }), {
      ports: { clock: hurriedClock() },
    });
    expect(refused.result).toMatchObject({ problem: { code: 'SERVER_REFUSED_CONNECTION' } });
    expect(refused.exitCode).toBe(69);

    const web = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
    await new Promise(resolve => web.once('listening', resolve));
    const args = backupArgs(await newFolder(), { user: 'mario', port: (web.address() as { port: number }).port });
    await expectRefusal('SERVER_NOT_IMAP', args);
    web.close();
  });

  test.each([
    { flaw: 'expired', code: 'TLS_CERTIFICATE_EXPIRED', names: ['localhost'] },
    { flaw: 'self-signed', code: 'TLS_CERTIFICATE_SELF_SIGNED', names: ['localhost'] },
    { flaw: undefined, code: 'TLS_CERTIFICATE_WRONG_HOST', names: ['posta.ente.it'] },
  ] as const)('a certificate that cannot be trusted: $code', async ({ flaw, code, names }) => {
    const { path: directory } = createTestDirectory('certificate');
    const certificate = await createTestCertificate({ directory, names, ...(flaw === undefined ? {} : { flaw }) });
    await using front = await startTlsFront(server.ports.imap, certificate);
    const source = `imaps://mario@localhost:${front.port}`;
    const trusted = ['--ca', certificate.caFile];
    const args = ['backup', '--source', source, '--archive', await newFolder(), ...trusted, ...secret];
    await expectRefusal(code, args);
    await expectRefusal(code, ['upload', '--target', source, '--archive', archive, ...trusted, ...secret]);
    expect(front.octets).toBe(0);
  });

  test('a certificate of an authority nobody named, and the same once it is named', async () => {
    const source = `imaps://mario@localhost:${server.ports.imaps}`;
    const args = ['backup', '--source', source, '--archive', await newFolder(), ...secret];
    await expectRefusal('TLS_CERTIFICATE_UNKNOWN_CA', args);
    await runTo(0, [...args, '--ca', server.caFile]);
    await expectRefusal('CA_FILE_INVALID', [...args, '--ca', join(archive, 'not-there.pem')]);
  });

  test('an archive that another process is working on', async () => {
    const busy = await newFolder();
    await using first = startFaulty(backupArgs(busy, from()), null);
    // Held still by the system, so that it cannot be done before the second begins.
    expect(await first.waitFor(event => event.event === 'progress')).not.toBeNull();
    process.kill(first.pid, 'SIGSTOP');
    await expectRefusal('ARCHIVE_IN_USE', backupArgs(busy, from()));
    await expectRefusal('ARCHIVE_IN_USE', uploadArgs(busy, { ...from(), user: 'anna' }));
    process.kill(first.pid, 'SIGCONT');
    expect((await first.finished).exitCode).toBe(0);
    await runTo(0, backupArgs(busy, from()));
  });

  test('an archive from a newer version', async () => {
    const newer = await copyOf(archive);
    const path = join(newer, 'travaso.json');
    const description = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...description, version: 99 }));
    await expectRefusal('ARCHIVE_NEWER', backupArgs(newer, from()));
    await expectRefusal('ARCHIVE_NEWER', uploadArgs(newer, { ...from(), user: 'anna' }));
    await expectRefusal('ARCHIVE_NEWER', ['verify', '--archive', newer, '--json']);
  });

  test('a folder that is no archive, holds something else, or is not there', async () => {
    const other = await newFolder();
    await writeFile(join(other, 'appunti.txt'), 'x');
    await expectRefusal('ARCHIVE_NOT_AN_ARCHIVE', backupArgs(other, from()));
    await expectRefusal('ARCHIVE_NOT_AN_ARCHIVE', uploadArgs(other, from()));
    await expectRefusal('ARCHIVE_NOT_AN_ARCHIVE', ['verify', '--archive', other, '--json']);
    await expectRefusal('ARCHIVE_NOT_FOUND', uploadArgs(join(other, 'non-esiste'), from()));
    await expectRefusal('ARCHIVE_NOT_FOUND', ['verify', '--archive', join(other, 'non-esiste'), '--json']);
    await expectRefusal('ARCHIVE_FORMAT_FIXED', backupArgs(archive, from(), '--format', 'eml'));
  });

  test('a catalogue that is no catalogue: the way out is to rebuild', async () => {
    const broken = await copyOf(archive);
    await writeFile(join(broken, 'catalogue.sqlite'), 'nothing that SQLite knows');
    await expectRefusal('ARCHIVE_CATALOGUE_DAMAGED', backupArgs(broken, from()));
    await expectRefusal('ARCHIVE_CATALOGUE_DAMAGED', uploadArgs(broken, { ...from(), user: 'anna' }));
    await runTo(0, ['rebuild', '--archive', broken, '--json']);
    await runTo(0, backupArgs(broken, from()));
  });

  test('mail that was cut short behind our back: nothing is written over it', async () => {
    const broken = await copyOf(archive);
    const inbox = join(broken, 'data', 'mail', await inboxOf(broken));
    await truncate(inbox, 1000);
    await expectRefusal('ARCHIVE_DAMAGED', backupArgs(broken, from()));
    expect((await readFile(inbox)).length).toBe(1000);
  });

  test('a path that cannot be written', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), 'x');
    await expectRefusal('DISK_NOT_WRITABLE', backupArgs(join(folder, 'file', 'archivio'), from()));
  });

  test.skipIf(process.getuid?.() === 0)('a folder without leave to write in', async () => {
    const folder = join(await newFolder(), 'chiusa');
    await mkdir(folder);
    await chmod(folder, 0o555);
    await expectRefusal('DISK_NOT_WRITABLE', backupArgs(join(folder, 'archivio'), from()));
  });

  test.each([
    { args: ['backup'], exit: 64 },
    { args: ['nonsense'], exit: 64 },
    { args: ['backup', '--source', 'imap://mario@localhost', '--archive', 'x', '--format', 'zip'], exit: 64 },
    { args: ['backup', '--source', 'ftp://mario@localhost', '--archive', 'x', '--password-env', 'HOME'], exit: 64 },
  ])('a command line that makes no sense: $args', async ({ args, exit }) => {
    const result = await runCli(args);
    expect(result.exitCode).toBe(exit);
    expectClean(result);
  });
});

const secret = ['--password-env', 'RELIABILITY_PASSWORD', '--json'];

function expectClean({ text, stderr, events }: CliResult): void {
  const said = text + stderr + JSON.stringify(events);
  expect(said).not.toMatch(/\n\s+at .*[:(]\d+|node:internal|file:\/\//);
  expect(said).not.toContain('segreta');
  expect(said).not.toContain('sbagliata-davvero');
}

/** Waiting between two tries takes no time. */
function hurriedClock() {
  return { now: () => new Date(), monotonicMs: () => performance.now(), sleep: () => Promise.resolve() };
}

async function inboxOf(archive: string): Promise<string> {
  const manifest = await readFile(join(archive, 'manifest-sha256.txt'), 'utf8');
  return /data\/mail\/(inbox-\S+\.mbox)/.exec(manifest)?.[1] ?? '';
}
