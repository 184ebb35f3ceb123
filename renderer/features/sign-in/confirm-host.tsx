import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { FoundAccount } from '../../../shared/model/mailbox.ts';
import { useWords } from '../../services.ts';
import { Actions, MainAction } from '../../ui/actions.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';

interface ConfirmHostProps {
  readonly account: FoundAccount;
  readonly mail: string;
  readonly onAccept: () => void;
  readonly back: () => void;
}

/**
 * A host that nobody vouches for gets no password before the person says so (RFC 6186 section 6). Going back is the
 * main way: whoever presses Enter without reading loses nothing.
 */
export function ConfirmHost({ account, mail, onAccept, back }: ConfirmHostProps) {
  const words = useWords().signInSteps.host;
  const { verdict, resembles } = account.judgement;
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const foreign = verdict === 'foreign';
  const title = foreign ? words.foreignTitle : verdict === 'lookalike' ? words.lookalikeTitle : words.unnamedTitle;
  const why = foreign
    ? words.foreign(mail)
    : verdict === 'lookalike'
      ? words.lookalike(resembles ?? '')
      : words.unnamed;
  function submit(event: FormEvent): void {
    event.preventDefault();
    setMissing(!agreed);
    if (agreed) onAccept();
    else document.getElementById('host-agreed')?.focus();
  }
  return (
    <form onSubmit={submit} noValidate>
      <div className={foreign ? 't-panel' : 't-panel t-panel-alarm'}>
        <h2 className="t-h2" ref={heading} tabIndex={-1}>
          {foreign ? null : <Icon name="it-error" />} {title}
        </h2>
        <p>{why}</p>
        <p className="t-host">{account.host}</p>
        {foreign ? <p>{words.foreignMore}</p> : null}
      </div>
      <Notice kind="safe">{words.password}</Notice>
      <Checkbox
        id="host-agreed"
        label={foreign ? words.mine : words.asked}
        checked={agreed}
        onChange={value => {
          setMissing(false);
          setAgreed(value);
        }}
        error={missing ? words.missing : null}
      />
      <Actions onBack={back}>
        <MainAction>{words.go}</MainAction>
      </Actions>
    </form>
  );
}
