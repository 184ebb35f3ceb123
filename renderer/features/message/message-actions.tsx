import { useState } from 'react';
import type { MessageView } from '../../../shared/model/message-view.ts';
import { safeFileName } from '../../../shared/safe-file-name.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import type { MessageAt } from './message-pane.tsx';
import { paperPage } from './paper-page.ts';
import { printOnPaper } from './print-on-paper.ts';
import { SavedNotice } from './saved-notice.tsx';
import type { Shown } from './view-switch.tsx';

interface MessageActionsProps {
  readonly at: MessageAt;
  readonly view: MessageView;
  readonly shown: Shown;
}

/** The message out of here: its exact octets, or what is shown of it on paper. */
export function MessageActions({ at, view, shown }: MessageActionsProps) {
  const words = useWords().message;
  const language = useLanguage();
  const { client, host } = useServices();
  const picker = usePicker();
  const task = useTask();
  const [saved, setSaved] = useState<string | null>(null);
  // A subject is no path: «Delibera 12/2019» would be called «2019».
  const name = safeFileName(view.headers.subject.replaceAll(/[/\\]/g, '-'), words.actions.fileName);
  const page = () => paperPage(view, shown === 'page' ? 'page' : 'text', words, language);

  function saveAs(kind: 'any' | 'pdf', ending: string, write: (to: string) => Promise<unknown>): void {
    task.run(async () => {
      setSaved(null);
      const to = await picker.newFile(kind, `${name}.${ending}`);
      if (to === null) return;
      await write(to);
      setSaved(to);
    });
  }
  const save = () => saveAs('any', 'eml', to => client.call('message.save', { ...at, to }));
  const savePdf = () =>
    saveAs('pdf', 'pdf', async pdf => client.host('host.printDocument', { html: await page(), pdf }));
  const print = () =>
    task.run(async () => {
      const { path } = await client.host('host.frameDocument', { html: await page(), use: 'print' });
      await printOnPaper(path);
    });

  return (
    <div className="t-no-print">
      <div role="group" aria-label={words.actions.label} className="t-buttons t-message-actions">
        <SideAction onClick={save}>{words.actions.save}</SideAction>
        {host.printsToPdf ? <SideAction onClick={savePdf}>{words.actions.savePdf}</SideAction> : null}
        <SideAction onClick={print}>{words.actions.print}</SideAction>
      </div>
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <SavedNotice path={saved} />
    </div>
  );
}
