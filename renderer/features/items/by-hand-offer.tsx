import { useState } from 'react';
import { useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';

/** What a target does not take by itself is carried by the person: the files are in the archive, in standard forms. */
export function ByHandOffer({ archive }: { readonly archive: string }) {
  const words = useWords().items.byHand;
  const { client, host } = useServices();
  const task = useTask();
  const [folder, setFolder] = useState<string | null>(null);
  const show = (): void =>
    task.run(async () => {
      const found = await client.call('items.handover', { archive });
      setFolder(found.folder);
      if (host.host === 'window') await client.host('host.reveal', { path: found.folder });
    });
  return (
    <section aria-labelledby="by-hand-title">
      <h2 className="t-h2" id="by-hand-title">
        {words.title}
      </h2>
      <p>{words.text}</p>
      <SideAction onClick={show}>{words.show}</SideAction>
      <p role="status" className="t-path">
        {folder === null ? '' : words.where(folder)}
      </p>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
    </section>
  );
}
