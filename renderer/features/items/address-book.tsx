import { useId, useState } from 'react';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import type { ContactRow } from '../../../shared/model/item-view.ts';
import { useServices, useWords } from '../../services.ts';
import { usePanes } from '../archive/use-panes.ts';
import { FolderSelect } from './folder-select.tsx';
import type { ItemName } from './item-list.tsx';
import { ItemPanes } from './item-panes.tsx';
import { PagedItems } from './paged-items.tsx';
import { useItemPages } from './use-item-pages.ts';

interface AddressBookProps {
  readonly archive: string;
  readonly view: Pick<ArchiveView, 'itemFolders'>;
  readonly shown: boolean;
}

/** "Rubrica": contacts by name, narrowed down while one types. */
export function AddressBook({ archive, view, shown }: AddressBookProps) {
  const words = useWords().items;
  const { client } = useServices();
  const id = useId();
  const panes = usePanes(shown);
  const [folder, setFolder] = useState<number | null>(null);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<ItemName | null>(null);
  const listed = useItemPages<ContactRow>(JSON.stringify([archive, folder, query]), page =>
    client.call('items.contacts', { archive, folder, query, ...page }),
  );
  const { total, reading } = listed;
  const said = words.contacts;

  return (
    <ItemPanes
      archive={archive}
      panes={panes}
      listLabel={said.label}
      itemLabel={words.card.label.contact}
      none={said.none}
      opened={opened}
    >
      <div className="t-item-tools">
        <FolderSelect
          folders={view.itemFolders}
          kind="contact"
          label={said.folder}
          all={said.all}
          folder={folder}
          onChoose={chosen => {
            setFolder(chosen);
            setActive(0);
          }}
        />
        <label htmlFor={id} className="visually-hidden">
          {said.search}
        </label>
        <div className="t-field-row t-search-row">
          <input
            id={id}
            ref={panes.search}
            type="text"
            inputMode="search"
            className="form-control"
            placeholder={said.search}
            value={query}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={event => {
              setQuery(event.currentTarget.value);
              setActive(0);
            }}
            onKeyDown={event => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              panes.grid.current?.focus();
            }}
          />
        </div>
      </div>
      <p role="status" className="t-item-count">
        {total === null
          ? words.reading
          : query.trim() === ''
            ? total === 0
              ? said.empty
              : said.count(total)
            : total === 0
              ? said.nothing
              : said.found(total)}{' '}
        {reading !== null && reading.done < reading.total ? words.readingSome(reading.done, reading.total) : ''}
      </p>
      <PagedItems
        label={said.label}
        listed={listed}
        active={active}
        onActive={setActive}
        opened={opened}
        onOpen={({ folder: inFolder, number }, moves) => {
          setOpened({ folder: inFolder, number });
          panes.show('message', moves);
        }}
        listRef={panes.grid}
      >
        {row => <ContactLine row={row} />}
      </PagedItems>
    </ItemPanes>
  );
}

function ContactLine({ row }: { readonly row: ContactRow }) {
  const words = useWords().items;
  const marks = [row.unreadable ? words.unreadable : null, row.absent ? words.absent : null].filter(
    mark => mark !== null,
  );
  const more = [row.members === null ? row.reach : words.contacts.group(row.members), row.organisation, ...marks];
  return (
    <>
      <bdi className="t-item-title">{row.name === '' ? words.card.noName : row.name}</bdi>
      <span className="t-item-more">{more.filter(text => text !== '').join(' · ')}</span>
    </>
  );
}
