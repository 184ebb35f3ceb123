import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import type { Language } from '../../../shared/words/language.ts';

/** How to reach the help desk, in one line; null where the profile does not tell. */
export function helpDeskContact({ helpDesk }: OrganisationProfile, language: Language): string | null {
  const parts = [helpDesk.phone, helpDesk.mail, helpDesk.url, helpDesk.hours?.[language] ?? null];
  const known = parts.filter(part => part !== null);
  return known.length === 0 ? null : known.join(', ');
}
