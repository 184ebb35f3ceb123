import type { JobSnapshot } from '../../../shared/model/job.ts';
import { formatList } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { saidItems } from '../job/said-items.ts';

const troubles = ['setAside', 'differs', 'missing'] as const;

/** What the check found in the new mailbox: messages, and contacts, appointments and the like beside them. */
export function ProvedNotice({ job }: { readonly job: JobSnapshot }) {
  const words = useWords();
  const language = useLanguage();
  const { figures, itemOutcomes: items } = job;
  const all = Object.values(items ?? {});
  const proved = [
    ...(figures.found === 0 && items !== undefined ? [] : [words.messages(figures.verified)]),
    ...saidItems(kind => items?.[kind]?.verified ?? 0, words),
  ];
  const toLook = troubles.flatMap(name => {
    const count = all.reduce((sum, counts) => sum + counts[name], 0);
    return count === 0 ? [] : [words.items.outcomes[name](count)];
  });
  const sentences = [
    ...(proved.length === 0 ? [] : [words.upload.done(formatList(proved, language))]),
    ...(figures.setAside === 0 ? [] : [words.job.setAside(words.messages(figures.setAside))]),
    ...(toLook.length === 0 ? [] : [words.items.outcomes.toLook(formatList(toLook, language))]),
  ];
  // Where all of it goes by hand, that is said beside.
  if (sentences.length === 0) return null;
  return (
    <Notice kind={job.status === 'succeeded' ? 'good' : 'attention'} live>
      {sentences.join(' ')}
    </Notice>
  );
}
