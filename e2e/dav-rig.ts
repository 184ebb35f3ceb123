import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runHere } from './rig/run-here.ts';
import type { HereOptions } from './rig/run-here.ts';
import type { CliResult } from './rig/run-cli.ts';
import type { RadicaleServer } from './rig/radicale.ts';

export const davPassword = { RELIABILITY_PASSWORD: 'segreta' };

/** The arguments by which the command line reaches a user's address books and calendars. */
export function davArgs({ port, caFile }: Pick<RadicaleServer, 'port' | 'caFile'>, user = 'anna'): string[] {
  const trust = caFile === null ? ['--tls', 'none-on-loopback'] : ['--ca', caFile];
  return ['--target', `dav://${user}@localhost:${port}`, '--password-env', 'RELIABILITY_PASSWORD', '--json', ...trust];
}

export function runDav(args: readonly string[], options: HereOptions = {}): Promise<CliResult> {
  return runHere(args, { ...options, env: { ...davPassword, ...options.env } });
}

/** Runs a command and asserts that it ended with this exit code. */
export async function runDavTo(exitCode: number, args: readonly string[]): Promise<CliResult> {
  const result = await runDav(args);
  const told = JSON.stringify(result.result);
  expect({ exitCode: result.exitCode, stderr: result.stderr }, told).toEqual({ exitCode, stderr: '' });
  return result;
}

/** Every file of an item that a user has at the server, without the server's own cache of them. */
export function davItems(server: RadicaleServer, user: string): readonly string[] {
  const home = server.home(user);
  if (!existsSync(home)) return [];
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(?:ics|vcf)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.includes('.Radicale.cache'))
    .sort();
}
