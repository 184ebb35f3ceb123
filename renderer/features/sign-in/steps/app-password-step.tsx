import { useRef, useState } from 'react';
import { useWords } from '../../../services.ts';
import { Field } from '../../../ui/field.tsx';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

/** The person is let in on the web, but mail programs need a password of their own, made on the mail website. */
export function AppPasswordStep({ step, busy, problem, answer, back }: AnswerProps<'appPassword'>) {
  const words = useWords().signInSteps.appPassword;
  const [typed, setTyped] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // That one is needed at all is what this whole screen says.
  const refused = (step.problem?.code === 'IMAP_APP_PASSWORD_NEEDED' ? null : step.problem) ?? problem;
  return (
    <Question
      title={words.title}
      lead={words.lead}
      problem={refused}
      attemptsLeft={step.attemptsLeft}
      busy={busy}
      submit={words.submit}
      onSubmit={() => {
        setMissing(typed.trim() === '');
        if (typed.trim() === '') field.current?.focus();
        else answer({ answer: 'appPassword', password: typed });
      }}
      back={back}
    >
      <ol>
        <li>
          {words.open} <code className="t-address">{step.url}</code>
        </li>
        <li>{words.settings}</li>
        <li>{words.make}</li>
      </ol>
      <Field
        id="app-password"
        label={words.label}
        hint={words.hint}
        type="password"
        autoComplete="off"
        value={typed}
        onChange={value => {
          setMissing(false);
          setTyped(value);
        }}
        error={missing ? words.missing : null}
        describedBy={refused === null ? undefined : 'question-problem'}
        inputRef={field}
      />
    </Question>
  );
}
