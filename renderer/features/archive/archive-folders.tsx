import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { formatNumber } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { visibleRows } from '../choose/folder-rows.ts';
import { browsedTree } from './browsed-tree.ts';
import type { BrowsedFolder } from './browsed-tree.ts';

interface ArchiveFoldersProps {
  readonly view: ArchiveView;
  /** Null: all messages. */
  readonly folder: number | null;
  readonly onChoose: (folder: number | null) => void;
  readonly treeRef: RefObject<HTMLDivElement>;
}

const rowRem = 2.25;

/** The archive's folders as a tree, after the WAI-ARIA pattern; the rows in sight are in the page. Enter chooses. */
export function ArchiveFolders({ view, folder, onChoose, treeRef: box }: ArchiveFoldersProps) {
  const words = useWords().archive.folders;
  const language = useLanguage();
  const prefix = useId();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const roots = useMemo(() => browsedTree(view, words, language), [view, words, language]);
  const rows = useMemo(() => visibleRows(roots, closed), [roots, closed]);
  const chosenAt = rows.findIndex(row => row.folder.folder === folder);
  const activeAt = rows.findIndex(row => row.key === activeKey);
  const active = Math.max(0, activeAt === -1 ? chosenAt : activeAt);
  const remPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowRem * remPixels,
    overscan: 6,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return [...new Set([...shown, Math.min(active, count - 1)])].sort((a, b) => a - b);
    },
  });

  const items = virtual.getVirtualItems();

  function setOpen(key: string, open: boolean): void {
    setClosed(before => {
      const next = new Set(before);
      if (open) next.delete(key);
      else next.add(key);
      return next;
    });
  }
  function choose({ folder: chosen, selectable }: BrowsedFolder): void {
    if (selectable) onChoose(chosen);
  }
  function goTo(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setActiveKey(row.key);
    virtual.scrollToIndex(rows.indexOf(row));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[active];
    if (row === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const open = row.children.length > 0 && !closed.has(row.key);
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (rowRem * remPixels)) - 1);
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      PageDown: () => goTo(active + page),
      PageUp: () => goTo(active - page),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (row.children.length === 0 ? undefined : open ? goTo(active + 1) : setOpen(row.key, true)),
      ArrowLeft: () =>
        open ? setOpen(row.key, false) : row.parent === null ? undefined : goTo(rows.indexOf(row.parent)),
      ' ': () => choose(row.folder),
      Enter: () => choose(row.folder),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  return (
    <div
      ref={box}
      className="t-tree t-archive-tree"
      role="tree"
      tabIndex={0}
      aria-label={words.label}
      aria-activedescendant={items.some(({ index }) => index === active) ? `${prefix}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="t-virtual" style={{ height: virtual.getTotalSize() }}>
        {items.map(item => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const siblings = row.parent?.children ?? roots;
          const { messages, unread } = row.folder;
          const isOpen = row.children.length === 0 ? undefined : !closed.has(row.key);
          return (
            <div
              key={row.key}
              id={`${prefix}-${item.index}`}
              role="treeitem"
              aria-level={row.level}
              aria-setsize={siblings.length}
              aria-posinset={siblings.indexOf(row) + 1}
              aria-expanded={isOpen}
              aria-selected={item.index === chosenAt}
              className="t-tree-row"
              data-active={item.index === active || undefined}
              title={row.name}
              style={{
                transform: `translateY(${item.start}px)`,
                paddingInlineStart: `${0.25 + (row.level - 1) * 0.9}rem`,
              }}
              onClick={() => {
                setActiveKey(row.key);
                choose(row.folder);
              }}
            >
              <span
                className="t-tree-toggle"
                data-open={isOpen}
                aria-hidden="true"
                onClick={event => {
                  if (isOpen === undefined) return;
                  event.stopPropagation();
                  setOpen(row.key, !isOpen);
                }}
              />
              <span className="t-tree-name">{row.name}</span>
              <span className="t-tree-count" aria-hidden="true">
                {messages === 0 ? '' : formatNumber(messages, language)}
              </span>
              <span className="visually-hidden">{words.count(messages, unread)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
