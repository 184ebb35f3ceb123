import { cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { verifyArchive } from '../../electron/engine/archive/verify-archive.ts';
import { readArchive } from '../rig/archive-oracle.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import { mailDifference } from '../rig/mail-fact.ts';
import type { FactField, MailFact } from '../rig/mail-fact.ts';
import { readAccount } from '../rig/oracle.ts';
import type { OracleReading } from '../rig/oracle.ts';
import { faultPlanVariable } from '../rig/planned-faults.ts';
import { startCli } from '../rig/run-cli.ts';
import type { CliOptions, CliResult, CliRun } from '../rig/run-cli.ts';
import { runHere } from '../rig/run-here.ts';
import type { HereOptions } from '../rig/run-here.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { fileURLToPath } from 'node:url';

export const neverAborted: AbortSignal = new AbortController().signal;
const password = { RELIABILITY_PASSWORD: 'segreta' };
const faultyCommandLine = fileURLToPath(new URL('../rig/faulty-cli.ts', import.meta.url));

/** An account as the command line names it. */
export interface Account {
  readonly user: string;
  readonly port: number;
}

export function backupArgs(archive: string, from: Account, ...more: readonly string[]): string[] {
  return ['backup', '--source', addressOf(from), '--archive', archive, ...common, ...more];
}

export function uploadArgs(archive: string, to: Account, ...more: readonly string[]): string[] {
  return ['upload', '--target', addressOf(to), '--archive', archive, ...common, ...more];
}

const common = ['--tls', 'none-on-loopback', '--password-env', 'RELIABILITY_PASSWORD', '--json'];

function addressOf({ user, port }: Account): string {
  return `imap://${user}@127.0.0.1:${port}`;
}

/** Runs a command in this process. */
export function run(args: readonly string[], options: HereOptions = {}): Promise<CliResult> {
  return runHere(args, { ...options, env: { ...password, ...options.env } });
}

/** Runs a command in this process and asserts that it ended with this exit code. */
export async function runTo(exitCode: number, args: readonly string[], options: HereOptions = {}): Promise<CliResult> {
  const result = await run(args, options);
  expect({ exitCode: result.exitCode, stderr: result.stderr }, JSON.stringify(result.result)).toEqual({
    exitCode,
    stderr: '',
  });
  return result;
}

/** Starts a command in a process of its own, with a fault planned for it. */
export function startFaulty(args: readonly string[], plan: string | null, options: CliOptions = {}): CliRun {
  return startCli(args, {
    ...options,
    command: [process.execPath, faultyCommandLine],
    env: {
      ...password,
      ...options.env,
      ...(plan === null ? {} : { [faultPlanVariable]: plan }),
      // Hundreds of processes are started: what they load is compiled once.
      NODE_COMPILE_CACHE: join(compileCache.path, 'modules'),
    },
  });
}
const compileCache = createTestDirectory('compiled');

/** A new empty folder; all of them go when the test process ends. */
export async function newFolder(): Promise<string> {
  return await mkdtemp(join(folders.path, 'f'));
}
const folders = createTestDirectory('archives');

/** A copy of an archive to break. */
export async function copyOf(archive: string): Promise<string> {
  const copy = await newFolder();
  await cp(archive, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

export interface ExpectArchiveOptions {
  readonly ignore?: readonly FactField[];
  /** Messages the archive must keep although the source has lost them. */
  readonly absent?: readonly MailFact[];
}

/**
 * What speaks against the archive holding exactly these messages: in the eyes of an independent reader, and of the
 * product's own check. Empty when nothing does.
 */
export async function archiveFaults(
  root: string,
  present: Iterable<MailFact>,
  { ignore = [], absent = [] }: ExpectArchiveOptions = {},
): Promise<readonly string[]> {
  const { messages, wrong } = await readArchive(root);
  const held = messages.filter(message => !message.absent);
  const lost = messages.filter(message => message.absent);
  const verified = await verifyArchive({ root, signal: neverAborted, progress: () => undefined });
  return [
    ...wrong,
    ...mailDifference(present, held, { ignore }),
    ...mailDifference(absent, lost, { ignore }).map(line => `among the absent: ${line}`),
    ...verified.problems.map(problem => JSON.stringify(problem)),
    ...(verified.messages === messages.length ? [] : [`verified ${verified.messages} of ${messages.length}`]),
  ];
}

export async function expectArchive(
  root: string,
  present: Iterable<MailFact>,
  options: ExpectArchiveOptions = {},
): Promise<void> {
  expect(await archiveFaults(root, present, options)).toEqual([]);
}

/** What an account holds, by an independent reader. */
export function accountOf(server: DovecotServer, user: string): Promise<OracleReading> {
  const { prefix = '' } = server.options;
  return readAccount({ host: server.host, port: server.ports.imap, user, password: 'segreta', prefix });
}

/** What speaks against the account holding exactly these messages. */
export async function accountFaults(
  server: DovecotServer,
  user: string,
  expected: Iterable<MailFact>,
  ignore: readonly FactField[] = [],
): Promise<readonly string[]> {
  const { messages } = await accountOf(server, user);
  return mailDifference(expected, messages, { ignore });
}

export async function expectAccount(
  server: DovecotServer,
  user: string,
  expected: Iterable<MailFact>,
  ignore: readonly FactField[] = [],
): Promise<void> {
  expect(await accountFaults(server, user, expected, ignore)).toEqual([]);
}

/** Users `u0`, `u1`, …: one server serves hundreds of tests with an empty mailbox each. */
export function manyUsers(count: number): Record<string, { password: string }> {
  const names = Array.from({ length: count }, (_, index) => `u${index}`);
  return Object.fromEntries(['mario', ...names].map(name => [name, { password: 'segreta' }]));
}

/** Calls `act` for every item, at most `width` at a time. */
export async function inParallel<T>(width: number, items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** For resources that live as long as one test. */
export function untilTestEnds<T extends AsyncDisposable>(resource: T): T {
  onTestFinished(() => resource[Symbol.asyncDispose]());
  return resource;
}
