import { TravasoError } from '../../../../shared/errors.ts';
import { splitFlags } from '../../../../shared/model/message.ts';
import { itemOf, numberOf } from '../../imap/fetch-items.ts';
import { isoFromInternalDate } from '../../imap/internal-date.ts';
import { fetchRows } from '../../imap/fetch-rows.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import { isList, octetsOf, type ImapValue } from '../../imap/imap-value.ts';
import { busyProblem } from '../../imap/server-text.ts';
import { identityFields } from '../../message/identity.ts';
import type { TargetEntry } from '../mail-target.ts';
import { reasonOf } from './append-answer.ts';
import type { ServerTraits } from './server-traits.ts';

const headerFields = `BODY.PEEK[HEADER.FIELDS (${identityFields.map(field => field.toUpperCase()).join(' ')})]`;

export interface InventoryScope {
  /** For people, in problems. */
  readonly folder: string;
  /** The lowest UID that counts. */
  readonly since: number;
  readonly traits: Pick<ServerTraits, 'tellsTrueSize' | 'identityOf'>;
}

/** Every message of the selected folder with a UID of `since` or above, in ascending order, as the server sends them. */
export async function* targetInventory(
  connection: ImapConnection,
  { folder, since, traits }: InventoryScope,
  signal: AbortSignal,
): AsyncGenerator<readonly TargetEntry[], void, void> {
  const items = `(UID FLAGS INTERNALDATE ${traits.tellsTrueSize ? 'RFC822.SIZE ' : ''}${headerFields})`;
  const read = (list: readonly ImapValue[]): TargetEntry | null => entryOf(list, since, traits.identityOf);
  const rows = fetchRows(connection, `UID FETCH ${since}:* ${items}`, read, signal);
  for (let next = await rows.next(); ; next = await rows.next()) {
    if (next.done !== true) {
      yield next.value;
      continue;
    }
    const answer = next.value;
    if (answer.status === 'OK') return;
    throw busyProblem(answer) ?? new TravasoError('TARGET_FOLDER_VANISHED', { folder, reason: reasonOf(answer) });
  }
}

function entryOf(
  list: readonly ImapValue[],
  since: number,
  identityOf: ServerTraits['identityOf'],
): TargetEntry | null {
  const uid = numberOf(list, 'UID');
  const header = list.findIndex(item => octetsOf(item)?.toUpperCase().startsWith('BODY[HEADER') === true);
  // A change of flags by somebody else arrives as a FETCH of its own without the header that was asked for.
  if (uid === null || header === -1) return null;
  // `n:*` names the last message even where its UID is below n (RFC 3501 section 6.4.8).
  if (uid < since) return null;
  const flags = itemOf(list, 'FLAGS');
  const date = octetsOf(itemOf(list, 'INTERNALDATE'));
  return {
    key: String(uid),
    size: numberOf(list, 'RFC822.SIZE'),
    internalDate: date === null ? null : isoFromInternalDate(date),
    ...splitFlags(isList(flags) ? flags.flatMap(flag => octetsOf(flag) ?? []) : []),
    identity: identityOf(Buffer.from(octetsOf(list[header + 1]) ?? '', 'latin1')),
  };
}
