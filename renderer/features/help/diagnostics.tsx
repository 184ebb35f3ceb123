import { useState } from 'react';
import { useServices, useWords } from '../../services.ts';
import { MainAction, SideAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';

/** Shown in full before it is saved; what is saved is exactly what was shown. */
export function Diagnostics() {
  const words = useWords();
  const { client } = useServices();
  const picker = usePicker();
  const task = useTask();
  const [text, setText] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);

  const show = () => task.run(async () => setText((await client.call('diagnostics.read', {})).text));
  const save = (shown: string) =>
    task.run(async () => {
      const path = await picker.newFile('any', 'travaso-assistenza.txt');
      if (path === null) return;
      await client.host('host.writeText', { path, text: shown });
      setSaved(true);
    });
  return (
    <section aria-labelledby="diagnostics-title">
      <h2 className="t-h2" id="diagnostics-title">
        {words.help.diagnosticsTitle}
      </h2>
      <p>{words.help.diagnosticsText}</p>
      {text === null ? (
        <SideAction onClick={show}>{words.help.diagnosticsShow}</SideAction>
      ) : (
        <>
          <pre className="t-text-box" tabIndex={0} role="region" aria-label={words.help.diagnosticsLabel}>
            {text}
          </pre>
          <MainAction onClick={() => save(text)} busy={task.busy}>
            {words.help.diagnosticsSave}
          </MainAction>
        </>
      )}
      {task.problem === null ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <p role="status">{saved ? words.help.diagnosticsSaved : ''}</p>
    </section>
  );
}
