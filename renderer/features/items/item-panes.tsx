import type { ReactNode } from 'react';
import { useWords } from '../../services.ts';
import { QuietAction } from '../../ui/actions.tsx';
import type { Panes } from '../archive/use-panes.ts';
import type { ItemName } from './item-list.tsx';
import { ItemPane } from './item-pane.tsx';

interface ItemPanesProps {
  readonly archive: string;
  readonly panes: Panes;
  readonly listLabel: string;
  readonly itemLabel: string;
  /** What stands in the place of an item before one is chosen. */
  readonly none: string;
  readonly opened: ItemName | null;
  readonly children: ReactNode;
}

/** A list and one item of it: beside each other, or one after the other where there is no room. */
export function ItemPanes({ archive, panes, listLabel, itemLabel, none, opened, children }: ItemPanesProps) {
  const words = useWords().items;
  return (
    <div className="t-panes t-item-panes" data-stage={panes.stage}>
      <section className="t-pane-list" aria-label={listLabel}>
        {children}
      </section>
      <section
        className="t-pane-message"
        aria-label={itemLabel}
        tabIndex={-1}
        ref={panes.message}
        onKeyDown={event => {
          if (event.key === 'Escape' && !event.defaultPrevented) panes.show('list', true);
        }}
      >
        <span className="t-narrow">
          <QuietAction onClick={() => panes.show('list', true)}>{words.back}</QuietAction>
        </span>
        {opened === null ? <p className="t-hint">{none}</p> : <ItemPane archive={archive} {...opened} />}
      </section>
    </div>
  );
}
