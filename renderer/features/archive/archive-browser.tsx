import { useId, useState } from 'react';
import { displayPath } from '../../../shared/model/folder.ts';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { describeHint } from '../../../shared/words/search-hints.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { QuietAction, SideAction } from '../../ui/actions.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useTask } from '../../use-task.ts';
import { ItemPane } from '../items/item-pane.tsx';
import { ArchiveFacts } from './archive-facts.tsx';
import { ArchiveFolders } from './archive-folders.tsx';
import { IndexNotice } from './index-notice.tsx';
import { MessageGrid } from './message-grid.tsx';
import type { ListedMessage } from './message-grid.tsx';
import { MessageSide } from './message-side.tsx';
import { SearchForm } from './search-form.tsx';
import { isEmpty, isItem, nameKey } from './selection.ts';
import type { ListedName } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useIndex } from './use-index.ts';
import { useListing } from './use-listing.ts';
import type { Listing } from './use-listing.ts';
import { usePanes } from './use-panes.ts';
import { useSelection } from './use-selection.ts';

interface ArchiveBrowserProps {
  readonly archive: string;
  readonly view: ArchiveView;
  readonly shown: boolean;
}

/** Folders, messages, one message: beside each other, or one after the other where there is no room. */
export function ArchiveBrowser({ archive, view, shown }: ArchiveBrowserProps) {
  const words = useWords().archive;
  const language = useLanguage();
  const { client, host } = useServices();
  const id = useId();
  const index = useIndex(archive, view.index);
  const listed = useListing(archive, view, index.state.phase);
  const panes = usePanes(shown);
  const drag = useTask();
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<ListedName | null>(null);
  const { listing, pages, total, hint } = listed;
  const chosen = useSelection(pages, total);
  const { selection } = chosen;
  const folder = view.folders.find(candidate => candidate.folder === listing.folder) ?? null;
  const isInbox = folder?.path.length === 1 && folder.path[0] === 'INBOX';
  const folderName = folder === null ? null : isInbox ? words.folders.inbox : displayPath(folder.path);
  const problem = pages.problem() ?? chosen.problem ?? drag.problem;

  function changeListing(part: Partial<Listing>): void {
    setActive(0);
    chosen.clear();
    listed.change(part);
    panes.show('list');
  }
  function open({ folder: inFolder, number, item = null }: ListedName, moves: boolean): void {
    setOpened({ folder: inFolder, number, item });
    panes.show('message', moves);
  }
  const onDrag =
    host.host === 'window'
      ? ({ folder: inFolder, number, subject }: ListedMessage) =>
          drag.run(async () => {
            await client.host('host.startDrag', { archive, folder: inFolder, number, name: subject });
          })
      : null;

  return (
    <>
      <ArchiveFacts view={view} />
      <IndexNotice index={index} />
      <SearchForm
        inputId={`${id}-search`}
        inputRef={panes.search}
        folderName={folderName}
        question={listing.question}
        onAsk={question => changeListing({ question })}
      />
      <div className="t-panes" data-stage={panes.stage}>
        <section className="t-pane-folders" aria-label={words.folders.label}>
          <ArchiveFolders
            view={view}
            folder={listing.folder}
            treeRef={panes.tree}
            onChoose={chosen =>
              changeListing({ folder: chosen, question: listing.question?.here === true ? null : listing.question })
            }
          />
        </section>
        <section className="t-pane-list" aria-label={words.list.label(folderName ?? words.folders.all)}>
          <div className="t-list-head">
            <span className="t-narrow">
              <QuietAction onClick={() => panes.show('folders', true)}>{words.folders.show}</QuietAction>
            </span>
            <p role="status">
              {listing.question === null ? <strong>{folderName ?? words.folders.all}. </strong> : null}
              {total === null
                ? words.list.reading
                : listing.question === null
                  ? words.list.count(total)
                  : hint === null
                    ? view.itemFolders.length === 0
                      ? words.search.found(total)
                      : words.search.foundSome(total)
                    : describeHint(hint, language)}
            </p>
            {total === null || total === 0 ? null : (
              <QuietAction onClick={chosen.chooseAll}>{words.selection.selectAll}</QuietAction>
            )}
          </div>
          {isEmpty(selection) ? null : (
            <SelectionBar
              archive={archive}
              listing={listing}
              folder={folder}
              total={total ?? 0}
              selection={selection}
              onClear={chosen.clear}
            />
          )}
          {chosen.isTooMuch ? (
            <Notice kind="attention" live>
              {words.selection.tooMany}
            </Notice>
          ) : null}
          {problem === null ? null : (
            <>
              <ProblemNotice problem={problem} />
              {pages.problem() === null ? null : <SideAction onClick={pages.retry}>{words.job.again}</SideAction>}
            </>
          )}
          {total === null ? null : total === 0 ? (
            listing.question === null ? (
              <p>{words.list.empty}</p>
            ) : null
          ) : (
            <MessageGrid
              label={listing.question === null ? words.list.label(folderName ?? words.folders.all) : words.list.results}
              listing={listed.key}
              pages={pages}
              total={total}
              withSnippets={listing.question !== null}
              sort={listing.sort}
              direction={listing.direction}
              sortsByText={index.state.searchable}
              onSort={sort => {
                setActive(0);
                listed.sortBy(sort);
              }}
              active={Math.min(active, total - 1)}
              onActive={setActive}
              selection={selection}
              onToggle={chosen.toggle}
              onSelectRange={chosen.addRange}
              onSelectAll={chosen.chooseAll}
              opened={opened}
              onOpen={open}
              onDrag={onDrag}
              gridRef={panes.grid}
            />
          )}
        </section>
        <section
          className="t-pane-message"
          aria-label={words.message.label}
          tabIndex={-1}
          ref={panes.message}
          onKeyDown={event => {
            if (event.key === 'Escape' && !event.defaultPrevented) panes.show('list', true);
          }}
        >
          <span className="t-narrow">
            <QuietAction onClick={() => panes.show('list', true)}>{words.list.back}</QuietAction>
          </span>
          {opened === null ? (
            <p className="t-hint">{words.message.none}</p>
          ) : isItem(opened) ? (
            <ItemPane key={nameKey(opened)} archive={archive} folder={opened.folder} number={opened.number} />
          ) : (
            <MessageSide
              key={nameKey(opened)}
              archive={archive}
              message={opened}
              onOpen={(inFolder, number) => open({ folder: inFolder, number }, true)}
            />
          )}
        </section>
      </div>
    </>
  );
}
