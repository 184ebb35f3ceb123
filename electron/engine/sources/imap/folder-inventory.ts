import { TravasoError } from '../../../../shared/errors.ts';
import { splitFlags } from '../../../../shared/model/message.ts';
import { itemOf, numberOf } from '../../imap/fetch-items.ts';
import { fetchRows } from '../../imap/fetch-rows.ts';
import type { ImapConnection } from '../../imap/imap-connection.ts';
import type { ImapValue } from '../../imap/imap-value.ts';
import { isList, octetsOf } from '../../imap/imap-value.ts';
import { isoFromInternalDate } from '../../imap/internal-date.ts';
import { serverSaid } from '../../imap/server-text.ts';
import type { InventoryEntry } from '../mail-source.ts';
import { askInParts, refuseIfBusy } from './ask-in-parts.ts';

/**
 * Every message of the selected mailbox once. Servers answer in the order of UIDs, so entries pass through as they
 * come; what does not fit that order (an unsolicited flag change, a response that lacks items, one out of turn) is
 * kept aside and settled at the end, in ascending order, so that nothing is lost and nothing told twice.
 *
 * A server that refuses because of one message (its date or size cannot be read) is asked for flags alone, which come
 * from its index, and then for the rest in parts (see `askInParts`): it must cost neither the folder nor the dates of
 * the others. Throws `FOLDER_UNREADABLE` when even flags are refused.
 */
export async function* folderInventory(
  connection: ImapConnection,
  messages: number,
  signal: AbortSignal,
): AsyncGenerator<readonly InventoryEntry[], undefined> {
  // Some servers refuse the range 1:* where there is no message.
  if (messages === 0) return;
  const order = new AscendingOrder();
  const read = (items: readonly ImapValue[]) => order.admit(items);
  const full = yield* fetchRows(connection, `UID FETCH 1:* ${allItems}`, read, signal);
  if (full.status !== 'OK') {
    refuseIfBusy(full);
    const reduced = yield* fetchRows(connection, 'UID FETCH 1:* (UID FLAGS)', read, signal);
    if (reduced.status !== 'OK') {
      refuseIfBusy(reduced);
      throw new TravasoError('FOLDER_UNREADABLE', serverSaid(full));
    }
    const isOwed = (uid: number): boolean => order.lacks(uid);
    yield* askInParts({ connection, uids: order.incomplete(), items: allItems, read, isOwed, signal });
  }
  const late = order.late();
  if (late.length > 0) yield late;
}

const allItems = '(UID FLAGS INTERNALDATE RFC822.SIZE)';

class AscendingOrder {
  /** UIDs already yielded; ascending by construction. */
  readonly #yielded: number[] = [];
  readonly #aside = new Map<number, { readonly entry: InventoryEntry; readonly complete: boolean }>();

  /** The entry if it is complete and next in order; null when it was kept aside or is no message of its own. */
  admit(items: readonly ImapValue[]): InventoryEntry | null {
    const uid = numberOf(items, 'UID');
    if (uid === null || uid === 0) return null;
    const date = octetsOf(itemOf(items, 'INTERNALDATE'));
    const size = numberOf(items, 'RFC822.SIZE');
    const flags = itemOf(items, 'FLAGS');
    const entry: InventoryEntry = {
      key: String(uid),
      announcedSize: size,
      internalDate: date === null ? null : isoFromInternalDate(date),
      ...splitFlags(isList(flags) ? flags.filter(flag => typeof flag === 'string') : []),
    };
    const complete = date !== null && size !== null && flags !== undefined;
    const last = this.#yielded.at(-1) ?? 0;
    if (complete && uid > last) {
      this.#yielded.push(uid);
      this.#aside.delete(uid);
      return entry;
    }
    const known = this.#aside.get(uid);
    if (!this.#wasYielded(uid) && (known === undefined || (complete && !known.complete))) {
      this.#aside.set(uid, { entry, complete });
    }
    return null;
  }

  /** UIDs of which something is still missing, ascending. */
  incomplete(): readonly number[] {
    return [...this.#aside].flatMap(([uid, { complete }]) => (complete ? [] : [uid])).sort((a, b) => a - b);
  }

  lacks(uid: number): boolean {
    return this.#aside.get(uid)?.complete === false;
  }

  late(): readonly InventoryEntry[] {
    return [...this.#aside].sort(([a], [b]) => a - b).map(([, { entry }]) => entry);
  }

  #wasYielded(uid: number): boolean {
    let low = 0;
    let high = this.#yielded.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#yielded[middle] ?? 0) < uid) low = middle + 1;
      else high = middle;
    }
    return this.#yielded[low] === uid;
  }
}
