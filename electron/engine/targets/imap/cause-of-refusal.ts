import { astring } from '../../imap/command.ts';
import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { readQuota } from './target-limits.ts';

/** Whether a refused APPEND is explained by the folder or the account rather than by the message. */
export async function causeOfRefusal(
  connection: ImapConnection,
  mailbox: string,
  sizeBytes: number,
): Promise<'quota' | 'folder-vanished' | null> {
  // Not STATUS: of a selected mailbox Dovecot answers it from memory, also when the mailbox is gone.
  const listed: UntaggedResponse[] = [];
  const untagged = (response: UntaggedResponse): void => {
    if (response.name === 'LIST') listed.push(response);
  };
  const answer = await connection.run(['LIST "" ', astring(mailbox)], { handler: { untagged } });
  if (answer.status === 'OK' && listed.length === 0) return 'folder-vanished';
  // Replaced by another folder of its name: Dovecot says BYE at the next occasion, and the line is lost.
  await connection.run('NOOP');
  const quota = await readQuota(connection);
  return quota !== null && quota.usedBytes + sizeBytes > quota.limitBytes ? 'quota' : null;
}
