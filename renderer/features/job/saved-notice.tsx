import { itemKinds } from '../../../shared/model/item.ts';
import type { JobSnapshot } from '../../../shared/model/job.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { Notice } from '../../ui/notice.tsx';
import { useJobResult } from './use-job-result.ts';

/** What a backup brought into the archive: messages, and contacts, appointments and the like. */
export function SavedNotice({ job }: { readonly job: JobSnapshot }) {
  const words = useWords();
  const language = useLanguage();
  const result = useJobResult(job.id);
  const { figures } = job;
  // It is read out as soon as it is there: half of it would be wrong.
  if (result.value === null && result.problem === null) return null;
  const items = itemKinds.flatMap(kind => {
    const counts = result.value?.itemFigures?.[kind];
    return counts === undefined || counts.stored + counts.alreadyPresent === 0 ? [] : [{ kind, ...counts }];
  });
  const onlyItems = figures.found === 0 && items.length > 0;
  const isNew = figures.stored > 0 || figures.setAside > 0 || items.some(({ stored }) => stored > 0);
  const kept = [
    ...(onlyItems ? [] : [words.messages(figures.stored + figures.alreadyPresent)]),
    ...items.map(({ kind, stored, alreadyPresent }) => words.file.items[kind](stored + alreadyPresent)),
  ];
  const of = onlyItems ? items : [figures];
  const count = (name: 'stored' | 'alreadyPresent'): string =>
    formatNumber(
      of.reduce((sum, counts) => sum + counts[name], 0),
      language,
    );
  return (
    <Notice kind={job.status === 'succeeded' ? 'good' : 'attention'} live>
      {isNew ? words.backup.done(kept.join(', ')) : words.backup.nothingNew}
      <br />
      {words.backup.stored(count('stored'))}, {words.backup.present(count('alreadyPresent'))}
      {figures.setAside === 0 ? '' : `, ${words.job.setAside(words.messages(figures.setAside))}`}
    </Notice>
  );
}
