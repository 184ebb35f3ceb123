import { useState } from 'react';
import type { TaskRow } from '../../../shared/model/item-view.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import type { CalendarPartProps } from './calendar.tsx';
import { FolderSelect } from './folder-select.tsx';
import { formatWhen } from './format-time.ts';
import { PagedItems } from './paged-items.tsx';
import { useItemPages } from './use-item-pages.ts';

/** Tasks: what is to be done by when, then what is done. */
export function TaskList({ archive, view, panes, opened, onOpen }: CalendarPartProps) {
  const words = useWords().items;
  const said = words.tasks;
  const { client } = useServices();
  const [folder, setFolder] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const listed = useItemPages<TaskRow>(JSON.stringify([archive, folder]), page =>
    client.call('items.tasks', { archive, folder, ...page }),
  );
  const { total, reading } = listed;
  return (
    <>
      <div className="t-item-tools">
        <FolderSelect
          folders={view.itemFolders}
          kind="task"
          label={said.folder}
          all={said.all}
          folder={folder}
          onChoose={chosen => {
            setFolder(chosen);
            setActive(0);
          }}
        />
      </div>
      <p role="status" className="t-item-count">
        {total === null ? words.reading : total === 0 ? said.empty : said.count(total)}{' '}
        {reading !== null && reading.done < reading.total ? words.readingSome(reading.done, reading.total) : ''}
      </p>
      <PagedItems
        label={said.label}
        listed={listed}
        active={active}
        onActive={setActive}
        opened={opened}
        onOpen={onOpen}
        listRef={panes.grid}
      >
        {row => <TaskLine row={row} />}
      </PagedItems>
    </>
  );
}

function TaskLine({ row }: { readonly row: TaskRow }) {
  const words = useWords().items;
  const language = useLanguage();
  const more = [
    row.completed ? words.tasks.completed : null,
    row.due === null ? (row.completed ? null : words.tasks.noDue) : words.tasks.due(formatWhen(row.due, language)),
    row.percent === null || row.completed ? null : words.tasks.percent(row.percent),
    row.unreadable ? words.unreadable : null,
    row.absent ? words.absent : null,
  ].filter(text => text !== null);
  return (
    <>
      <bdi className="t-item-title">{row.title === '' ? words.card.noTitle : row.title}</bdi>
      <span className="t-item-more">{more.join(' · ')}</span>
    </>
  );
}
