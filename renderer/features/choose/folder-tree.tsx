import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { SurveyedFolder } from '../../../shared/model/mailbox.ts';
import { formatBytes } from '../../../shared/words/format.ts';
import { useLanguage, useWords } from '../../services.ts';
import { checkedState, toggled, treeOf, visibleRows } from './folder-rows.ts';
import type { FolderRow } from './folder-rows.ts';

interface FolderTreeProps {
  readonly folders: readonly SurveyedFolder[];
  readonly leftOut: ReadonlySet<string>;
  readonly onChange: (leftOut: readonly FolderPath[]) => void;
}

const rowRem = 2.5;

/**
 * The mailbox as a tree of checkboxes, after the WAI-ARIA pattern: one stop for the Tab key, arrows within. Only the
 * rows in sight are in the page, so the active one is named by `aria-activedescendant` rather than focused.
 */
export function FolderTree({ folders, leftOut, onChange }: FolderTreeProps) {
  const words = useWords();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const roots = useMemo(() => treeOf(folders), [folders]);
  const rows = useMemo(() => visibleRows(roots, closed), [roots, closed]);
  const active = Math.max(
    0,
    rows.findIndex(row => row.key === activeKey),
  );
  const remPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowRem * remPixels,
    overscan: 6,
    // The active row must be in the page even when scrolled out of sight.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      return [...new Set([...shown, Math.min(active, count - 1)])].sort((a, b) => a - b);
    },
  });

  function change(row: FolderRow): void {
    const next = toggled(row, leftOut);
    onChange(folders.filter(folder => next.has(folderKey(folder.path))).map(folder => folder.path));
  }
  function setOpen(row: FolderRow, open: boolean): void {
    setClosed(before => {
      const next = new Set(before);
      if (open) next.delete(row.key);
      else next.add(row.key);
      return next;
    });
  }
  function goTo(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setActiveKey(row.key);
    virtual.scrollToIndex(rows.indexOf(row));
  }
  function onKeyDown(event: KeyboardEvent): void {
    const row = rows[active];
    if (row === undefined) return;
    const open = row.children.length > 0 && !closed.has(row.key);
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (rowRem * remPixels)) - 1);
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(active + 1),
      ArrowUp: () => goTo(active - 1),
      PageDown: () => goTo(active + page),
      PageUp: () => goTo(active - page),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (row.children.length === 0 ? undefined : open ? goTo(active + 1) : setOpen(row, true)),
      ArrowLeft: () => (open ? setOpen(row, false) : row.parent === null ? undefined : goTo(rows.indexOf(row.parent))),
      ' ': () => change(row),
      Enter: () => change(row),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  return (
    <div
      ref={box}
      className="t-tree"
      role="tree"
      tabIndex={0}
      aria-label={words.choose.tree}
      aria-activedescendant={rows[active] === undefined ? undefined : rows[active].id}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="t-virtual" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(item => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const siblings = row.parent?.children ?? roots;
          const checked = checkedState(row, leftOut);
          const { messages, octets, selectable } = row.folder;
          return (
            <div
              key={row.key}
              id={row.id}
              role="treeitem"
              aria-level={row.level}
              aria-setsize={siblings.length}
              aria-posinset={siblings.indexOf(row) + 1}
              aria-expanded={row.children.length === 0 ? undefined : !closed.has(row.key)}
              aria-checked={checked}
              className="t-tree-row"
              data-active={item.index === active || undefined}
              style={{
                transform: `translateY(${item.start}px)`,
                paddingInlineStart: `${0.5 + (row.level - 1) * 1.25}rem`,
              }}
              onClick={() => {
                setActiveKey(row.key);
                change(row);
              }}
            >
              <span
                className="t-tree-toggle"
                data-open={row.children.length === 0 ? undefined : !closed.has(row.key)}
                aria-hidden="true"
                onClick={event => {
                  if (row.children.length === 0) return;
                  event.stopPropagation();
                  setOpen(row, closed.has(row.key));
                }}
              ></span>
              <span className="t-box" data-checked={checked} aria-hidden="true" />
              <span className="t-tree-name">{row.name}</span>
              <span className="t-tree-count">
                {!selectable
                  ? ''
                  : messages === null
                    ? words.choose.notCounted
                    : octets === null
                      ? words.messages(messages)
                      : words.choose.row(words.messages(messages), formatBytes(octets, language))}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
