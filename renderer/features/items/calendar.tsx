import { useState } from 'react';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { useWords } from '../../services.ts';
import { usePanes } from '../archive/use-panes.ts';
import { Agenda } from './agenda.tsx';
import type { ItemName } from './item-list.tsx';
import { ItemPanes } from './item-panes.tsx';
import { TaskList } from './task-list.tsx';

export interface CalendarPartProps {
  readonly archive: string;
  readonly view: Pick<ArchiveView, 'itemFolders'>;
  readonly panes: ReturnType<typeof usePanes>;
  readonly opened: ItemName | null;
  readonly onOpen: (item: ItemName, moves: boolean) => void;
}

interface CalendarProps {
  readonly archive: string;
  readonly view: Pick<ArchiveView, 'itemFolders'>;
  readonly shown: boolean;
}

/** "Calendario": appointments month by month, and tasks. */
export function Calendar({ archive, view, shown }: CalendarProps) {
  const { calendar, tasks, card } = useWords().items;
  const panes = usePanes(shown);
  const has = (kind: 'event' | 'task'): boolean => view.itemFolders.some(folder => folder.kind === kind);
  const [part, setPart] = useState<'agenda' | 'tasks'>(has('event') ? 'agenda' : 'tasks');
  const [opened, setOpened] = useState<ItemName | null>(null);
  const props: CalendarPartProps = {
    ...{ archive, view, panes, opened },
    onOpen: ({ folder, number }, moves) => {
      setOpened({ folder, number });
      panes.show('message', moves);
    },
  };
  return (
    <ItemPanes
      archive={archive}
      panes={panes}
      listLabel={part === 'agenda' ? calendar.label : tasks.label}
      itemLabel={part === 'agenda' ? card.label.event : card.label.task}
      none={part === 'agenda' ? calendar.none : tasks.none}
      opened={opened}
    >
      {has('event') && has('task') ? (
        <div role="group" aria-label={calendar.views.label} className="t-views">
          {(['agenda', 'tasks'] as const).map(name => (
            <button
              key={name}
              type="button"
              aria-pressed={name === part}
              onClick={() => {
                setPart(name);
                setOpened(null);
              }}
            >
              {calendar.views[name]}
            </button>
          ))}
        </div>
      ) : null}
      {part === 'agenda' ? <Agenda {...props} /> : <TaskList {...props} />}
    </ItemPanes>
  );
}
