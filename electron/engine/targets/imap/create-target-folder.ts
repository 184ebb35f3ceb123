import { TravasoError } from '../../../../shared/errors.ts';
import { astring } from '../../imap/command.ts';
import type { CommandResult, ImapConnection } from '../../imap/imap-connection.ts';
import { busyProblem } from '../../imap/server-text.ts';
import { reasonOf } from './append-answer.ts';

/** Names on the wire; `folder` is for people. */
export interface FolderToCreate {
  readonly mailbox: string;
  readonly folder: string;
  /** The mailboxes above it below the namespace prefix, outermost first. */
  readonly parents: readonly string[];
}

/**
 * Creates a mailbox and subscribes to it, since most clients show only subscribed ones. RFC 3501 section 6.3.3 lets
 * the server make missing parents, and most do; where one does not, they are made here.
 */
export async function createTargetFolder(
  connection: ImapConnection,
  { mailbox, folder, parents }: FolderToCreate,
  signal: AbortSignal,
): Promise<void> {
  let answer = await create(connection, mailbox, signal);
  if (answer !== null && parents.length > 0 && answer.code?.name !== 'CANNOT') {
    for (const parent of parents) await create(connection, parent, signal);
    answer = await create(connection, mailbox, signal);
  }
  if (answer !== null) {
    const busy = answer.code?.name === 'LIMIT' ? null : busyProblem(answer);
    throw busy ?? new TravasoError('TARGET_FOLDER_REFUSED', { folder, reason: reasonOf(answer) });
  }
  // A server without subscriptions refuses this; the folder is there all the same.
  await connection.run(['SUBSCRIBE ', astring(mailbox)], { signal });
}

/** Null when the mailbox is there now, whoever made it; otherwise the refusal. */
async function create(connection: ImapConnection, mailbox: string, signal: AbortSignal): Promise<CommandResult | null> {
  const answer = await connection.run(['CREATE ', astring(mailbox)], { signal });
  if (answer.status === 'OK' || answer.code?.name === 'ALREADYEXISTS') return null;
  // Servers older than RFC 5530 (and Exchange) say NO without a code for a mailbox that exists, in any case of letters.
  const status = await connection.run(['STATUS ', astring(mailbox), ' (MESSAGES)'], { signal });
  return status.status === 'OK' ? null : answer;
}
