import type { JobProgress } from '../../../shared/model/job.ts';
import { explain } from '../../../shared/words/explain.ts';
import { formatDateTime } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../use-task.ts';

interface WaitingNoticeProps {
  readonly jobId: string;
  readonly waiting: NonNullable<JobProgress['waiting']>;
  /** When the job said so (UTC): the clock of this page may be another. */
  readonly updated: string;
}

/**
 * Why a job waits, and that it goes on by itself. When it will is said by the screen reader only where the server named
 * the time: a line that is away for an hour is tried sixty times, and that would be sixty announcements.
 */
export function WaitingNotice({ jobId, waiting: { problem, until }, updated }: WaitingNoticeProps) {
  const words = useWords();
  const language = useLanguage();
  const { client } = useServices();
  const task = useTask();
  const { happened } = explain(problem, language);
  const at = timeOfDay(until, language);
  if ((problem.retryAfterMs ?? 0) > 0) {
    return (
      <Notice kind="info" live>
        {happened} {words.job.waiting(at)}
      </Notice>
    );
  }
  const retryNow = (): void => {
    task.run(async () => {
      await client.call('jobs.retryNow', { jobId });
    });
  };
  return (
    <>
      <Notice kind="info" live>
        {happened} {words.job.goesOnByItself}
      </Notice>
      <p className="t-hint">
        {until > updated ? words.job.nextTry(at) : words.job.tryingNow}{' '}
        <QuietAction onClick={retryNow}>{words.job.retryNow}</QuietAction>
      </p>
    </>
  );
}

function timeOfDay(iso: string, language: Language): string {
  return formatDateTime(iso, language).split(' ')[1] ?? '';
}
