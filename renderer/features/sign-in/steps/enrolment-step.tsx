import { useRef, useState } from 'react';
import { useLanguage, useWords } from '../../../services.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import { useOrganisation } from '../../organisation/use-organisation.ts';
import type { AnswerProps } from './answer-props.ts';
import { QrCode } from './qr-code.tsx';
import { Question } from './question.tsx';

export function EnrolmentStep({ step, busy, problem, answer, back }: AnswerProps<'enrolment'>) {
  const all = useWords().signInSteps;
  const words = all.enrolment;
  const [code, setCode] = useState('');
  const [kept, setKept] = useState(false);
  const [missing, setMissing] = useState<'code' | 'recovery' | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const refused = step.problem ?? problem;
  return (
    <Question
      title={words.title}
      lead={words.lead}
      problem={refused}
      attemptsLeft={step.attemptsLeft}
      busy={busy}
      submit={words.submit}
      onSubmit={() => {
        const typed = code.replace(/\s/g, '');
        const lacks = step.recoveryCodes.length > 0 && !kept ? 'recovery' : typed === '' ? 'code' : null;
        setMissing(lacks);
        if (lacks === null) answer({ answer: 'enrolment', code: typed });
        else if (lacks === 'code') input.current?.focus();
        else document.getElementById('recovery-kept')?.focus();
      }}
      back={back}
    >
      <ol className="t-numbered">
        <li>{words.app}</li>
        <li>
          {words.scan}
          <QrCode text={step.uri} label={words.qr} />
          <p>
            {words.byHand} <code className="t-key">{step.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
        </li>
        {step.recoveryCodes.length === 0 ? null : (
          <li>
            {words.recovery}
            <ul className="t-codes">
              {step.recoveryCodes.map(recovery => (
                <li key={recovery}>
                  <code>{recovery}</code>
                </li>
              ))}
            </ul>
            <Checkbox
              id="recovery-kept"
              label={words.recoverySaved}
              checked={kept}
              onChange={setKept}
              error={missing === 'recovery' ? words.recoveryMissing : null}
            />
          </li>
        )}
      </ol>
      <OfficialPages url={step.url} />
      <Field
        id="code"
        label={words.code}
        value={code}
        onChange={typed => {
          setMissing(null);
          setCode(typed);
        }}
        autoComplete="one-time-code"
        error={missing === 'code' ? all.code.missing : null}
        describedBy={refused === null ? undefined : 'question-problem'}
        inputRef={input}
      />
    </Question>
  );
}

/** Nobody has to take it from us alone: the server's own pages, and what the organisation has written about them. */
function OfficialPages({ url }: { readonly url: string }) {
  const words = useWords().signInSteps.enrolment;
  const language = useLanguage();
  const manuals = useOrganisation().profile?.manuals ?? [];
  return (
    <>
      <p>
        {words.official} <span className="t-link-text">{url}</span>
      </p>
      {manuals.length === 0 ? null : (
        <ul>
          {manuals.map(manual => (
            <li key={manual.url}>
              {manual.title[language]}: <span className="t-link-text">{manual.url}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
