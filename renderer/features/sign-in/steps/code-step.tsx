import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../services.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Field } from '../../../ui/field.tsx';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

export function CodeStep({ step, busy, problem, answer, back }: AnswerProps<'code'>) {
  const words = useWords().signInSteps.code;
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const [trust, setTrust] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const refused = step.problem ?? problem;
  useEffect(() => {
    if (refused === null) return;
    // A code is good once only; the refused one is in the way of the next.
    setCode('');
    input.current?.focus();
  }, [refused]);
  const hints = [
    ...(step.digits === null ? [] : [words.hint(String(step.digits))]),
    ...(step.recoveryCodes ? [words.hintRecovery] : []),
  ];
  return (
    <Question
      title={words.title}
      lead={step.label === null || step.label === '' ? words.leadPlain : words.lead(step.label)}
      problem={refused}
      attemptsLeft={step.attemptsLeft}
      busy={busy}
      submit={words.submit}
      onSubmit={() => {
        const typed = code.replace(/\s/g, '');
        setMissing(typed === '');
        if (typed === '') input.current?.focus();
        else answer({ answer: 'code', code: typed, trust });
      }}
      back={back}
    >
      <Field
        id="code"
        label={words.label}
        hint={hints.join(' ')}
        value={code}
        onChange={typed => {
          setMissing(false);
          setCode(typed);
        }}
        autoComplete="one-time-code"
        error={missing ? words.missing : null}
        describedBy={refused === null ? undefined : 'question-problem'}
        inputRef={input}
      />
      {step.canTrust ? (
        <Checkbox id="trust" label={words.trust} hint={words.trustHint} checked={trust} onChange={setTrust} />
      ) : null}
    </Question>
  );
}
