import { fetchRows } from '../../imap/fetch-rows.ts';
import type { CommandResult, ImapConnection } from '../../imap/imap-connection.ts';
import type { ImapValue } from '../../imap/imap-value.ts';
import { busyProblem } from '../../imap/server-text.ts';
import { takeUids, uidSet } from '../../imap/uid-set.ts';
import type { InventoryEntry } from '../mail-source.ts';

export interface AskInPartsOptions {
  readonly connection: ImapConnection;
  /** Ascending. */
  readonly uids: readonly number[];
  readonly items: string;
  readonly read: (items: readonly ImapValue[]) => InventoryEntry | null;
  /** Whether the server still owes the items of this message. */
  readonly isOwed: (uid: number) => boolean;
  readonly signal: AbortSignal;
}

const partSize = 500;
/** Refusals to begin with: enough to corner some fifty messages, ten halvings each. */
const firstCredit = 500;
/** Refusals for each message that came. Halving a part in which every other message is bad takes three. */
const creditForEach = 4;

/**
 * Asks for items of which a server refused the whole because of some messages, until every message whose items can be
 * had has told them:
 *
 *     OK                     → all of the part came
 *     NO, some came before   → the first that did not is the bad one: it is asked alone, then the rest
 *     NO, none came          → the part in halves, until the bad message is alone
 *
 * Every refusal is paid for by messages that came, so the commands stay in proportion to them: a server that can tell
 * nothing at all costs 500 refusals and one command for every 500 messages, not two for each. Parts for which there
 * was no credit left wait until others have earned some, so a stretch of bad messages hides none behind it as long as
 * the folder is not bad for the greater part.
 */
export async function* askInParts(options: AskInPartsOptions): AsyncGenerator<readonly InventoryEntry[], undefined> {
  const { connection, items, read, isOwed, signal } = options;
  const { groups, whole } = inParts(options.uids);
  let credit = firstCredit;
  let postponed: (readonly number[])[] = [];
  for (;;) {
    const uids = groups.pop();
    if (uids === undefined) {
      if (credit <= 0 || postponed.length === 0) return;
      groups.push(...postponed.reverse());
      postponed = [];
      continue;
    }
    if (credit <= 0 && !whole.delete(uids)) {
      postponed.push(uids);
      continue;
    }
    whole.delete(uids);
    const result = yield* fetchRows(connection, `UID FETCH ${uidSet(uids)} ${items}`, read, signal);
    const owed = uids.filter(isOwed);
    credit += creditForEach * (uids.length - owed.length);
    if (result.status === 'OK') continue;
    refuseIfBusy(result);
    credit -= 1;
    // Zimbra hangs up after five failed commands in a row; one that succeeds starts the count again.
    await connection.run('NOOP', { signal });
    if (uids.length === 1) continue;
    const middle = owed.length < uids.length ? 1 : Math.ceil(owed.length / 2);
    for (const half of [owed.slice(middle), owed.slice(0, middle)]) if (half.length > 0) groups.push(half);
  }
}

/** Last part first, as they are taken from the end; `whole` are those nobody has asked for yet. */
function inParts(uids: readonly number[]): { groups: (readonly number[])[]; whole: Set<readonly number[]> } {
  const parts: (readonly number[])[] = [];
  for (let start = 0; start < uids.length; start += parts.at(-1)?.length ?? uids.length) {
    parts.push(takeUids(uids, start, partSize));
  }
  return { groups: parts.reverse(), whole: new Set(parts) };
}

export function refuseIfBusy(result: CommandResult): void {
  const busy = busyProblem(result);
  if (busy !== null) throw busy;
}
