import { useState } from 'react';
import { childOf } from '../../child-of.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';

/** The report as a file, or on paper. The page (HTML) is the accessible original; the PDF is printed from it. */
export function SaveReport({ archive }: { readonly archive: string }) {
  const words = useWords();
  const language = useLanguage();
  const { client, host } = useServices();
  const picker = usePicker();
  const task = useTask();
  const [saved, setSaved] = useState<string | null>(null);

  function save(form: 'html' | 'json'): void {
    task.run(async () => {
      setSaved(null);
      const out = await picker.newFile(form, `${words.report.fileName}.${form}`);
      if (out === null) return;
      await client.call('report.write', { archive, out, language });
      setSaved(out);
    });
  }

  /** Into a folder, because the page it is printed from goes with it: the PDF's tags are Chromium's best effort. */
  function savePdf(): void {
    task.run(async () => {
      setSaved(null);
      const folder = await picker.folder();
      if (folder === null) return;
      const html = childOf(folder, `${words.report.fileName}.html`);
      const pdf = childOf(folder, `${words.report.fileName}.pdf`);
      await client.call('report.write', { archive, out: html, language });
      await client.host('host.printReport', { html, pdf });
      setSaved(pdf);
    });
  }

  return (
    <section className="t-panel t-no-print" aria-labelledby="save-title">
      <h2 id="save-title">{words.report.saveTitle}</h2>
      <p>{words.report.saveText}</p>
      <div className="t-buttons">
        <SideAction onClick={() => save('html')}>{words.report.saveHtml}</SideAction>
        {host.printsToPdf ? <SideAction onClick={savePdf}>{words.report.savePdf}</SideAction> : null}
        <SideAction onClick={() => save('json')}>{words.report.saveJson}</SideAction>
        <SideAction onClick={() => window.print()}>{words.report.print}</SideAction>
      </div>
      {host.printsToPdf ? null : <p className="t-hint">{words.report.printPdfHint}</p>}
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <div role="status">
        {saved === null ? null : (
          <Notice kind="good">
            {words.report.saved(saved)}{' '}
            {host.host === 'browser' ? null : (
              <QuietAction
                onClick={() =>
                  task.run(async () => {
                    await client.host('host.reveal', { path: saved });
                  })
                }
              >
                {words.actions.reveal}
              </QuietAction>
            )}
          </Notice>
        )}
      </div>
    </section>
  );
}
