import { useWords } from '../../../services.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { AnswerProps } from './answer-props.ts';
import { Question } from './question.tsx';

/** The organisation's own page, in a window apart that closes by itself; this screen opens it and waits. */
export function WebPageStep({ step, busy, problem, answer, back }: AnswerProps<'webPage'>) {
  const words = useWords().signInSteps.webPage;
  const { open, host } = step;
  return (
    <Question
      key={open ? 'open' : 'closed'}
      title={words.title}
      lead={open ? words.waiting : words.lead(host)}
      problem={problem ?? step.problem}
      attemptsLeft={null}
      busy={busy}
      {...(open ? {} : { submit: step.problem === null ? words.submit : words.submitAgain })}
      onSubmit={() => answer({ answer: 'webPage' })}
      back={back}
      {...(open ? { backLabel: words.cancel } : {})}
    >
      <Notice kind="attention">{words.check}</Notice>
      {open ? <p>{words.closes}</p> : <Notice kind="safe">{words.password}</Notice>}
    </Question>
  );
}
