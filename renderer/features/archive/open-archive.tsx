import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { withArchive } from '../../state/remembered.ts';
import { MainAction, QuietAction } from '../../ui/actions.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ArchiveActions } from './archive-actions.tsx';
import { ArchiveSections } from './archive-sections.tsx';
import { archiveName } from './archive-name.ts';

interface OpenArchiveProps {
  readonly path: string;
  /** Whether it is the one in front. */
  readonly shown: boolean;
  /** Every open archive, this one too. */
  readonly others: readonly string[];
  /** It was chosen in their list, of which each archive has one of its own: the focus stays in the list. */
  readonly isFromList: boolean;
  readonly onSwitch: (path: string) => void;
  readonly onPick: () => void;
  readonly onClose: () => void;
}

type Opening = { readonly view: ArchiveView | null; readonly problem: Problem | null };

/** An archive from its opening on: what it holds, or why it cannot be read. */
export function OpenArchive({ path, shown, others, isFromList, onSwitch, onPick, onClose }: OpenArchiveProps) {
  const words = useWords();
  const language = useLanguage();
  const { client, store } = useServices();
  const id = useId();
  const [{ view, problem }, setOpening] = useState<Opening>({ view: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  const choice = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => {
    if (shown && isFromList) choice.current?.focus();
  }, [shown, isFromList]);

  useEffect(() => {
    let stopped = false;
    setOpening({ view: null, problem: null });
    client.call('archive.open', { archive: path }).then(
      opened => {
        if (stopped) return;
        setOpening({ view: opened, problem: null });
        store.set(all => ({ ...all, archives: withArchive(all.archives, path, new Date()) }));
      },
      (error: unknown) => {
        if (!stopped) setOpening({ view: null, problem: problemOf(error) });
      },
    );
    return () => {
      stopped = true;
    };
  }, [client, store, path, attempt]);

  return (
    <>
      <div className="t-archive-top">
        {others.length < 2 ? null : (
          <>
            <label htmlFor={id} className="visually-hidden">
              {words.archive.which}
            </label>
            <select ref={choice} id={id} value={path} onChange={event => onSwitch(event.currentTarget.value)}>
              {others.map(other => (
                <option key={other} value={other}>
                  {archiveName(other)}
                </option>
              ))}
            </select>
          </>
        )}
        {view === null ? null : (
          <span className="t-hint">{words.archive.contents(view.messages, formatBytes(view.octets, language))}</span>
        )}
        <div className="t-archive-actions">
          {view === null ? null : <ArchiveActions archive={path} hasItems={view.itemFolders.length > 0} />}
          <QuietAction onClick={onPick}>{words.archive.openOther}</QuietAction>
          <QuietAction onClick={onClose}>{words.archive.close}</QuietAction>
        </div>
      </div>
      {problem !== null ? (
        <>
          <ProblemNotice problem={problem} takesFocus={attempt > 0} />
          <p>
            <MainAction onClick={() => setAttempt(attempt + 1)}>{words.actions.retry}</MainAction>
          </p>
        </>
      ) : view === null ? (
        <p role="status">
          {words.archive.opening} <span className="t-hint">{words.archive.openingLong}</span>
        </p>
      ) : (
        <ArchiveSections archive={path} view={view} shown={shown} />
      )}
    </>
  );
}
