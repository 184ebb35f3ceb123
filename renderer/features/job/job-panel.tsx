import type { JobProgress, JobSnapshot } from '../../../shared/model/job.ts';
import { formatBytes, formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { describeTimeLeft } from '../../../shared/words/time-left.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import type { WatchedJob } from '../../services.ts';
import { WaitingNotice } from './waiting-notice.tsx';
import type { Words } from '../../words/words.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** A job at work: how far, how fast, how long, and what happens if the lid closes. */
export function JobPanel({ job }: { readonly job: WatchedJob }) {
  const words = useWords();
  const language = useLanguage();
  const { host } = useServices();
  const { snapshot, estimate } = job;
  const { progress, figures } = snapshot;
  const items = itemsSoFar(snapshot);
  return (
    <section className="t-panel" aria-label={words.job.overall}>
      <p className="t-job-state" role="status">
        {stateOf(snapshot, words)}
      </p>
      <ProgressBar label={words.job.overall} fraction={progress.messages.total === 0 ? null : estimate.fraction} />
      <p className="t-job-figures">{figuresOf(progress, words, language)}</p>
      {items === 0 ? null : <p className="t-job-figures">{words.job.itemsSoFar(items)}</p>}
      {progress.folder === null ? null : <p className="t-job-folder">{words.job.folder(progress.folder)}</p>}
      {progress.waiting === null ? (
        <p className="t-hint">
          {[timeOf(job, words, language), rateOf(job, words, language)].filter(Boolean).join(' · ')}
        </p>
      ) : (
        <WaitingNotice jobId={snapshot.id} waiting={progress.waiting} updated={snapshot.updated} />
      )}
      {figures.setAside === 0 ? null : <p>{words.job.setAside(words.messages(figures.setAside))}</p>}
      <p className="t-hint">
        {words.job.lid} {host.tray ? words.job.tray : host.host === 'browser' ? words.job.browser : ''}
      </p>
    </section>
  );
}

function stateOf({ status, progress }: JobSnapshot, words: Words): string {
  switch (status) {
    case 'queued':
      return words.job.phases.queued;
    case 'pausing':
      return words.job.pausing;
    case 'cancelling':
      return words.job.cancelling;
    default:
      return words.job.phases[progress.waiting === null ? progress.phase : 'waiting'];
  }
}

/** They come after the mail, and nobody knows beforehand how long they take. */
function itemsSoFar({ itemOutcomes = {} }: JobSnapshot): number {
  return Object.values(itemOutcomes).reduce((sum, { toCarry }) => sum + toCarry, 0);
}

function figuresOf({ messages, octets }: JobProgress, words: Words, language: Language): string {
  if (messages.total === null) return messages.done === 0 ? '' : words.job.messagesSoFar(messages.done);
  if (messages.total === 0) return '';
  const counted = words.job.messagesOf(messages.done, messages.total);
  if (octets.total === null) return counted;
  const sizes = words.job.octetsOf(formatBytes(octets.done, language), formatBytes(octets.total, language));
  return `${counted} · ${sizes}`;
}

function timeOf({ snapshot, estimate }: WatchedJob, words: Words, language: Language): string | null {
  const { messages } = snapshot.progress;
  if (messages.total === null || messages.total === 0 || itemsSoFar(snapshot) > 0) return null;
  if (messages.done >= messages.total) return words.job.almost;
  return estimate.timeLeft === null
    ? words.job.leftLater
    : words.job.left(describeTimeLeft(estimate.timeLeft, language));
}

function rateOf({ estimate }: WatchedJob, words: Words, language: Language): string | null {
  const { bytesPerSecond, messagesPerSecond } = estimate;
  if (bytesPerSecond === null || messagesPerSecond === null || messagesPerSecond === 0) return null;
  const messages = formatNumber(Math.round(messagesPerSecond * 60), language);
  return words.job.rate(`${formatBytes(bytesPerSecond, language)}/s`, messages);
}
