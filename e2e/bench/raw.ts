import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Account, Contender } from './contender.ts';
import { passwordOf } from './contender.ts';
import type { Command } from './measure.ts';

/** What the line and the server can do: a socket that neither parses, hashes nor writes. Nobody can be faster. */
export const raw: Contender = {
  name: 'raw socket',
  remark: 'the limit: no parsing, no hashes, nothing kept',
  download: ({ from }) => command('raw-download.ts', from, []),
  upload: ({ origin, to }) => command('raw-upload.ts', to, [join(origin.server.home(origin.user), 'mail')]),
};

function command(script: string, account: Account, rest: readonly string[]): Command {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { user, server } = account;
  const args = [String(server.ports.imap), user, passwordOf(account), ...rest];
  return { program: process.execPath, args: [file, ...args] };
}
