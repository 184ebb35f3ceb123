import { useState } from 'react';
import type { Input } from '../../../shared/contract.ts';
import { childOf } from '../../child-of.ts';
import { useServices, useWords } from '../../services.ts';
import { MainAction } from '../../ui/actions.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { usePicker } from '../picker/picker-context.ts';
import { archiveName } from './archive-name.ts';
import { JobInDialog, WrittenPlace } from './job-in-dialog.tsx';
import { useArchiveJob } from './use-archive-job.ts';

/** What of an archive leaves it. */
export type Wanted = Pick<Input<'export.start'>, 'query' | 'folder' | 'messages'>;

interface ExportDialogProps {
  readonly archive: string;
  readonly wanted: Wanted;
  /** Says what it is in words: "3 messaggi scelti". */
  readonly what: string;
  readonly onClose: () => void;
}

const formats = ['eml', 'mbox', 'zip', 'csv'] as const;

/** Messages out of the archive, in a form other programs read. */
export function ExportDialog({ archive, wanted, what, onClose }: ExportDialogProps) {
  const words = useWords().archive;
  const { client } = useServices();
  const picker = usePicker();
  const work = useArchiveJob(archive);
  const [format, setFormat] = useState<(typeof formats)[number]>('eml');
  const [statusHeaders, setStatus] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const name = archiveName(archive);

  async function place(): Promise<string | null> {
    if (format === 'zip') return picker.newFile('zip', `${words.export.zipName}.zip`);
    if (format === 'csv') return picker.newFile('any', `${words.export.listName}.csv`);
    const folder = await picker.folder();
    const day = new Date().toISOString().slice(0, 16).replace('T', ' ').replace(':', '.');
    return folder === null ? null : childOf(folder, words.export.folderName(name, day));
  }
  const begin = (): void =>
    work.begin(async () => {
      const chosen = await place();
      if (chosen === null) return null;
      setTo(chosen);
      const options = { archive, to: chosen, format, statusHeaders: format === 'mbox' && statusHeaders };
      return (await client.call('export.start', { ...options, ...wanted })).jobId;
    });

  return (
    <Dialog wide title={words.export.title} onClose={onClose}>
      <p>{what}</p>
      {work.result === null ? null : (
        <Notice kind="good" live>
          <p>{words.export.done(work.result.figures.found)}</p>
          {to === null ? null : <WrittenPlace path={to} said={words.export.where(to)} />}
        </Notice>
      )}
      <JobInDialog title={words.export.working} work={work} />
      {work.working || work.result !== null ? null : (
        <>
          <Choice
            legend={words.export.format}
            name="export-format"
            options={formats.map(value => {
              const [label = value, hint = ''] = words.export.formats[value];
              return { value, label, hint };
            })}
            value={format}
            onChange={setFormat}
          />
          {format === 'mbox' ? (
            <Checkbox
              id="export-status"
              label={words.export.status}
              hint={words.export.statusHint}
              checked={statusHeaders}
              onChange={setStatus}
            />
          ) : null}
          <MainAction onClick={begin} busy={work.busy}>
            {words.export.start}
          </MainAction>
        </>
      )}
    </Dialog>
  );
}
