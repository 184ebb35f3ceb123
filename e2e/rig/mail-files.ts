import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MailFact } from './mail-fact.ts';
import type { GeneratedMessage } from './mailbox-generator.ts';
import { createTestDirectory } from './test-directory.ts';

export type MailFileKind = 'mbox' | 'thunderbird' | 'eml' | 'maildir' | 'zimbra';

export interface MailFiles {
  /** The file or folder for the source. */
  readonly path: string;
  /** The folder everything lies in, to add more to. */
  readonly directory: string;
  /** What Python reads back from what it wrote. */
  readonly facts: readonly MailFact[];
  [Symbol.dispose](): void;
}

/**
 * Mail in files, written and read back by Python's `mailbox` and `tarfile` modules: nothing of the code under test takes
 * part.
 *
 * @param more further settings of `mail_files.py`: `mode` and `split` and `others` for `zimbra`
 */
export function writeMailFiles(
  kind: MailFileKind,
  messages: Iterable<Omit<GeneratedMessage, 'octets'> & { readonly octets: Buffer }>,
  more: Readonly<Record<string, unknown>> = {},
): MailFiles {
  const directory = createTestDirectory('mail-files');
  const staging = join(directory.path, 'staging');
  mkdirSync(staging);
  const staged = Array.from(messages, ({ folder, octets, internalDate, flags, keywords }, index) => {
    const file = join(staging, String(index));
    writeFileSync(file, octets);
    return { file, folder, date: Math.floor(internalDate.getTime() / 1000), flags, keywords };
  });
  const path = join(directory.path, kind === 'zimbra' ? `export${more['mode'] === 'w' ? '.tar' : '.tgz'}` : kind);
  const script = fileURLToPath(new URL('mail_files.py', import.meta.url));
  const output = execFileSync('python3', [script], {
    input: JSON.stringify({ kind, root: path, staged, ...more }),
    maxBuffer: 1024 ** 3,
  });
  const lines = output
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '');
  return {
    path,
    directory: directory.path,
    facts: lines.map(line => JSON.parse(line) as MailFact),
    [Symbol.dispose]: directory.remove,
  };
}
