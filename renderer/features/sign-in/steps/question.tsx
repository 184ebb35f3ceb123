import type { FormEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { Problem } from '../../../../shared/errors.ts';
import { useWords } from '../../../services.ts';
import { Actions, MainAction } from '../../../ui/actions.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface QuestionProps {
  readonly title: string;
  readonly lead: string;
  readonly problem: Problem | null;
  readonly attemptsLeft: number | null;
  readonly busy: boolean;
  /** The button's text; without it there is nothing to send. */
  readonly submit?: string;
  readonly onSubmit?: () => void;
  readonly back: () => void;
  /** Default: back. */
  readonly backLabel?: string;
  readonly children: ReactNode;
}

/** One question after the password. Its heading takes the focus, because the form before it is gone. */
export function Question({
  title,
  lead,
  problem,
  attemptsLeft,
  busy,
  submit,
  onSubmit,
  back,
  backLabel,
  children,
}: QuestionProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  function send(event: FormEvent): void {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <form onSubmit={send} noValidate>
      <h2 className="t-h2" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p>{lead}</p>
      {children}
      {problem === null ? null : <ProblemNotice id="question-problem" problem={problem} />}
      {attemptsLeft === null ? null : (
        <p role="status">
          <strong>{words.signInSteps.attemptsLeft(attemptsLeft)}</strong>
        </p>
      )}
      <Actions onBack={back} backLabel={backLabel}>
        {submit === undefined ? null : <MainAction busy={busy}>{submit}</MainAction>}
      </Actions>
    </form>
  );
}
