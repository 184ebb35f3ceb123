import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ListReading } from '../../../shared/model/item-view.ts';
import { createMessagePages } from '../archive/message-pages.ts';
import type { MessagePages } from '../archive/message-pages.ts';

interface ItemAnswer<R> {
  readonly total: number;
  readonly reading: ListReading;
  readonly rows: readonly R[];
}

export interface ItemPages<R> {
  /** Names the list that is shown: the one asked for, or the last one until that has its first answer. */
  readonly key: string;
  readonly pages: MessagePages<R>;
  readonly total: number | null;
  readonly reading: ListReading | null;
}

interface Source<R> {
  readonly key: string;
  readonly pages: MessagePages<R>;
  readonly reading: { current: ListReading | null };
}

const pageSize = 100;
const againMs = 1000;

/** A list of items, asked for again as long as the engine is still reading them. */
export function useItemPages<R>(
  key: string,
  read: (page: { readonly offset: number; readonly limit: number }) => Promise<ItemAnswer<R>>,
): ItemPages<R> {
  const latest = useRef(read);
  latest.current = read;
  const source = useMemo((): Source<R> => {
    const reading: Source<R>['reading'] = { current: null };
    const ask = latest.current;
    const pages = createMessagePages<R>({
      pageSize,
      async read(offset, limit) {
        const answer = await ask({ offset, limit });
        reading.current = answer.reading;
        return answer;
      },
    });
    return { key, pages, reading };
  }, [key]);
  const version = useSyncExternalStore(source.pages.subscribe, source.pages.version);
  // While a new one is on its way, what was shown stays: each letter of a search would empty the list.
  const [shown, setShown] = useState(source);
  useEffect(() => source.pages.want(0, 0), [source]);
  useEffect(() => {
    if (source.pages.total() !== null || source.pages.problem() !== null) setShown(source);
    const { current } = source.reading;
    if (current === null || current.done >= current.total) return;
    const timer = setTimeout(source.pages.refresh, againMs);
    return () => clearTimeout(timer);
  }, [source, version]);
  return { key: shown.key, pages: shown.pages, total: shown.pages.total(), reading: shown.reading.current };
}
