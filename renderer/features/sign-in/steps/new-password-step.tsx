import { useRef, useState } from 'react';
import { useWords } from '../../../services.ts';
import type { Words } from '../../../words/words.ts';
import { Field } from '../../../ui/field.tsx';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

export function NewPasswordStep({ step, busy, problem, answer, back }: AnswerProps<'newPassword'>) {
  const words = useWords().signInSteps.newPassword;
  const [typed, setTyped] = useState({ first: '', second: '' });
  const [error, setError] = useState<'missing' | 'different' | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
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
        const wrong = typed.first === '' ? 'missing' : typed.first === typed.second ? null : 'different';
        setError(wrong);
        if (wrong === null) answer({ answer: 'newPassword', password: typed.first });
        else (wrong === 'missing' ? first : second).current?.focus();
      }}
      back={back}
    >
      {step.rules.length === 0 ? null : (
        <>
          <p id="password-rules">{words.rulesTitle}:</p>
          <ul aria-labelledby="password-rules">
            {step.rules.map(({ rule, value }) => (
              <li key={rule}>
                {ruleText(words, rule, value)}
                {step.broken.includes(rule) ? <strong> ({words.broken})</strong> : null}
              </li>
            ))}
          </ul>
        </>
      )}
      <Field
        id="new-password"
        label={words.label}
        type="password"
        autoComplete="new-password"
        value={typed.first}
        onChange={value => {
          setError(null);
          setTyped({ ...typed, first: value });
        }}
        error={error === 'missing' ? words.missing : null}
        describedBy={refused === null ? undefined : 'question-problem'}
        inputRef={first}
      />
      <Field
        id="new-password-again"
        label={words.again}
        type="password"
        autoComplete="new-password"
        value={typed.second}
        onChange={value => {
          setError(null);
          setTyped({ ...typed, second: value });
        }}
        error={error === 'different' ? words.different : null}
        inputRef={second}
      />
    </Question>
  );
}

/** The server's own name for a rule that has no words here: better than to hide it. */
function ruleText(words: Words['signInSteps']['newPassword'], rule: string, value: string): string {
  const known: Readonly<Record<string, ((value: string) => string) | undefined>> = words.rules;
  return known[rule]?.(value) ?? words.otherRule(rule, value);
}
