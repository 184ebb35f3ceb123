import { spawnSync } from 'node:child_process';
import type { DovecotServer } from '../rig/dovecot.ts';
import { mailDifference, readAccount } from '../rig/oracle.ts';
import type { MailFact } from '../rig/oracle.ts';

/**
 * What an independent reader finds different in the new mailbox, one line each; null where there is no python3. Folder
 * names are left aside: the new server spells some of them in its own way, and the report says which.
 */
export async function judge(
  server: DovecotServer,
  user: string,
  password: string,
  wanted: readonly MailFact[],
): Promise<readonly string[] | null> {
  if (spawnSync('python3', ['--version']).status !== 0) return null;
  const { host, ports, caFile } = server;
  const found = await readAccount({ host, port: ports.imaps, tls: 'implicit', caFile, user, password });
  return mailDifference(wanted, found.messages, { ignore: ['folder'], limit: 10 });
}
