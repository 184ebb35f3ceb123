import { formatDay } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { useOrganisation } from './use-organisation.ts';

/** What the organisation tells its people before they begin: its own words, its dates, its manuals. */
export function OrganisationNotice() {
  const words = useWords().organisation;
  const language = useLanguage();
  const { profile } = useOrganisation();
  if (profile === null) return null;
  const { freezeFrom, freezeUntil, cutOver, accessEnds } = profile.dates;
  const day = (value: string): string => formatDay(value, language);
  const dates = [
    freezeFrom === null || freezeUntil === null ? null : words.dates.freeze(day(freezeFrom), day(freezeUntil)),
    cutOver === null ? null : words.dates.cutOver(day(cutOver)),
    accessEnds === null ? null : words.dates.accessEnds(day(accessEnds)),
  ].filter(line => line !== null);
  return (
    <Notice kind="info">
      <strong>{profile.name[language]}</strong>
      {profile.texts.welcome === null ? null : <p>{profile.texts.welcome[language]}</p>}
      {dates.map(line => (
        <p key={line}>{line}</p>
      ))}
      {profile.officialSender === null ? null : (
        <p>
          {words.officialSender} <strong>{profile.officialSender}</strong>.
        </p>
      )}
      {profile.manuals.length === 0 ? null : (
        <>
          <p>{words.manuals}:</p>
          <ul>
            {profile.manuals.map(({ title, url }) => (
              <li key={url}>
                {title[language]}: <span className="t-link-text">{url}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
