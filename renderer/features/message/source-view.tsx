import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import type { MessageAt } from './message-pane.tsx';

/** The message as it was written, a page at a time: most of a message of 50 MB is Base64 that nobody reads. */
export function SourceView({ at }: { readonly at: MessageAt }) {
  const words = useWords();
  const said = words.message;
  const language = useLanguage();
  const { client } = useServices();
  const task = useTask();
  const { run } = task;
  const [pages, setPages] = useState<readonly Output<'message.source'>[]>([]);
  const { archive, folder, number } = at;

  useEffect(() => {
    run(async () => setPages([await client.call('message.source', { archive, folder, number })]));
  }, [run, client, archive, folder, number]);

  const last = pages.at(-1);
  function more(offset: number): void {
    run(async () => {
      const page = await client.call('message.source', { archive, folder, number, offset });
      setPages(before => [...before, page]);
    });
  }
  return (
    <>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} />}
      {last === undefined ? (
        task.busy ? (
          <p role="status">{words.working}</p>
        ) : null
      ) : (
        <pre className="t-text-box t-message-source" tabIndex={0} role="region" aria-label={said.sourceLabel}>
          {pages.map(page => page.text)}
        </pre>
      )}
      {last === undefined || last.next === null ? null : (
        <SideAction onClick={() => more(last.next ?? 0)}>
          {said.sourceMore(formatBytes(last.octets, language))}
        </SideAction>
      )}
    </>
  );
}
