import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ItemList } from './item-list.tsx';
import type { ItemListProps, ItemName } from './item-list.tsx';
import type { ItemPages } from './use-item-pages.ts';

interface PagedItemsProps<R extends ItemName> extends Omit<ItemListProps<R>, 'listing' | 'pages' | 'total'> {
  readonly listed: ItemPages<R>;
}

/** A list that comes page by page, or why it does not. */
export function PagedItems<R extends ItemName>({ listed: { key, pages, total }, ...props }: PagedItemsProps<R>) {
  const problem = pages.problem();
  return (
    <>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {total === null || total === 0 ? null : (
        <ItemList {...props} listing={key} pages={pages} total={total} active={Math.min(props.active, total - 1)} />
      )}
    </>
  );
}
