import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useAnswer } from '../../use-answer.ts';

interface SettingsConsentProps {
  readonly archive: string;
  readonly plan: UploadPlan;
  readonly agreed: boolean;
  readonly onChange: (agreed: boolean) => void;
}

/** Rules and signatures by name, before any is added; nothing that is there is overwritten. */
export function SettingsConsent({ archive, plan: { items = [] }, agreed, onChange }: SettingsConsentProps) {
  const words = useWords().items.plan;
  const language = useLanguage();
  const { client } = useServices();
  const settings = items.filter(({ kind }) => kind === 'rule' || kind === 'signature');
  // Given consent, they are of what goes by itself: the tick stays, so that it can be taken back.
  const asks = settings.some(({ fate }) => fate === 'needs-consent' || (agreed && fate === 'upload'));
  const { value } = useAnswer(asks ? archive : null, () => client.call('items.settings', { archive }));
  if (!asks) return null;
  const named = [
    [words.rules, value?.rules ?? []],
    [words.signatures, value?.signatures ?? []],
  ] as const;
  return (
    <section>
      {named.map(([label, names]) =>
        names.length === 0 ? null : (
          <p key={label}>
            {label} <bdi>{formatList(names, language)}</bdi>
          </p>
        ),
      )}
      <Checkbox id="set-settings" label={words.consent} hint={words.consentHint} checked={agreed} onChange={onChange} />
    </section>
  );
}
