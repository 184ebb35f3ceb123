import { useMemo, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { ErrorCode } from '../../../shared/errors.ts';
import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { SurveyedFolder } from '../../../shared/model/mailbox.ts';
import { useLanguage, useServices, useWizard, useWords } from '../../services.ts';
import { withArchive } from '../../state/remembered.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { Actions, MainAction, QuietAction } from '../../ui/actions.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { startBackup } from '../job/start-jobs.ts';
import type { Checked } from './folder-rows.ts';
import { FolderTree } from './folder-tree.tsx';
import { KindChoice } from './kind-choice.tsx';
import { kindsOf } from './kinds-of.ts';
import { PlaceChoice } from './place-choice.tsx';
import { roomNeeded, selectionOf } from './selection.ts';
import { usePlace } from './use-place.ts';
import type { WatchedSurvey } from './use-survey.ts';

interface ChooseFormProps {
  readonly survey: WatchedSurvey;
  readonly onBack: () => void;
  /** Octets of what everything is made from, for a source that does not tell the size of its messages. */
  readonly rawOctets?: number;
  /** What else is to be known before choosing; stands beneath the folders. */
  readonly children?: ReactNode;
}

/** Folders, place and form of the archive, and the start of the backup. */
export function ChooseForm({ survey, onBack, rawOctets, children }: ChooseFormProps) {
  const words = useWords();
  const language = useLanguage();
  const services = useServices();
  const [wizard, change] = useWizard();
  const place = usePlace();
  const task = useTask();
  const [missing, setMissing] = useState<'folders' | 'place' | null>(null);
  const leftOut = useMemo(() => new Set(wizard.leftOut.map(folderKey)), [wizard.leftOut]);
  const folders = survey.value?.folders ?? [];
  const selection = useMemo(() => selectionOf(folders, leftOut), [folders, leftOut]);
  const all = useMemo(() => selectionOf(folders, new Set()), [folders]);
  const selectable = folders.filter(folder => folder.selectable).map(folder => folder.path);
  const items = survey.value?.items ?? [];
  const others = kindsOf(items).filter(({ kind }) => !wizard.leftOutItems.includes(kind));
  // Files of contacts and calendars: there is no mail to choose among, nor a form for it.
  const onlyItems = survey.value?.phase === 'done' && folders.length === 0 && items.length > 0;
  // Nothing is known before the folders are listed; that is not the same as nothing being needed.
  const need = onlyItems ? (rawOctets ?? null) : folders.length === 0 ? null : roomNeeded(selection, rawOctets);

  const setLeftOut = (paths: readonly FolderPath[]) => {
    setMissing(null);
    change({ leftOut: paths.map(path => [...path]) });
  };

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (selection.folders === 0 && others.length === 0) {
      setMissing('folders');
      document.querySelector<HTMLElement>('.t-kinds input')?.focus();
      return;
    }
    setMissing(null);
    task.run(async () => {
      const chosen = await place.current();
      if (chosen === null || chosen.place.holds === 'unreachable') {
        setMissing('place');
        document.querySelector<HTMLElement>('#place-button')?.focus();
        return;
      }
      const jobId = await startBackup(services, wizard, chosen.path);
      services.store.set(all => ({ ...all, archives: withArchive(all.archives, chosen.path, new Date()) }));
      change({ step: 'backup', jobs: { ...wizard.jobs, backup: jobId, verify: null } });
    });
  }

  const failure = survey.problem ?? survey.value?.problem ?? null;
  const phase = survey.value?.phase ?? 'listing';
  const listing = failure === null && phase === 'listing';
  const ofPlace = task.problem !== null && isOfPlace(task.problem.code);
  const fixedFormat = place.value?.archive?.mailFormat ?? null;
  return (
    <form className="t-what" onSubmit={submit} noValidate>
      <h2 className="t-h2" id="what-title">
        {onlyItems ? words.file.insideTitle : words.choose.whatTitle}
      </h2>
      {failure === null ? null : <ProblemNotice problem={failure} />}
      {phase === 'failed' || survey.problem !== null ? (
        <p>
          <QuietAction onClick={survey.restart}>{words.actions.retry}</QuietAction>
        </p>
      ) : null}
      <p className="t-status" role="status">
        {failure !== null ? '' : listing ? words.choose.listing : phase === 'counting' ? words.choose.counting : ''}
      </p>
      {folders.length === 0 && !onlyItems ? null : (
        <KindChoice
          items={items}
          mail={onlyItems ? null : { checked: mailChecked(folders, leftOut), messages: all.messages }}
          onMail={wanted => setLeftOut(wanted ? [] : selectable)}
          onChange={() => setMissing(null)}
        />
      )}
      {folders.length === 0 ? null : (
        <>
          <h3>{words.choose.foldersTitle}</h3>
          <div className="t-tree-tools">
            <QuietAction onClick={() => setLeftOut([])}>{words.choose.all}</QuietAction>
            <QuietAction onClick={() => setLeftOut(selectable)}>{words.choose.none}</QuietAction>
          </div>
          <FolderTree folders={folders} leftOut={leftOut} onChange={setLeftOut} />
          <p className="t-summary" role="status">
            {selection.messages === null
              ? words.choose.selectedUncounted(words.folders(selection.folders))
              : selection.octets === null
                ? words.file.selectedWithoutSize(words.folders(selection.folders), words.messages(selection.messages))
                : words.choose.selected(
                    words.folders(selection.folders),
                    words.messages(selection.messages),
                    formatBytes(selection.octets, language),
                  )}
          </p>
        </>
      )}
      {children}
      <div aria-live="assertive">
        {missing === 'folders' ? <p className="t-field-error">{words.choose.noneSelected}</p> : null}
      </div>
      <PlaceChoice
        place={place}
        need={need}
        missing={missing === 'place'}
        refused={ofPlace ? task.problem : null}
        onPicked={() => setMissing(null)}
      />
      {onlyItems ? null : (
        <Choice
          legend={words.choose.formatTitle}
          name="format"
          value={fixedFormat ?? wizard.format}
          disabled={fixedFormat !== null}
          onChange={format => change({ format })}
          options={(['mbox', 'eml'] as const).map(value => ({ value, ...words.choose.formats[value] }))}
        />
      )}
      {fixedFormat === null || onlyItems ? null : <p className="t-hint">{words.choose.formatFixed}</p>}
      <Notice kind="safe">{words.untouched}</Notice>
      {task.problem === null || ofPlace ? null : <ProblemNotice problem={task.problem} takesFocus />}
      <Actions onBack={onBack}>
        <MainAction busy={task.busy || listing}>{onlyItems ? words.file.startItems : words.choose.start}</MainAction>
      </Actions>
    </form>
  );
}

function mailChecked(folders: readonly SurveyedFolder[], leftOut: ReadonlySet<string>): Checked {
  const chosen = folders.filter(({ selectable }) => selectable);
  const out = chosen.filter(({ path }) => leftOut.has(folderKey(path))).length;
  return out === 0 ? 'true' : out === chosen.length ? 'false' : 'mixed';
}

/** Whether another place for the archive would help: the problem stands beside that choice then. */
function isOfPlace(code: ErrorCode): boolean {
  return code === 'ARCHIVE_INSIDE_SOURCE' || code.startsWith('DISK_');
}
