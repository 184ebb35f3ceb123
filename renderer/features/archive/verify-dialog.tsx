import { useState } from 'react';
import { formatDateTime, formatList } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { MainAction, SideAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { ExceptionList } from '../job/exception-list.tsx';
import { saidItems } from '../job/said-items.ts';
import { usePicker } from '../picker/picker-context.ts';
import { JobInDialog, WrittenPlace } from './job-in-dialog.tsx';
import { toldException } from './told-exception.ts';
import { useArchiveJob } from './use-archive-job.ts';

/** The archive read again, whole, without a network: years later, or on a copy. */
export function VerifyDialog({ archive, onClose }: { readonly archive: string; readonly onClose: () => void }) {
  const all = useWords();
  const words = all.archive.verify;
  const language = useLanguage();
  const { client } = useServices();
  const picker = usePicker();
  const work = useArchiveJob(archive);
  const saving = useTask();
  const [saved, setSaved] = useState<string | null>(null);
  const { result, job } = work;
  const kept = [
    ...(result === null || result.figures.verified === 0 ? [] : [all.messages(result.figures.verified)]),
    ...saidItems(kind => result?.itemOutcomes?.[kind]?.verified ?? 0, all),
  ];
  const what = kept.length === 0 ? words.nothing : formatList(kept, language);
  const when = job === undefined ? '' : formatDateTime(job.snapshot.updated, language);

  const begin = (): void =>
    work.begin(async () => (await client.call('verify.start', { archive, target: null })).jobId);
  const save = (): void =>
    saving.run(async () => {
      const out = await picker.newFile('html', `${words.reportName}.html`);
      if (out === null) return;
      await client.call('report.write', { archive, out, language });
      setSaved(out);
    });

  return (
    <Dialog wide title={words.title} onClose={onClose}>
      <p>{words.text}</p>
      {result === null ? null : (
        <>
          <Notice kind={result.exceptions.length === 0 ? 'good' : 'attention'} live>
            {result.exceptions.length === 0 ? words.good(what, when) : words.attention(when)}
          </Notice>
          <ExceptionList exceptions={result.exceptions.map(toldException)} />
          <SideAction onClick={save}>{words.report}</SideAction>
          {saving.problem === null ? null : <ProblemNotice problem={saving.problem} takesFocus />}
          <div role="status">{saved === null ? null : <WrittenPlace path={saved} said={saved} />}</div>
        </>
      )}
      <JobInDialog title={words.working} work={work} />
      {work.working || result !== null ? null : (
        <MainAction onClick={begin} busy={work.busy}>
          {words.start}
        </MainAction>
      )}
    </Dialog>
  );
}
