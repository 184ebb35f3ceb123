import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { displayPath } from '../../shared/model/folder.ts';
import type { FolderPath } from '../../shared/model/folder.ts';
import type { DovecotServer } from '../rig/dovecot.ts';
import type { MailFact } from '../rig/mail-fact.ts';
import type { OracleReading } from '../rig/oracle.ts';
import { createTestDirectory } from '../rig/test-directory.ts';
import { accountOf } from './journey.ts';
import { plain } from './small-mailbox.ts';

const mailForDelivery = createTestDirectory('delivery');
// The server reads it as another user.
chmodSync(mailForDelivery.path, 0o755);

/** A mailbox before and after its owner went on working in it. */
export interface ChangedMailbox {
  readonly present: readonly MailFact[];
  /** As they were when they were last seen. */
  readonly absent: readonly MailFact[];
}

/** New mail in an old and in a new folder, one message deleted, one read, one tagged. */
export async function changeMailbox(
  server: DovecotServer,
  user: string,
  before: OracleReading,
): Promise<ChangedMailbox> {
  await deliver(server, user, ['INBOX'], 'Nuova uno');
  await deliver(server, user, ['INBOX'], 'Nuova due');
  await deliver(server, user, ['Cartella nuova'], 'Nuova tre');
  await server.doveadm('expunge', '-u', user, 'mailbox', 'INBOX', 'uid', '2');
  await server.doveadm('flags', 'add', '-u', user, '\\Answered Urgente', 'mailbox', 'INBOX', 'uid', '3');
  await server.doveadm('flags', 'remove', '-u', user, '\\Flagged', 'mailbox', 'INBOX', 'uid', '4');
  const { messages } = await accountOf(server, user);
  return {
    present: messages,
    absent: before.messages.filter(({ folder, uid }) => displayPath(folder) === 'INBOX' && uid === 2),
  };
}

/** Puts one message into a folder, made if need be, past the server's network side. */
export async function deliver(server: DovecotServer, user: string, folder: FolderPath, subject: string): Promise<void> {
  const file = join(mailForDelivery.path, randomUUID());
  await writeFile(file, plain(folder, subject, `<${subject.replaceAll(' ', '.')}@ente.it>`).octets);
  const name = folder.join(server.options.separator ?? '.');
  await server.doveadm('mailbox', 'create', '-u', user, '-s', name).catch(() => undefined);
  await server.doveadm('save', '-u', user, '-m', name, file);
}
