import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { displayPath, folderKey } from '../../../shared/model/folder.ts';
import type { FolderProgress } from '../../../shared/model/folder-progress.ts';
import { formatBytes, formatNumber } from '../../../shared/words/format.ts';
import type { Language } from '../../../shared/words/language.ts';
import { useLanguage, useServices, useWords } from '../../services.ts';
import { usePolled } from '../../use-polled.ts';

interface FolderProgressTableProps {
  readonly jobId: string;
  /** Whether to keep asking. */
  readonly running: boolean;
}

const rowRem = 2.25;

/** Every folder of a job. Two thousand may be listed; those in sight are in the page. */
export function FolderProgressTable({ jobId, running }: FolderProgressTableProps) {
  const words = useWords();
  const language = useLanguage();
  const { client } = useServices();
  const box = useRef<HTMLDivElement>(null);
  const { value } = usePolled(
    `${jobId} ${running}`,
    () => client.call('jobs.folders', { jobId }),
    () => running,
  );
  const last = useRef<readonly FolderProgress[]>([]);
  if (value !== null) last.current = value;
  const folders = last.current;
  const remPixels = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtual = useVirtualizer({
    count: folders.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowRem * remPixels,
    overscan: 10,
  });
  // The engine remembers them as long as it runs.
  if (folders.length === 0) return null;
  const columns = words.job.columns;
  return (
    <div
      ref={box}
      className="t-grid"
      role="table"
      tabIndex={0}
      aria-label={words.job.table}
      aria-rowcount={folders.length + 1}
    >
      <div role="rowgroup" className="t-grid-head">
        <div role="row" className="t-grid-row" aria-rowindex={1}>
          {(['folder', 'messages', 'size', 'state'] as const).map(name => (
            <span key={name} role="columnheader">
              {columns[name]}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="t-virtual" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(item => {
          const row = folders[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={folderKey(row.path)}
              role="row"
              aria-rowindex={item.index + 2}
              className="t-grid-row"
              data-state={row.state}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <span role="cell" className="t-grid-name" title={displayPath(row.path)}>
                {displayPath(row.path)}
              </span>
              <span role="cell">{ofTotal(row.messages, value => formatNumber(value, language))}</span>
              <span role="cell">{sizeOf(row, language)}</span>
              <span role="cell">
                {words.job.states[row.state]}
                {row.setAside === 0 ? '' : `, ${words.job.setAsideRow(formatNumber(row.setAside, language))}`}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ofTotal({ done, total }: FolderProgress['messages'], format: (value: number) => string): string {
  return total === null ? format(done) : `${format(done)} / ${format(total)}`;
}

function sizeOf({ octets }: FolderProgress, language: Language): string {
  return octets.total === null ? formatBytes(octets.done, language) : formatBytes(octets.total, language);
}
