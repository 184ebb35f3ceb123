import { useState } from 'react';
import type { FormEvent } from 'react';
import { childOf } from '../../child-of.ts';
import { useNavigation } from '../../navigation.ts';
import { useServices, useWords } from '../../services.ts';
import { withArchive, withOpen } from '../../state/remembered.ts';
import { MainAction, QuietAction, SideAction } from '../../ui/actions.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import { JobInDialog } from './job-in-dialog.tsx';
import { useArchiveJob } from './use-archive-job.ts';

/** A sealed copy becomes an archive again, in a folder of its own. */
export function UnsealDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords().archive.unseal;
  const { client, store } = useServices();
  const { go } = useNavigation();
  const picker = usePicker();
  const picking = useTask();
  const work = useArchiveJob(null);
  const [from, setFrom] = useState<string | null>(null);
  const [identityFile, setIdentity] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [to, setTo] = useState<string | null>(null);

  const pick = (keep: (path: string) => void): void =>
    picking.run(async () => {
      const path = await picker.file();
      if (path !== null) keep(path);
    });
  function begin(event: FormEvent): void {
    event.preventDefault();
    setMissing(from === null);
    if (from === null) return;
    work.begin(async () => {
      const folder = await picker.folder();
      if (folder === null) return null;
      const place = childOf(folder, nameFor(from, words.folderName));
      const key = identityFile === null ? { passphrase, identityFile } : { passphrase: null, identityFile };
      const { jobId } = await client.call('unseal.start', { from, to: place, ...key });
      setTo(place);
      setPassphrase('');
      return jobId;
    });
  }
  function open(path: string): void {
    store.set(all => ({
      ...all,
      archives: withArchive(all.archives, path, new Date()),
      browsing: withOpen(all.browsing, path),
    }));
    go('archive');
  }

  return (
    <Dialog wide title={words.title} onClose={onClose}>
      <p>{words.text}</p>
      {work.result === null || to === null ? null : (
        <Notice kind="good" live>
          <p className="t-path">{words.done(to)}</p>
          <MainAction onClick={() => open(to)}>{words.open}</MainAction>
        </Notice>
      )}
      <JobInDialog title={words.working} work={work} />
      {work.working || work.result !== null ? null : (
        <form onSubmit={begin} noValidate>
          <p className="t-path">
            <strong>{words.file}:</strong> {from ?? words.noFile}
          </p>
          <SideAction onClick={() => pick(setFrom)}>{words.pick}</SideAction>
          <div aria-live="polite">
            {isMissing && from === null ? (
              <p className="t-field-error">
                <Icon name="it-error" />
                {words.missing}
              </p>
            ) : null}
          </div>
          <div className="t-below">
            {identityFile === null ? (
              <Field
                id="unseal-passphrase"
                label={words.passphrase}
                type="password"
                value={passphrase}
                onChange={setPassphrase}
              />
            ) : (
              <p className="t-path">{words.identityPicked(identityFile)}</p>
            )}
            <p>
              <QuietAction onClick={() => pick(setIdentity)}>{words.identity}</QuietAction>
            </p>
          </div>
          <MainAction busy={work.busy}>{words.start}</MainAction>
        </form>
      )}
    </Dialog>
  );
}

/** As the copy is called, without its ending. */
function nameFor(file: string, otherwise: string): string {
  const name = (file.split(/[\\/]/).at(-1) ?? '').replace(/\.age$/i, '').trim();
  return name === '' ? otherwise : name;
}
