import { TravasoError } from '../../../../../shared/errors.ts';
import { calendarItemFields } from '../../../items/calendar-fields.ts';
import type { OutgoingItem, PreparedItem } from '../../item-target.ts';
import { fieldChanges } from './field-changes.ts';
import { CalendarUnfit, outgoingCalendar } from './outgoing-calendar.ts';
import type { OutgoingCalendar } from './outgoing-calendar.ts';

/** Enough to see that what is sent takes place when it did: rules go along as they are. */
const fewOccurrences = 5;

/**
 * An upload asks what changes; ten years of a series are for the proof, which asks for what is kept.
 *
 * @throws ITEM_REFUSED
 */
export function prepareCalendar(item: OutgoingItem): PreparedItem {
  const { text, asText } = readOutgoing(item);
  const sent = Buffer.from(text);
  const wanted = calendarItemFields(item.octets, fewOccurrences);
  return {
    get kept() {
      return calendarItemFields(sent);
    },
    changed: fieldChanges(wanted, calendarItemFields(sent, fewOccurrences), asText),
  };
}

/** @throws ITEM_REFUSED where the mailbox has no place for such a thing, or the file is none */
export function readOutgoing({ kind, name, octets, identity }: OutgoingItem): OutgoingCalendar {
  try {
    return outgoingCalendar(octets, identity);
  } catch (error) {
    const reason = error instanceof CalendarUnfit ? error.reason : 'malformed';
    throw new TravasoError('ITEM_REFUSED', { kind, name, reason }, { cause: error });
  }
}
