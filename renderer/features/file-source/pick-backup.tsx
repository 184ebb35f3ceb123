import { useRef, useState } from 'react';
import { useServices, useWords } from '../../services.ts';
import { SideAction } from '../../ui/actions.tsx';
import { Icon } from '../../ui/icon.tsx';
import { usePicker } from '../picker/picker-context.ts';
import { useFileDrop } from './use-file-drop.ts';

interface PickBackupProps {
  readonly shown: boolean;
  /** A path that the person pointed at, by dialog or by drop. */
  readonly onPicked: (path: string) => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Two dialogs, because no system's dialog shows files and folders alike, and the whole window to drop something on. A
 * drop is taken even while the place for it is not shown.
 */
export function PickBackup({ shown, onPicked, onProblem }: PickBackupProps) {
  const words = useWords();
  const { takeDropped } = useServices();
  const picker = usePicker();
  const [note, setNote] = useState<string | null>(null);
  // One dialog at a time, whatever is pressed or dropped meanwhile.
  const open = useRef(false);

  function ask(way: 'file' | 'folder', why?: string): void {
    if (open.current) return;
    open.current = true;
    setNote(why ?? null);
    picker[way](why)
      .then(path => (path === null ? undefined : onPicked(path)))
      .catch(onProblem)
      .finally(() => {
        open.current = false;
      });
  }

  const over = useFileDrop(({ files, isFolder }) => {
    const [file] = files;
    if (files.length > 1) setNote(words.file.dropMany);
    else if (takeDropped === null) ask(isFolder ? 'folder' : 'file', words.file.dropInBrowser);
    else if (file === undefined) setNote(words.file.dropNothing);
    else {
      setNote(null);
      takeDropped(file).then(path => (path === null ? setNote(words.file.dropNothing) : onPicked(path)), onProblem);
    }
  });

  return (
    <>
      {shown || over ? (
        <div className="t-drop" data-over={over || undefined}>
          <Icon name="it-inbox" />
          <div className="t-buttons">
            <SideAction onClick={() => ask('file')}>{words.file.pickFile}</SideAction>
            <SideAction onClick={() => ask('folder')}>{words.file.pickFolder}</SideAction>
          </div>
          <p>{over ? words.file.dropNow : words.file.drop}</p>
        </div>
      ) : null}
      <p className="t-status" role="status">
        {note}
      </p>
    </>
  );
}
