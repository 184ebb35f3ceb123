import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Actions, MainAction } from '../../ui/actions.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProfileFacts } from './profile-facts.tsx';

interface AgreeToProfileProps {
  readonly inspected: Output<'organisation.inspect'>;
  readonly busy: boolean;
  readonly onAgree: () => void;
  readonly back: () => void;
}

/** A signature proves that somebody holds a key; whose key it is, only a telephone call tells. */
export function AgreeToProfile({ inspected, busy, onAgree, back }: AgreeToProfileProps) {
  const words = useWords().organisation;
  const language = useLanguage();
  const { profile, fingerprint, key } = inspected;
  const [compared, setCompared] = useState(false);
  const [missing, setMissing] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const lacks = key === 'first' && !compared;
    setMissing(lacks);
    if (lacks) document.getElementById('fingerprint-compared')?.focus();
    else onAgree();
  }
  return (
    <form className="t-panel" onSubmit={submit} noValidate>
      <h3 className="t-h2" ref={heading} tabIndex={-1}>
        {words.inspectTitle(profile.name[language])}
      </h3>
      <ProfileFacts profile={profile} fingerprint={fingerprint} />
      {key === 'first' ? (
        <>
          <p>{words.compare}</p>
          <Checkbox
            id="fingerprint-compared"
            label={words.compared}
            checked={compared}
            onChange={value => {
              setMissing(false);
              setCompared(value);
            }}
            error={missing ? words.comparedMissing : null}
          />
        </>
      ) : (
        <Notice kind={key === 'same' ? 'good' : 'attention'}>{key === 'same' ? words.sameKey : words.otherKey}</Notice>
      )}
      <Actions onBack={back}>{key === 'other' ? null : <MainAction busy={busy}>{words.install}</MainAction>}</Actions>
    </form>
  );
}
