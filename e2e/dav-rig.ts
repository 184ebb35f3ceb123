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
