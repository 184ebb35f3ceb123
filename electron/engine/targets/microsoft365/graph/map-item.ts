import { TravasoError } from '../../../../../shared/errors.ts';

/** Runs a mapping of an archived file; ical.js throws what it likes at what is no vCard or iCalendar. */
export function mapItem<T>(mapping: () => T): T {
  try {
    return mapping();
  } catch (error) {
    if (error instanceof TravasoError) throw error;
    throw new TravasoError('ITEM_REFUSED', { reason: 'unreadable' }, { cause: error });
  }
}
