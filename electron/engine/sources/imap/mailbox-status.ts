import { astring } from '../../imap/command.ts';
import type { CommandResult, ImapConnection, UntaggedResponse } from '../../imap/imap-connection.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import type { ImapValue } from '../../imap/imap-value.ts';
import type { FolderStatus } from '../mail-source.ts';

/** How many STATUS commands wait for their answers at a time. */
const underWay = 8;

/** The items worth asking this server for, as STATUS and LIST-STATUS take them. */
export function statusItems(capabilities: ReadonlySet<string>): string {
  const items = ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY'];
  if (capabilities.has('CONDSTORE') || capabilities.has('QRESYNC')) items.push('HIGHESTMODSEQ');
  if (capabilities.has('STATUS=SIZE') || capabilities.has('IMAP4REV2')) items.push('SIZE');
  return `(${items.join(' ')})`;
}

/** Reads `* STATUS name (items)`; null for any other response, or one without a message count. */
export function readStatusResponse(response: UntaggedResponse): { mailbox: string; status: FolderStatus } | null {
  const [name, list] = response.values;
  const mailbox = octetsOf(name);
  if (response.name !== 'STATUS' || mailbox === null || !isList(list)) return null;
  const items = numbersOf(list);
  const messages = items.get('MESSAGES');
  if (messages === undefined) return null;
  const status = {
    messages: Number(messages),
    bytes: items.has('SIZE') ? Number(items.get('SIZE')) : null,
    changeMark: changeMark({
      messages,
      uidNext: items.get('UIDNEXT'),
      uidValidity: items.get('UIDVALIDITY'),
      highestModseq: items.get('HIGHESTMODSEQ'),
    }),
  };
  return { mailbox, status };
}

export interface ChangeMarkParts {
  readonly messages: string | undefined;
  readonly uidNext: string | undefined;
  readonly uidValidity: string | undefined;
  readonly highestModseq: string | undefined;
}

/**
 * Equal marks mean that neither messages nor flags changed. Only a mod-sequence (RFC 7162) says that of flags; 0
 * stands for a mailbox without mod-sequences. The other numbers are in it because servers have bugs.
 */
export function changeMark({ messages, uidNext, uidValidity, highestModseq }: ChangeMarkParts): string | null {
  if (messages === undefined || uidNext === undefined || uidValidity === undefined) return null;
  if (highestModseq === undefined || /^0*$/.test(highestModseq)) return null;
  return [uidValidity, uidNext, messages, highestModseq].join('.');
}

/** STATUS of each mailbox, several under way at a time. A refused one is left out. */
export async function statusOfEach(
  connection: ImapConnection,
  mailboxes: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FolderStatus>> {
  const found = new Map<string, FolderStatus>();
  const items = statusItems(connection.capabilities);
  const untagged = (response: UntaggedResponse) => {
    const read = readStatusResponse(response);
    if (read !== null) found.set(read.mailbox, read.status);
  };
  let failures = 0;
  for (let at = 0; at < mailboxes.length; at += underWay) {
    const window = mailboxes.slice(at, at + underWay);
    const results: readonly CommandResult[] = await Promise.all(
      window.map(mailbox =>
        connection.run(['STATUS ', astring(mailbox), ` ${items}`], { signal, handler: { untagged } }),
      ),
    );
    failures += results.filter(({ status }) => status !== 'OK').length;
    // A server that knows no STATUS refuses them all, and Zimbra hangs up after five failures in a row.
    if (failures > 0 && failures >= at + window.length) break;
  }
  return found;
}

function numbersOf(list: readonly ImapValue[]): Map<string, string> {
  const items = new Map<string, string>();
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = octetsOf(list[at]);
    const value = octetsOf(list[at + 1]);
    if (name !== null && value !== null && /^\d{1,20}$/.test(value)) items.set(name.toUpperCase(), value);
  }
  return items;
}
