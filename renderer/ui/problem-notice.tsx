import { useEffect, useRef } from 'react';
import type { Problem } from '../../shared/errors.ts';
import { explain } from '../../shared/words/explain.ts';
import { useLanguage, useWords } from '../services.ts';
import { Icon } from './icon.tsx';

interface ProblemNoticeProps {
  readonly id?: string;
  readonly problem: Problem;
  /** Moves the focus here when it appears: for what answers a press of a button. */
  readonly takesFocus?: boolean;
}

/** A problem in its four sentences: what happened, is my mail safe, what now, what to tell the help desk. */
export function ProblemNotice({ id, problem, takesFocus = false }: ProblemNoticeProps) {
  const words = useWords();
  const said = explain(problem, useLanguage());
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) notice.current?.focus();
  }, [takesFocus, problem]);
  return (
    <div id={id} ref={notice} className="t-problem" role="alert" tabIndex={-1}>
      <Icon name="it-error" />
      <div>
        <p className="t-problem-what">{said.happened}</p>
        <dl>
          <dt>{words.problem.safe}</dt>
          <dd>{said.safe}</dd>
          <dt>{words.problem.now}</dt>
          <dd>{said.now}</dd>
          <dt>{words.problem.desk}</dt>
          <dd>{said.desk}</dd>
        </dl>
      </div>
    </div>
  );
}
