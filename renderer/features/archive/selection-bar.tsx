import { useState } from 'react';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { useServices, useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import { ExportDialog } from './export-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import type { MessageSelection } from './selection.ts';
import type { Listing } from './use-listing.ts';
import { restoredOf, wantedOf } from './wanted.ts';

type ArchiveFolder = ArchiveView['folders'][number];

interface SelectionBarProps {
  readonly archive: string;
  readonly listing: Listing;
  /** The one that is listed; null for the whole archive. */
  readonly folder: Pick<ArchiveFolder, 'path'> | null;
  readonly total: number;
  readonly selection: MessageSelection;
  readonly onClear: () => void;
}

/** What is chosen, and what can be done with it. */
export function SelectionBar({ archive, listing, folder, total, selection, onClear }: SelectionBarProps) {
  const words = useWords().archive;
  const { client } = useServices();
  const picker = usePicker();
  const saving = useTask();
  const [asked, setAsked] = useState<'export' | 'restore' | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const what = selection.kind === 'all' ? words.selection.all(total) : words.selection.some(selection.names.size);
  const [only] = selection.kind === 'some' && selection.names.size === 1 ? [...selection.names.values()] : [];

  const save = (): void =>
    saving.run(async () => {
      if (only === undefined) return;
      const to = await picker.newFile('any', `${words.message.fileName}.eml`);
      if (to === null) return;
      await client.call('message.save', { archive, folder: only.folder, number: only.number, to });
      setSaved(to);
    });

  return (
    <section className="t-selection" aria-label={words.selection.label}>
      <p role="status">{saved === null ? what : words.message.saved(saved)}</p>
      <QuietAction onClick={() => setAsked('export')}>{words.selection.export}</QuietAction>
      <QuietAction onClick={() => setAsked('restore')}>{words.selection.restore}</QuietAction>
      {only === undefined ? null : <QuietAction onClick={save}>{words.message.save}</QuietAction>}
      <QuietAction onClick={onClear}>{words.selection.clear}</QuietAction>
      {saving.problem === null ? null : <ProblemNotice problem={saving.problem} takesFocus />}
      {asked === 'restore' ? (
        <RestoreDialog
          archive={archive}
          restored={restoredOf(selection, listing, folder)}
          what={
            selection.kind === 'all' && listing.question === null && folder !== null
              ? words.restore.folder(displayPath(folder.path))
              : what
          }
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked === 'export' ? (
        <ExportDialog
          archive={archive}
          wanted={wantedOf(selection, listing)}
          what={what}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </section>
  );
}
