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

/**
 * Such servers keep the archive's own standard forms, so nothing becomes text and nothing is left out.
 *
 * @throws ITEM_REFUSED for what no program can read
 */
export function prepareDavItem(item: OutgoingItem): PreparedItem {
  const kept = parsed(item);
  if (kept.size === 0) throw new TravasoError('ITEM_REFUSED', { reason: 'empty' });
  return { kept, changed: [] };
}

function parsed(item: OutgoingItem): ItemFields {
  try {
    return davFields(item.kind, davBody(item));
  } catch (error) {
    throw new TravasoError('ITEM_REFUSED', { reason: 'malformed' }, { cause: error });
  }
}
