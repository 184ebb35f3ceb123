import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ArchiveView, MessageSort, SearchHint } from '../../../shared/model/message-list.ts';
import { useServices } from '../../services.ts';
import { createMessagePages } from './message-pages.ts';
import type { MessagePages } from './message-pages.ts';
import type { ListedMessage } from './message-grid.tsx';
import type { SearchQuestion } from './search-form.tsx';

export interface Listing {
  /** Null: the whole archive. */
  readonly folder: number | null;
  /** Null: a list; else what is looked for. */
  readonly question: SearchQuestion | null;
  readonly sort: MessageSort;
  readonly direction: 'ascending' | 'descending';
}

export interface Listed {
  readonly listing: Listing;
  /** Names the listing. */
  readonly key: string;
  readonly pages: MessagePages<ListedMessage>;
  readonly total: number | null;
  readonly hint: SearchHint | null;
  readonly change: (part: Partial<Listing>) => void;
  readonly sortBy: (sort: MessageSort) => void;
}

/** A page of a search costs the engine a look into each message, for its snippet. */
const pageSizes = { list: 100, search: 30 } as const;

/** What the person looks at in an archive, and the rows of it. */
export function useListing(archive: string, view: ArchiveView, indexPhase: string): Listed {
  const { client } = useServices();
  const [listing, setListing] = useState<Listing>({
    folder: firstFolder(view),
    question: null,
    sort: 'date',
    direction: 'descending',
  });
  const key = JSON.stringify(listing);
  // Once the index is there, rows know of attachments and conversations. Not on the way: the list would flicker.
  const known = indexPhase === 'ready';
  const source = useMemo(() => {
    const { folder, question, sort, direction } = listing;
    const hint: { current: SearchHint | null } = { current: null };
    const pages = createMessagePages<ListedMessage>({
      pageSize: question === null ? pageSizes.list : pageSizes.search,
      async read(offset, limit) {
        if (question === null) return client.call('messages.list', { archive, folder, sort, direction, offset, limit });
        const { query, here } = question;
        const scope = here ? folder : null;
        const answer = await client.call('messages.search', {
          archive,
          query,
          folder: scope,
          sort,
          direction,
          offset,
          limit,
        });
        hint.current = answer.hint;
        return { total: answer.total, rows: answer.hits };
      },
    });
    return { pages, hint, known };
  }, [client, archive, listing, known]);
  useSyncExternalStore(source.pages.subscribe, source.pages.version);
  useEffect(() => source.pages.want(0, 0), [source]);
  // The same messages in another order, or known better, are as many as they were: the list stays where it is.
  const counted = JSON.stringify([listing.folder, listing.question]);
  const last = useRef<{ readonly of: string; readonly total: number | null }>({ of: counted, total: null });
  const total = source.pages.total() ?? (last.current.of === counted ? last.current.total : null);
  last.current = { of: counted, total };

  return {
    listing,
    key,
    pages: source.pages,
    total,
    hint: source.hint.current,
    change: part => setListing(before => ({ ...before, ...part })),
    sortBy: sort =>
      setListing(before => ({
        ...before,
        sort,
        direction:
          before.sort === sort
            ? opposite(before.direction)
            : sort === 'date' || sort === 'size'
              ? 'descending'
              : 'ascending',
      })),
  };
}

function opposite(direction: Listing['direction']): Listing['direction'] {
  return direction === 'ascending' ? 'descending' : 'ascending';
}

/** The inbox, which is what people look for first; all messages where there is none. */
function firstFolder({ folders }: ArchiveView): number | null {
  return (
    folders.find(({ role, path }) => role === 'inbox' || (path.length === 1 && path[0] === 'INBOX'))?.folder ?? null
  );
}
