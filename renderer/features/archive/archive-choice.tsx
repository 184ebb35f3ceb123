import type { Problem } from '../../../shared/errors.ts';
import { useRemembered, useWords } from '../../services.ts';
import { Actions, MainAction, QuietAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { archiveName } from './archive-name.ts';

interface ArchiveChoiceProps {
  readonly onOpen: (path: string) => void;
  readonly onPick: () => void;
  readonly problem: Problem | null;
}

/** Which archive to look into. */
export function ArchiveChoice({ onOpen, onPick, problem }: ArchiveChoiceProps) {
  const words = useWords().archive;
  const { archives } = useRemembered();
  return (
    <div className="t-archive-choice">
      <p className="t-lead">{words.pickLead}</p>
      <h2 className="t-h2">{words.known}</h2>
      {archives.length === 0 ? <p>{words.none}</p> : null}
      <ul className="t-archive-list">
        {archives.map(({ path }) => (
          <li key={path}>
            <Icon name="it-folder" />
            <span>
              <strong>{archiveName(path)}</strong>
              <span className="t-hint t-path">{path}</span>
            </span>
            <QuietAction label={words.openAria(archiveName(path))} onClick={() => onOpen(path)}>
              {words.open}
            </QuietAction>
          </li>
        ))}
      </ul>
      {problem === null ? null : <ProblemNotice problem={problem} takesFocus />}
      <Actions>
        <MainAction onClick={onPick}>{words.openOther}</MainAction>
      </Actions>
    </div>
  );
}
