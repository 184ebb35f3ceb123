import { useEffect, useState } from 'react';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';

/** The letter to those who run the computers, in full before it is saved. */
export function LetterDialog({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const words = useWords().signInSteps.letter;
  const language = useLanguage();
  const { client } = useServices();
  const picker = usePicker();
  const [text, setText] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const { run, busy, problem } = useTask();
  useEffect(() => {
    run(async () => setText((await client.call('signIn.itLetter', { language, address })).text));
  }, [client, run, language, address]);
  const save = (shown: string): void =>
    run(async () => {
      const path = await picker.newFile('any', 'travaso-it.txt');
      if (path === null) return;
      await client.host('host.writeText', { path, text: shown });
      setSaved(true);
    });
  return (
    <Dialog title={words.title} onClose={onClose} wide>
      <p>{words.lead}</p>
      {text === null ? null : (
        <>
          <pre className="t-text-box" tabIndex={0} role="region" aria-label={words.title}>
            {text}
          </pre>
          <MainAction onClick={() => save(text)} busy={busy}>
            {words.save}
          </MainAction>
        </>
      )}
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus />}
      <p role="status">{saved ? words.saved : ''}</p>
    </Dialog>
  );
}
