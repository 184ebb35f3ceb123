import { useServices, useWizard, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShutMailboxHelp } from '../sign-in/shut-mailbox-help.tsx';
import { SignInAgain } from '../sign-in/sign-in-again.tsx';
import { needsSignIn } from '../sign-in/sign-in.ts';
import type { Side } from '../sign-in/sign-in.ts';
import type { JobRun } from './use-job-run.ts';

interface RestingPanelProps {
  readonly run: JobRun;
  /** The mailbox that must be signed in to before it can go on; null for work on the archive alone. */
  readonly side: Side | null;
}

/** A job that stopped before its end: why, that nothing is lost, and the one way on. */
export function RestingPanel({ run, side }: RestingPanelProps) {
  const words = useWords();
  const { session } = useServices();
  const [{ way }] = useWizard();
  const problem = run.task.problem ?? run.job?.snapshot.problem ?? null;
  const refused = problem !== null && needsSignIn(problem.code);
  // Nobody signs in to a backup.
  const asks = side !== null && !(side === 'source' && way === 'file') && (session[side] === null || refused);
  const sentence =
    run.status === 'paused'
      ? words.job.paused
      : run.status === 'cancelled'
        ? words.job.cancelled
        : run.status === 'interrupted'
          ? words.job.interrupted
          : null;
  return (
    <>
      {sentence === null ? null : <Notice kind="info">{sentence}</Notice>}
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus={run.task.problem !== null} />}
      {problem === null || side === null ? null : <ShutMailboxHelp problem={problem} side={side} />}
      {asks ? (
        <SignInAgain side={side} action={words.actions.resume} onSignedIn={run.begin} />
      ) : (
        <p>
          <MainAction onClick={run.begin} busy={run.task.busy}>
            {run.status === 'failed' ? words.actions.retry : words.actions.resume}
          </MainAction>
        </p>
      )}
    </>
  );
}
