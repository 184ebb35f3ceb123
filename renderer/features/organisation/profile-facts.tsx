import type { OrganisationProfile } from '../../../shared/model/organisation-profile.ts';
import { formatDay } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';

interface ProfileFactsProps {
  readonly profile: OrganisationProfile;
  readonly fingerprint: string | null;
}

/** What a profile says, for a person to compare with what they were told. */
export function ProfileFacts({ profile, fingerprint }: ProfileFactsProps) {
  const words = useWords().organisation;
  const language = useLanguage();
  const { target } = profile;
  return (
    <dl className="t-facts">
      <dt>{words.domains}</dt>
      <dd>{profile.domains.map(domain => `@${domain}`).join(', ')}</dd>
      <dt>{words.source}</dt>
      <dd>{profile.source.host}</dd>
      <dt>{words.target}</dt>
      <dd>{target.kind === 'microsoft365' ? 'Microsoft 365' : target.host}</dd>
      {profile.officialSender === null ? null : (
        <>
          <dt>{words.officialSender}</dt>
          <dd>{profile.officialSender}</dd>
        </>
      )}
      {profile.expires === null ? null : (
        <>
          <dt>{words.expires}</dt>
          <dd>{formatDay(profile.expires, language)}</dd>
        </>
      )}
      {fingerprint === null ? null : (
        <>
          <dt>{words.fingerprint}</dt>
          <dd>
            <code className="t-key">{fingerprint}</code>
          </dd>
        </>
      )}
    </dl>
  );
}
