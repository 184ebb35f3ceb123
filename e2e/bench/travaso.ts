import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account, Contender } from './contender.ts';
import { passwordOf } from './contender.ts';
import type { Command } from './measure.ts';

const commandLine = fileURLToPath(new URL('../../electron/hosts/cli.ts', import.meta.url));

interface EngineOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
// Plain JavaScript, as it runs before anything is installed; so its type is said here.
const script: string = new URL('../../build/scripts/engine-options.mjs', import.meta.url).href;
export const { engineOptions } = (await import(script)) as { readonly engineOptions: EngineOptions };

/** Our own command line from the sources, as `npm run travaso` starts it. */
export const travaso: Contender = {
  name: 'travaso',
  remark: 'SHA-256 of every message and file, fsync',
  download: ({ from, directory }) => command('backup', '--source', from, directory),
  upload: ({ directory, to }) => command('upload', '--target', to, directory),
};

/** A file as the old mailbox. */
export function backUpFile(source: string, archive: string): Command {
  const args = [...engineOptions.args, commandLine, 'backup', '--source', source, '--archive', archive];
  return { program: process.execPath, args, env: engineOptions.env };
}

function command(name: string, side: '--source' | '--target', account: Account, directory: string): Command {
  const { server, user } = account;
  const address = `imap://${encodeURIComponent(user)}@${server.host}:${server.ports.imap}`;
  const signIn = ['--tls', 'none-on-loopback', '--password-env', 'BENCH_PASSWORD'];
  return {
    program: process.execPath,
    args: [...engineOptions.args, commandLine, name, side, address, '--archive', join(directory, 'archive'), ...signIn],
    env: { ...engineOptions.env, BENCH_PASSWORD: passwordOf(account) },
  };
}
