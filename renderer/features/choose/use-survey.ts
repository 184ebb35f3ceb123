import { useCallback, useEffect, useState } from 'react';
import type { Account } from '../../../shared/contract.ts';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { Survey } from '../../../shared/model/mailbox.ts';
import { useServices, useWizard } from '../../services.ts';
import { needsSignIn } from '../sign-in/sign-in.ts';
import { sourceAccount } from '../../state/source-account.ts';
import { usePolled } from '../../use-polled.ts';

export interface WatchedSurvey {
  readonly value: Survey | null;
  readonly problem: Problem | null;
  /** Nobody is signed in to the old mailbox: the window was closed since, or the server ended the sign-in. */
  readonly needsPassword: boolean;
  readonly restart: () => void;
}

/** Lists and counts the old mailbox, once for each signing in. */
export function useSurvey(): WatchedSurvey {
  const { client, session } = useServices();
  const [wizard] = useWizard();
  const [surveyId, setSurveyId] = useState(session.surveyId);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const account = sourceAccount(wizard, session);
  // The account as text: another object that says the same is no reason to count again.
  const wanted = account === null ? null : JSON.stringify(account);

  useEffect(() => {
    if (wanted === null || session.surveyId !== null) return;
    let stopped = false;
    client.call('survey.start', { source: JSON.parse(wanted) as Account }).then(
      started => {
        session.surveyId = started.surveyId;
        if (!stopped) setSurveyId(started.surveyId);
      },
      (error: unknown) => {
        if (!stopped) setProblem(problemOf(error));
      },
    );
    return () => {
      stopped = true;
    };
  }, [client, session, wanted, attempt]);

  const polled = usePolled(
    surveyId,
    () => client.call('survey.read', { surveyId: surveyId ?? '' }),
    survey => survey.phase === 'listing' || survey.phase === 'counting',
  );
  const restart = useCallback(() => {
    session.surveyId = null;
    setSurveyId(null);
    setProblem(null);
    setAttempt(before => before + 1);
  }, [session]);
  const failure = problem ?? polled.problem ?? polled.value?.problem ?? null;
  return {
    value: polled.value,
    problem: problem ?? polled.problem,
    needsPassword: account === null || (failure !== null && needsSignIn(failure.code)),
    restart,
  };
}
