import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useServices, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePicker } from '../picker/picker-context.ts';
import { archiveName } from './archive-name.ts';
import { JobInDialog, WrittenPlace } from './job-in-dialog.tsx';
import { passphraseStrength } from './passphrase-strength.ts';
import { useArchiveJob } from './use-archive-job.ts';

type Fault = 'short' | 'different' | null;

/** The archive as one file that only a passphrase opens. The phrase goes to the engine and stays nowhere. */
export function SealDialog({ archive, onClose }: { readonly archive: string; readonly onClose: () => void }) {
  const words = useWords().archive.seal;
  const { client } = useServices();
  const picker = usePicker();
  const work = useArchiveJob(archive);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [fault, setFault] = useState<Fault>(null);
  const [to, setTo] = useState<string | null>(null);
  const firstInput = useRef<HTMLInputElement>(null);
  const secondInput = useRef<HTMLInputElement>(null);
  const strength = passphraseStrength(first);

  function begin(event: FormEvent): void {
    event.preventDefault();
    const found: Fault = strength === 'short' ? 'short' : first === second ? null : 'different';
    setFault(found);
    if (found === 'short') firstInput.current?.focus();
    if (found === 'different') secondInput.current?.focus();
    if (found !== null) return;
    work.begin(async () => {
      const chosen = await picker.newFile('any', words.fileName(archiveName(archive)));
      if (chosen === null) return null;
      const { jobId } = await client.call('seal.start', { archive, to: chosen, passphrase: first });
      setTo(chosen);
      setFirst('');
      setSecond('');
      return jobId;
    });
  }

  return (
    <Dialog wide title={words.title} onClose={onClose}>
      <p>{words.text}</p>
      {work.result === null || to === null ? null : (
        <Notice kind="good" live>
          <WrittenPlace path={to} said={words.done(to)} />
          <p>{words.doneHint}</p>
        </Notice>
      )}
      <JobInDialog title={words.working} work={work} />
      {work.working || work.result !== null ? null : (
        <form onSubmit={begin} noValidate>
          <Notice kind="attention">{words.warning}</Notice>
          <Field
            id="seal-passphrase"
            label={words.passphrase}
            hint={words.passphraseHint}
            type="password"
            autoComplete="new-password"
            value={first}
            onChange={setFirst}
            error={fault === 'short' ? words.tooShort : null}
            inputRef={firstInput}
          />
          <p className="t-hint" role="status">
            {first === '' ? '' : words.strengths[strength]}
          </p>
          <Field
            id="seal-again"
            label={words.again}
            type="password"
            autoComplete="new-password"
            value={second}
            onChange={setSecond}
            error={fault === 'different' ? words.different : null}
            inputRef={secondInput}
          />
          <MainAction busy={work.busy}>{words.start}</MainAction>
        </form>
      )}
    </Dialog>
  );
}
