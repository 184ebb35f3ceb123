import type { ErrorCode, Problem } from '../../../shared/errors.ts';
import type { CalendarFlaw } from './read-calendar.ts';

const codes: Readonly<Record<CalendarFlaw['flaw'], ErrorCode>> = {
  malformed: 'ITEM_MALFORMED',
  'zone-unknown': 'ITEM_ZONE_UNKNOWN',
  endless: 'ITEM_ENDLESS',
};

/** What is odd about a calendar item, for the report. */
export function problemOfFlaw({ flaw, ...more }: CalendarFlaw, details: Problem['details']): Problem {
  return { code: codes[flaw], details: { ...details, ...more } };
}
