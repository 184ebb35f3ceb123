import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FolderPath } from '../../shared/model/folder.ts';
import type { MailFact } from './mail-fact.ts';

export { mailDifference, multiset, type MailFact } from './mail-fact.ts';

/** An account to look at. `caFile` is needed for both kinds of TLS. */
export interface OracleAccount {
  readonly host: string;
  readonly port: number;
  readonly tls?: 'none' | 'starttls' | 'implicit';
  readonly caFile?: string;
  readonly user: string;
  readonly password: string;
  /** Namespace prefix to take off the folder names, e.g. `INBOX.`; INBOX itself stays. Default: none. */
  readonly prefix?: string;
}

export interface OracleFolder {
  readonly path: FolderPath;
  /** As the server spells it, in modified UTF-7. */
  readonly name: string;
  readonly separator: string | null;
  /** As LIST gave them, e.g. `\Sent`, `\Noselect`, `\HasNoChildren`. */
  readonly attributes: readonly string[];
  readonly subscribed: boolean;
  /** Null for folders that cannot be selected. */
  readonly uidvalidity: number | null;
  readonly messages: number;
}

export interface OracleMessage extends MailFact {
  readonly uid: number;
  /** RFC822.SIZE; `size` is the length of what really came. */
  readonly announced: number;
}

export interface OracleReading {
  readonly folders: readonly OracleFolder[];
  readonly messages: readonly OracleMessage[];
}

/**
 * Everything in an account, read by Python's imaplib: an implementation that shares nothing with the one under test.
 * Rejects when any folder cannot be read in full.
 */
export async function readAccount(account: OracleAccount): Promise<OracleReading> {
  const script = fileURLToPath(new URL('imaplib_oracle.py', import.meta.url));
  const child = spawn('python3', [script], { stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  const exited = once(child, 'close');
  child.stdin.end(JSON.stringify({ tls: 'none', bodies: true, ...account }));

  const folders: OracleFolder[] = [];
  const messages: OracleMessage[] = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    const { kind, path: fullPath, ...record } = JSON.parse(line) as OracleRecord;
    const path = withoutPrefix(fullPath, account.prefix ?? '');
    if (kind === 'folder') folders.push({ ...(record as Omit<OracleFolder, 'path'>), path });
    else messages.push({ ...(record as Omit<OracleMessage, 'folder'>), folder: path });
  }
  await exited;
  if (child.exitCode !== 0) throw new Error(`The oracle could not read ${account.user}: ${complaint}`);
  return { folders, messages };
}

interface OracleRecord {
  readonly kind: 'folder' | 'message';
  readonly path: FolderPath;
}

/** A prefix ends with the separator, so it covers whole leading segments (RFC 2342). */
function withoutPrefix(path: FolderPath, prefix: string): FolderPath {
  const depth = prefix === '' ? 0 : prefix.split(/[./]/).length - 1;
  return path.length > depth ? path.slice(depth) : path;
}
