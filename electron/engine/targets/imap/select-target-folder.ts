import { TravasoError } from '../../../../shared/errors.ts';
import { astring } from '../../imap/command.ts';
import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import { busyProblem } from '../../imap/server-text.ts';
import { reasonOf } from './append-answer.ts';

/** What SELECT says of a mailbox. */
export interface SelectedFolder {
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly messages: number;
  /** Null when the server sent no PERMANENTFLAGS. */
  readonly permanentFlags: readonly string[] | null;
}

/**
 * Selects a mailbox. Appending does not require it, but Dovecot opens an unselected mailbox anew for each APPEND,
 * which doubles the time of an upload.
 */
export async function selectTargetFolder(
  connection: ImapConnection,
  mailbox: string,
  folder: string,
  signal: AbortSignal,
): Promise<SelectedFolder> {
  const said: { uidValidity?: string; uidNext?: number; permanentFlags?: readonly string[]; messages: number } = {
    messages: 0,
  };
  const untagged = ({ name, number, status }: UntaggedResponse): void => {
    if (name === 'EXISTS' && number !== null) said.messages = number;
    const code = status?.code ?? null;
    const value = code?.values[0];
    if (code?.name === 'UIDVALIDITY') said.uidValidity = octetsOf(value) ?? '0';
    if (code?.name === 'UIDNEXT') said.uidNext = Number(octetsOf(value));
    if (code?.name === 'PERMANENTFLAGS' && isList(value)) {
      said.permanentFlags = value.flatMap(flag => octetsOf(flag) ?? []);
    }
  };
  const answer = await connection.run(['SELECT ', astring(mailbox)], { signal, handler: { untagged } });
  if (answer.status !== 'OK') {
    throw busyProblem(answer) ?? new TravasoError('TARGET_FOLDER_VANISHED', { folder, reason: reasonOf(answer) });
  }
  const { messages, uidValidity = '0', permanentFlags = null } = said;
  const uidNext = said.uidNext ?? (await uidAfterLast(connection, messages, signal));
  return { uidValidity, uidNext, messages, permanentFlags };
}

/** UIDNEXT became mandatory in RFC 3501's revision only; UIDs rise, so the last one gives a bound as well. */
async function uidAfterLast(connection: ImapConnection, messages: number, signal: AbortSignal): Promise<number> {
  if (messages === 0) return 1;
  let last = 0;
  const untagged = ({ name, values: [items] }: UntaggedResponse): void => {
    if (name !== 'FETCH' || !isList(items)) return;
    const at = items.findIndex(item => octetsOf(item)?.toUpperCase() === 'UID');
    last = Math.max(last, Number(octetsOf(items[at + 1]) ?? 0));
  };
  await connection.run('UID FETCH * (UID)', { signal, handler: { untagged } });
  return last + 1;
}
