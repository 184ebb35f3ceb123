import { addCategories } from '../../../items/add-categories.ts';
import { problemOfFlaw } from '../../../items/problem-of-flaw.ts';
import { readCalendar } from '../../../items/read-calendar.ts';
import type { ItemContent } from '../../item-source.ts';
import { gatherItem, unreadable } from './download-item.ts';
import type { ItemDownload } from './download-item.ts';
import { once } from './once.ts';

/** An appointment with the files attached to it; more than this is no such thing. */
const largest = 128 * 1024 * 1024;
/** The interface gives no length: a file that does not end as it must is asked for again before it is believed. */
const tries = 3;

/**
 * A series with all its exceptions as the server itself writes it, octet for octet; attachments within the file instead
 * of an address on a server that will be gone. Zimbra keeps tags beside the appointment and leaves them out of its file:
 * they are its CATEGORIES.
 */
export async function readCalendarItem(
  {
    session,
    id,
    details,
    tags = [],
  }: Pick<ItemDownload, 'session' | 'details'> & { readonly id: string; readonly tags?: readonly string[] },
  signal: AbortSignal,
): Promise<ItemContent> {
  const query = { id, fmt: 'ics', icalAttach: 'inline' };
  const download = { session, query, size: null, details };
  let octets = await gatherItem(download, largest, signal);
  for (let tried = 1; tried < tries && !endsWhole(octets); tried += 1) {
    octets = await gatherItem(download, largest, signal);
  }
  const { title, components, flaw } = readCalendar(octets);
  // What the server writes where it cannot read the appointment itself: a calendar with nothing in it.
  if (components === 0) throw unreadable(download, octets.length === 0 ? 'empty-answer' : 'no-component');
  return {
    name: title,
    extension: 'ics',
    mediaType: 'text/calendar',
    octets: once(addCategories(octets, tags)),
    problem: flaw === null ? null : problemOfFlaw(flaw, { ...details, name: title }),
  };
}

function endsWhole(octets: Buffer): boolean {
  return /END:VCALENDAR\s*$/i.test(octets.subarray(-64).toString('latin1'));
}
