import type { UntaggedResponse } from './imap-connection.ts';
import type { ImapValue } from './imap-value.ts';
import { isList, octetsOf } from './imap-value.ts';

/** The alternating names and values of `* n FETCH (…)`; null for any other response. */
export function fetchItems(response: UntaggedResponse): readonly ImapValue[] | null {
  const [list] = response.values;
  return response.name === 'FETCH' && isList(list) ? list : null;
}

/** The value of an item by its upper-case name; undefined when the server did not give it. */
export function itemOf(items: readonly ImapValue[], wanted: string): ImapValue | undefined {
  for (let at = 0; at + 1 < items.length; at += 2) {
    const name = items[at];
    if (typeof name === 'string' && (name === wanted || name.toUpperCase() === wanted)) return items[at + 1];
  }
  return undefined;
}

/** An unsigned number item such as UID or RFC822.SIZE; null when absent or not a number. */
export function numberOf(items: readonly ImapValue[], wanted: string): number | null {
  const digits = octetsOf(itemOf(items, wanted));
  return digits !== null && /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
