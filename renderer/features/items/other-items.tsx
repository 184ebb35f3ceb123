import { useId, useState } from 'react';
import { displayPath } from '../../../shared/model/folder.ts';
import { otherItemKinds } from '../../../shared/model/item.ts';
import type { OtherItemKind } from '../../../shared/model/item.ts';
import type { OtherItemRow } from '../../../shared/model/item-view.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { usePanes } from '../archive/use-panes.ts';
import type { ItemName } from './item-list.tsx';
import { ItemPanes } from './item-panes.tsx';
import { PagedItems } from './paged-items.tsx';
import { useItemPages } from './use-item-pages.ts';

interface OtherItemsProps {
  readonly archive: string;
  readonly view: Pick<ArchiveView, 'itemFolders'>;
  readonly shown: boolean;
}

/** "Altro": notes, files, rules, signatures and settings, in one list. */
export function OtherItems({ archive, view, shown }: OtherItemsProps) {
  const all = useWords();
  const words = all.items;
  const said = words.others;
  const { client } = useServices();
  const id = useId();
  const panes = usePanes(shown);
  const [kind, setKind] = useState<OtherItemKind | null>(null);
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<ItemName | null>(null);
  const listed = useItemPages<OtherItemRow>(JSON.stringify([archive, kind]), page =>
    client.call('items.others', { archive, kind, ...page }),
  );
  const { total } = listed;
  const kinds = otherItemKinds.filter(each => view.itemFolders.some(folder => folder.kind === each));
  return (
    <ItemPanes
      archive={archive}
      panes={panes}
      listLabel={said.label}
      itemLabel={words.card.label.other}
      none={said.none}
      opened={opened}
    >
      {kinds.length < 2 ? null : (
        <div className="t-item-tools">
          <span className="t-item-folder">
            <label htmlFor={id}>{said.kind}</label>
            <select
              id={id}
              value={kind ?? ''}
              onChange={event => {
                const chosen = event.currentTarget.value;
                setKind(kinds.find(each => each === chosen) ?? null);
                setActive(0);
              }}
            >
              <option value="">{said.all}</option>
              {kinds.map(each => (
                <option key={each} value={each}>
                  {all.choose.kinds[each]}
                </option>
              ))}
            </select>
          </span>
        </div>
      )}
      <p role="status" className="t-item-count">
        {total === null ? words.reading : total === 0 ? said.empty : said.count(total)}
      </p>
      <PagedItems
        label={said.label}
        listed={listed}
        active={active}
        onActive={setActive}
        opened={opened}
        onOpen={({ folder, number }, moves) => {
          setOpened({ folder, number });
          panes.show('message', moves);
        }}
        listRef={panes.grid}
      >
        {row => <OtherLine row={row} />}
      </PagedItems>
    </ItemPanes>
  );
}

function OtherLine({ row }: { readonly row: OtherItemRow }) {
  const words = useWords().items;
  const language = useLanguage();
  const more = [words.kinds[row.kind], displayPath(row.path), row.ending, formatBytes(row.size, language)];
  return (
    <>
      <bdi className="t-item-title">{row.name === '' ? words.card.noTitle : row.name}</bdi>
      <span className="t-item-more">{[...more, ...(row.absent ? [words.absent] : [])].join(' · ')}</span>
    </>
  );
}
