import { useState } from 'react';
import { childOf } from '../../child-of.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { archiveName } from '../archive/archive-name.ts';
import { JobInDialog, WrittenPlace } from '../archive/job-in-dialog.tsx';
import { useArchiveJob } from '../archive/use-archive-job.ts';
import { usePicker } from '../picker/picker-context.ts';

/** Files to import elsewhere and the page that says how, written to a new folder in a place the person picks. */
export function HandoverWork({ archive }: { readonly archive: string }) {
  const words = useWords().items.byHand;
  const language = useLanguage();
  const { client } = useServices();
  const picker = usePicker();
  const work = useArchiveJob(archive);
  const [to, setTo] = useState<string | null>(null);
  const begin = (): void =>
    work.begin(async () => {
      const folder = await picker.folder();
      if (folder === null) return null;
      const day = new Date().toISOString().slice(0, 16).replace('T', ' ').replace(':', '.');
      const chosen = childOf(folder, words.folderName(archiveName(archive), day));
      setTo(chosen);
      return (await client.call('handover.start', { archive, to: chosen, language })).jobId;
    });
  return (
    <>
      <JobInDialog title={words.working} work={work} />
      {work.result === null || to === null ? null : (
        <Notice kind="good" live>
          <p>{words.done}</p>
          <WrittenPlace path={to} said={words.where(to)} />
        </Notice>
      )}
      {work.working || work.result !== null ? null : <SideAction onClick={begin}>{words.start}</SideAction>}
    </>
  );
}
