import { TravasoError } from '../../../../shared/errors.ts';
import { astring } from '../../imap/command.ts';
import type { ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { octetsOf } from '../../imap/imap-value.ts';
import { busyProblem, serverSaid } from '../../imap/server-text.ts';
import { changeMark } from './mailbox-status.ts';

export interface ExaminedFolder {
  readonly generation: string;
  readonly messages: number;
  readonly changeMark: string | null;
}

/** Selects a mailbox read-only. Throws `FOLDER_VANISHED`, `FOLDER_UNREADABLE`, or that the server is busy. */
export async function examineFolder(
  connection: ImapConnection,
  octetName: string,
  readableName: string,
  signal: AbortSignal,
): Promise<ExaminedFolder> {
  const numbers = new Map<string, string>();
  let messages = '0';
  const untagged = ({ name, number, status }: UntaggedResponse) => {
    if (name === 'EXISTS' && number !== null) messages = String(number);
    const code = status?.code;
    const value = octetsOf(code?.values[0]);
    if (code != null && value !== null && /^\d{1,20}$/.test(value)) numbers.set(code.name, value);
  };
  const result = await connection.run(['EXAMINE ', astring(octetName)], { signal, handler: { untagged } });
  if (result.status !== 'OK') {
    const busy = busyProblem(result);
    if (busy !== null) throw busy;
    const gone =
      /^(?:NONEXISTENT|TRYCREATE)$/.test(result.code?.name ?? '') ||
      /does(?:n't| not) exist|no such|not found|unknown mailbox/i.test(result.text);
    throw new TravasoError(gone ? 'FOLDER_VANISHED' : 'FOLDER_UNREADABLE', {
      folder: readableName,
      ...serverSaid(result),
    });
  }
  const uidValidity = numbers.get('UIDVALIDITY');
  return {
    // Servers without persistent UIDs are gone; one that says nothing gets a generation of its own.
    generation: uidValidity ?? '0',
    messages: Number(messages),
    changeMark: changeMark({
      messages,
      uidNext: numbers.get('UIDNEXT'),
      uidValidity,
      highestModseq: numbers.get('HIGHESTMODSEQ'),
    }),
  };
}
