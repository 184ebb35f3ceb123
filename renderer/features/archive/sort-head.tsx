import type { RefObject } from 'react';
import { messageSorts } from '../../../shared/model/message-list.ts';
import type { MessageSort } from '../../../shared/model/message-list.ts';
import { useWords } from '../../services.ts';

interface SortHeadProps {
  readonly headRef: RefObject<HTMLDivElement>;
  readonly sort: MessageSort;
  readonly direction: 'ascending' | 'descending';
  /** False before the index is there: sender and subject are then unknown to the engine as an order. */
  readonly sortsByText: boolean;
  readonly onSort: (sort: MessageSort) => void;
}

/** The heads of the columns, which sort the list. */
export function SortHead({ headRef, sort, direction, sortsByText, onSort }: SortHeadProps) {
  const words = useWords().archive.list;
  return (
    <div role="rowgroup" ref={headRef} className="t-lines-head">
      <div role="row" aria-rowindex={1}>
        <span role="columnheader" className="visually-hidden">
          {words.columns.state}
        </span>
        {messageSorts.map(name => (
          <span key={name} role="columnheader" aria-sort={name === sort ? direction : 'none'}>
            {sortsByText || name === 'date' || name === 'size' ? (
              <button
                type="button"
                className="t-link"
                data-direction={name === sort ? direction : undefined}
                onClick={() => onSort(name)}
              >
                {words.columns[name]}
              </button>
            ) : (
              <span title={words.sortNeedsIndex}>{words.columns[name]}</span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
