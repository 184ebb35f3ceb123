import type { Problem } from '../../../shared/errors.ts';
import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';

/**
 * What to know while the organisation's freeze lasts; null before, after, and where there is none. It stands in
 * nobody's way: mail still flows, and what is carried then stays. `from` and `until` are whole days, both included, at
 * the organisation's own place, for which this computer's calendar is taken.
 */
export function freezeProblem(profile: OrganisationProfile | null, now: Date): Problem | null {
  const { freezeFrom: from, freezeUntil: until } = profile?.dates ?? { freezeFrom: null, freezeUntil: null };
  if (from === null || until === null) return null;
  const today = localDay(now);
  // ISO 8601 days sort as they follow one another.
  return from <= today && today <= until
    ? { code: 'ORGANISATION_FREEZE', details: { fromDay: from, untilDay: until } }
    : null;
}

function localDay(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
