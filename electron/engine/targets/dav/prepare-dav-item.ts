import { TravasoError } from '../../../../shared/errors.ts';
import { calendarItemFields } from '../../items/calendar-fields.ts';
import { contactItemFields } from '../../items/contact-fields.ts';
import type { ItemFields } from '../../items/item-fields.ts';
import type { OutgoingItem, PreparedItem } from '../item-target.ts';
import { outgoingCalendar } from './outgoing-calendar.ts';
import { outgoingCard } from './outgoing-card.ts';

/** The fields of a file as a server of this kind gives it back. Throws when it cannot be parsed. */
export function davFields(kind: OutgoingItem['kind'], octets: Buffer): ItemFields {
  return kind === 'contact' ? contactItemFields(octets) : calendarItemFields(octets);
}

/** What is sent, before the address book says which vCard it takes. */
export function davBody(item: OutgoingItem): Buffer {
  return item.kind === 'contact' ? outgoingCard(item) : outgoingCalendar(item);
}

/** Enough to know that a series can be expanded. */
const fewOccurrences = 3;

/**
 * Such servers keep the archive's own standard forms, so nothing becomes text and nothing is left out. An upload only asks
 * whether the item can be read; ten years of a series are for the proof.
 *
 * @throws ITEM_REFUSED for what no program can read
 */
export function prepareDavItem(item: OutgoingItem): PreparedItem {
  const body = davBody(item);
  if (readable(item.kind, body).size === 0) throw new TravasoError('ITEM_REFUSED', { reason: 'empty' });
  return {
    get kept() {
      return davFields(item.kind, body);
    },
    changed: [],
  };
}

function readable(kind: OutgoingItem['kind'], body: Buffer): ItemFields {
  try {
    return kind === 'contact' ? contactItemFields(body) : calendarItemFields(body, fewOccurrences);
  } catch (error) {
    throw new TravasoError('ITEM_REFUSED', { reason: 'malformed' }, { cause: error });
  }
}
