import { useRef, useState } from 'react';
import { useRemembered, useServices, useWords } from '../../services.ts';
import { withoutOpen, withOpen } from '../../state/remembered.ts';
import { Screen } from '../../ui/screen.tsx';
import { useTask } from '../../use-task.ts';
import { usePicker } from '../picker/picker-context.ts';
import { ArchiveChoice } from './archive-choice.tsx';
import { archiveName } from './archive-name.ts';
import { OpenArchive } from './open-archive.tsx';

/** "Archivio": one archive in front, others kept open behind it as they were left. */
export function ArchiveScreen() {
  const words = useWords().archive;
  const { client, store } = useServices();
  const { browsing } = useRemembered();
  const picker = usePicker();
  const task = useTask();
  // Those that were looked at since the screen appeared: an archive on a stick is not opened before it is wanted.
  const seen = useRef(new Set<string>());
  // Where the button that was pressed goes with its archive, the heading takes the focus.
  const [arrival, setArrival] = useState(0);
  const [fromList, setFromList] = useState<string | null>(null);
  const { at, open } = browsing;
  if (at !== null) seen.current.add(at);

  const bringToFront = (path: string): void => store.set(all => ({ ...all, browsing: withOpen(all.browsing, path) }));
  const pick = (): void =>
    task.run(async () => {
      const path = await picker.folder();
      if (path === null) return;
      bringToFront(path);
      setArrival(before => before + 1);
    });
  function close(path: string): void {
    seen.current.delete(path);
    // Whatever becomes of it, the archive is off the screen; its files are let go of when the program ends at the latest.
    void client.call('archive.close', { archive: path }).catch(() => undefined);
    store.set(all => ({ ...all, browsing: withoutOpen(all.browsing, path) }));
    setArrival(before => before + 1);
  }

  return (
    <Screen
      key={at === null ? 'choice' : 'open'}
      wide
      arrival={arrival}
      title={at === null ? words.title : archiveName(at)}
      documentTitle={at === null ? words.title : `${archiveName(at)} — ${words.title}`}
    >
      {at === null ? (
        <ArchiveChoice onOpen={bringToFront} onPick={pick} problem={task.problem} />
      ) : (
        open
          .filter(path => seen.current.has(path))
          .map(path => (
            <div key={path} className="t-archive" hidden={path !== at}>
              <OpenArchive
                path={path}
                shown={path === at}
                others={open}
                isFromList={path === fromList}
                onSwitch={other => {
                  bringToFront(other);
                  setFromList(other);
                }}
                onPick={pick}
                onClose={() => close(path)}
              />
            </div>
          ))
      )}
    </Screen>
  );
}
