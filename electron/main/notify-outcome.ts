import { Notification } from 'electron';
import type { JobSnapshot } from '../../shared/model/job.ts';
import type { MainWords } from './main-words.ts';

/**
 * One notification for how a job ended: what kind of work and whether all is well, nothing else, because it may show
 * on a locked or shared screen. A pause or a cancel was the person's own doing and is not told.
 */
export function notifyOutcome(ended: JobSnapshot, words: MainWords, onClick: () => void): void {
  const body = outcomeWords(ended, words);
  if (body === null || !Notification.isSupported()) return;
  const notification = new Notification({ title: words.ended[ended.kind], body });
  notification.on('click', onClick);
  notification.show();
}

function outcomeWords({ status }: JobSnapshot, words: MainWords): string | null {
  switch (status) {
    case 'succeeded':
      return words.succeeded;
    case 'partial':
      return words.partial;
    case 'failed':
    case 'interrupted':
      return words.failed;
    default:
      return null;
  }
}
