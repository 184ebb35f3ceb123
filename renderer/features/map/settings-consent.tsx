import { Fragment } from 'react';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';

interface SettingsConsentProps {
  readonly plan: UploadPlan;
  readonly agreed: boolean;
  readonly onChange: (agreed: boolean) => void;
}

const parts = ['added', 'present', 'theirs'] as const;

/** Rules and signatures by name, before any is added; nothing that is there is overwritten. */
export function SettingsConsent({ plan: { items = [] }, agreed, onChange }: SettingsConsentProps) {
  const all = useWords();
  const words = all.items.plan;
  const settings = items.filter(({ kind }) => kind === 'rule' || kind === 'signature');
  // Given consent, they are of what goes by itself: the tick stays, so that it can be taken back.
  const asks = settings.some(({ fate }) => fate === 'needs-consent' || (agreed && fate === 'upload'));
  if (!asks) return null;
  return (
    <section className="t-what" aria-labelledby="settings-title">
      <h2 className="t-h2" id="settings-title">
        {words.settingsTitle}
      </h2>
      {settings.map(({ kind, folder, settings: foreseen }) => (
        <div key={JSON.stringify([kind, folder])}>
          <h3>{all.choose.kinds[kind]}</h3>
          <dl className="t-facts">
            {parts.map(part => {
              const names = foreseen?.[part] ?? [];
              return names.length === 0 ? null : (
                <Fragment key={part}>
                  <dt>{words.settings[part]}</dt>
                  <dd>
                    <ul className="t-names">
                      {names.map((name, index) => (
                        <li key={index}>
                          <bdi>{name}</bdi>
                        </li>
                      ))}
                    </ul>
                  </dd>
                </Fragment>
              );
            })}
          </dl>
        </div>
      ))}
      <Checkbox id="set-settings" label={words.consent} hint={words.consentHint} checked={agreed} onChange={onChange} />
    </section>
  );
}
