import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../../services.ts';
import type { MessagePages } from '../archive/message-pages.ts';
import { useLongList } from '../archive/use-long-list.ts';

/** Name of an item in an archive. */
export interface ItemName {
  readonly folder: number;
  readonly number: number;
}

export interface ItemListProps<R extends ItemName> {
  readonly label: string;
  /** Another one begins at the top. */
  readonly listing: string;
  readonly pages: Pick<MessagePages<R>, 'row' | 'want' | 'between'>;
  readonly total: number;
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly opened: ItemName | null;
  /** `moves`: the focus goes with it, for those who do not see where it opened. */
  readonly onOpen: (item: R, moves: boolean) => void;
  readonly listRef: RefObject<HTMLDivElement>;
  readonly children: (row: R, index: number) => ReactNode;
}

const rowRem = 3.5;

/**
 * Items after the WAI-ARIA listbox pattern: one stop for the Tab key, arrows within. Only the rows in sight are in the
 * page, so the active one is named by `aria-activedescendant` rather than focused.
 */
export function ItemList<R extends ItemName>(props: ItemListProps<R>) {
  const { pages, total, active, opened, listRef: box } = props;
  const words = useWords().items;
  const id = useId();
  const long = useLongList({ box, count: total, rowRem, always: active });
  const { items } = long;
  const first = items.find(({ index }) => index !== active)?.index ?? 0;
  const last = items.findLast(({ index }) => index !== active)?.index ?? first;
  useEffect(() => pages.want(first, last), [pages, first, last]);
  const toTop = useRef(long.toTop);
  toTop.current = long.toTop;
  useEffect(() => toTop.current(), [props.listing]);

  const current = useRef(pages);
  current.current = pages;
  /** A quick hand is on a row before it was read: the press waits for it, as long as the list is the same. */
  function open(index: number, moves: boolean): void {
    const row = pages.row(index);
    if (row !== undefined) {
      props.onOpen(row, moves);
      return;
    }
    pages.between(index, index).then(
      ([late]) => {
        if (late !== undefined && current.current === pages) props.onOpen(late, moves);
      },
      () => {
        // The list asks for its rows itself, and says what is in the way.
      },
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = long.rowsInSight();
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) {
      const to = Math.max(0, Math.min(total - 1, move));
      props.onActive(to);
      long.show(to);
    } else if (event.key === 'Enter' || event.key === ' ') open(active, event.key === 'Enter');
    else return;
    event.preventDefault();
  }
  function onClick(event: MouseEvent): void {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (at === null) return;
    const index = Number(at.dataset['index']);
    props.onActive(index);
    open(index, false);
  }

  return (
    <div
      ref={box}
      className="t-lines t-items"
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-describedby={`${id}-keys`}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="presentation" className="t-virtual" style={{ height: long.height }}>
        {items.map(item => {
          const row = pages.row(item.index);
          const isOpened =
            opened !== null && row !== undefined && opened.folder === row.folder && opened.number === row.number;
          return (
            <div
              key={item.index}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={isOpened}
              aria-posinset={item.index + 1}
              aria-setsize={total}
              className="t-item"
              data-index={item.index}
              data-active={item.index === active || undefined}
              data-opened={isOpened || undefined}
              style={{ transform: `translateY(${long.topOf(item)}px)` }}
            >
              {row === undefined ? words.reading : props.children(row, item.index)}
            </div>
          );
        })}
      </div>
      <span id={`${id}-keys`} hidden>
        {words.keys}
      </span>
    </div>
  );
}
