import { useEffect, useId, useRef } from 'react';
import type { DragEvent, KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { MessageRow, MessageSort, SearchHit } from '../../../shared/model/message-list.ts';
import { useLanguage, useWords } from '../../services.ts';
import { MessageLine } from './message-line.tsx';
import type { MessagePages } from './message-pages.ts';
import { isItem, isSelected, nameKey } from './selection.ts';
import type { ListedName, MessageSelection } from './selection.ts';
import { SortHead } from './sort-head.tsx';
import { useLongList } from './use-long-list.ts';

export type ListedMessage = MessageRow | SearchHit;

interface MessageGridProps {
  readonly label: string;
  /** Another one begins at the top. */
  readonly listing: string;
  readonly pages: MessagePages<ListedMessage>;
  readonly total: number;
  readonly withSnippets: boolean;
  readonly sort: MessageSort;
  readonly direction: 'ascending' | 'descending';
  readonly sortsByText: boolean;
  readonly onSort: (sort: MessageSort) => void;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly selection: MessageSelection;
  readonly onToggle: (message: ListedMessage) => void;
  readonly onSelectRange: (first: number, last: number) => void;
  readonly onSelectAll: () => void;
  readonly opened: ListedName | null;
  /** `moves`: the focus goes with it, for those who do not see where it opened. */
  readonly onOpen: (message: ListedMessage, moves: boolean) => void;
  /** Null where the host cannot drag files out. */
  readonly onDrag: ((message: ListedMessage) => void) | null;
  readonly gridRef: RefObject<HTMLDivElement>;
}

/**
 * The messages of a list after the WAI-ARIA grid pattern: one stop for the Tab key, arrows within. Only the rows in
 * sight are in the page, so the active one is named by `aria-activedescendant` rather than focused. What happens on a
 * row is heard by the grid: three hundred thousand rows have no listener of their own.
 */
export function MessageGrid(props: MessageGridProps) {
  const { pages, total, active, selection, opened, onDrag, gridRef: box } = props;
  const { archive: words, items: itemWords } = useWords();
  const language = useLanguage();
  const id = useId();
  const long = useLongList({ box, count: total, rowRem: props.withSnippets ? 5 : 3.5, always: active });
  const { items } = long;

  const first = items.find(({ index }) => index !== active)?.index ?? 0;
  const last = items.findLast(({ index }) => index !== active)?.index ?? first;
  useEffect(() => pages.want(first, last), [pages, first, last]);
  const current = useRef(pages);
  current.current = pages;
  const toTop = useRef(long.toTop);
  toTop.current = long.toTop;
  useEffect(() => toTop.current(), [props.listing]);

  function goTo(index: number): number {
    const to = Math.max(0, Math.min(total - 1, index));
    props.onActive(to);
    long.show(to);
    return to;
  }
  function extendTo(index: number): void {
    const to = goTo(index);
    props.onSelectRange(Math.min(active, to), Math.max(active, to));
  }
  /** A quick hand is on a row before it was read: the press waits for it, as long as the list is the same. */
  function onActiveRow(act: (message: ListedMessage) => void): void {
    const message = pages.row(active);
    if (message !== undefined) {
      act(message);
      return;
    }
    pages.between(active, active).then(
      ([row]) => {
        if (row !== undefined && current.current === pages) act(row);
      },
      () => {
        // The list asks for its rows itself, and says what is in the way.
      },
    );
  }
  function onKeyDown(event: KeyboardEvent): void {
    // The heads of the columns are buttons and hear their own keys.
    if (event.target !== event.currentTarget || event.altKey || event.metaKey) return;
    const page = long.rowsInSight();
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      if (event.shiftKey) extendTo(to);
      else goTo(to);
    } else if (event.ctrlKey && event.key.toLowerCase() === 'a') props.onSelectAll();
    else if (event.ctrlKey) return;
    else if (event.key === 'Enter') onActiveRow(message => props.onOpen(message, true));
    else if (event.key === ' ') onActiveRow(props.onToggle);
    else return;
    event.preventDefault();
  }

  function rowAt(event: MouseEvent): { index: number; message: ListedMessage } | null {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(row?.dataset['index'] ?? -1);
    const message = pages.row(index);
    return message === undefined ? null : { index, message };
  }
  function onClick(event: MouseEvent): void {
    const at = rowAt(event);
    if (at === null) return;
    const onBox = event.target instanceof Element && event.target.closest('.t-line-state') !== null;
    if (event.shiftKey) props.onSelectRange(Math.min(active, at.index), Math.max(active, at.index));
    else if (onBox || event.ctrlKey || event.metaKey) props.onToggle(at.message);
    else props.onOpen(at.message, false);
    props.onActive(at.index);
  }
  function onDragStart(event: DragEvent): void {
    const at = rowAt(event);
    // The browser's own dragging would carry a picture of the row; the host drags the file.
    event.preventDefault();
    if (at !== null && !isItem(at.message)) onDrag?.(at.message);
  }

  return (
    <div
      ref={box}
      className="t-lines"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-describedby={`${id}-keys`}
      aria-multiselectable
      aria-rowcount={total + 1}
      aria-colcount={5}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      data-snippets={props.withSnippets || undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDragStart={onDragStart}
    >
      <SortHead
        headRef={long.head}
        sort={props.sort}
        direction={props.direction}
        sortsByText={props.sortsByText}
        onSort={props.onSort}
      />
      <div role="rowgroup" className="t-virtual" style={{ height: long.height }}>
        {items.map(item => {
          const message = pages.row(item.index);
          return (
            <MessageLine
              key={item.index}
              id={`${id}-${item.index}`}
              index={item.index}
              top={long.topOf(item)}
              message={message}
              selected={message !== undefined ? isSelected(selection, message) : selection.kind === 'all'}
              active={item.index === active}
              opened={opened !== null && message !== undefined && nameKey(opened) === nameKey(message)}
              draggable={onDrag !== null}
              words={words}
              kinds={itemWords.kinds}
              language={language}
            />
          );
        })}
      </div>
      <span id={`${id}-keys`} hidden>
        {words.list.keys}
      </span>
    </div>
  );
}
