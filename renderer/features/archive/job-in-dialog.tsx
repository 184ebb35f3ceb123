import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction, SideAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import type { ArchiveJob } from './use-archive-job.ts';

/** How far it is, the way to stop it, and why it did not come to its end. */
export function JobInDialog({ title, work }: { readonly title: string; readonly work: ArchiveJob }) {
  const words = useWords();
  const language = useLanguage();
  const { job } = work;
  const messages = job?.snapshot.progress.messages;
  // An archive may hold no mail at all.
  const total = messages?.total ?? 0;
  return (
    <>
      {work.working ? (
        <div className="t-panel">
          <p role="status">
            <strong>{title}</strong>
          </p>
          <ProgressBar label={title} fraction={total === 0 ? null : (job?.estimate.fraction ?? null)} />
          {total === 0 ? null : (
            <p className="t-hint">{`${formatNumber(messages?.done ?? 0, language)} / ${words.messages(total)}`}</p>
          )}
          <SideAction onClick={work.stop}>{words.archive.job.stop}</SideAction>
        </div>
      ) : null}
      {job?.snapshot.status === 'cancelled' ? <p role="status">{words.archive.job.stopped}</p> : null}
      {work.problem === null ? null : <ProblemNotice problem={work.problem} takesFocus />}
    </>
  );
}

/** Where something was written, and the way there where the host has one. */
export function WrittenPlace({ path, said }: { readonly path: string; readonly said: string }) {
  const words = useWords().archive.job;
  const { client, host } = useServices();
  return (
    <p className="t-path">
      {said}{' '}
      {host.host === 'browser' ? null : (
        <QuietAction onClick={() => void client.host('host.reveal', { path }).catch(() => undefined)}>
          {words.reveal}
        </QuietAction>
      )}
    </p>
  );
}
