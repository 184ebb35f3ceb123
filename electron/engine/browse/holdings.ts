import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import type { ArchiveView } from '../../../shared/model/message-list.ts';
import { allItemFolders, storedItems } from '../archive/catalogue/item-table.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';

export type Holdings = Pick<ArchiveView, 'folders' | 'messages' | 'octets' | 'itemFolders'> & {
  /** Every version of every item: what the index has to hold beside the messages. */
  readonly itemVersions: number;
};

const countsSchema = z.array(z.tuple([z.int(), z.int(), z.int(), z.int()]));

/** What an archive holds, folder by folder. Reads the whole table once: 300,000 messages take a tenth of a second. */
export function countHoldings(catalogue: Database): Holdings {
  const rows = catalogue
    .prepare('SELECT folder_id, count(*), sum(size), sum(flags & 1 = 0) FROM messages GROUP BY folder_id')
    .raw()
    .all();
  const figures = new Map(
    countsSchema.parse(rows).map(([folder, messages, octets, unread]) => [folder, { messages, octets, unread }]),
  );
  const folders = allFolders(catalogue).map(({ id, account, path, role, selectable }) => {
    const counted = figures.get(id) ?? { messages: 0, octets: 0, unread: 0 };
    return { folder: id, account, path: [...path], role, selectable, ...counted };
  });
  return {
    folders,
    messages: folders.reduce((sum, { messages }) => sum + messages, 0),
    octets: folders.reduce((sum, { octets }) => sum + octets, 0),
    itemVersions: Number(catalogue.prepare('SELECT count(*) FROM items').pluck().get()),
    itemFolders: allItemFolders(catalogue).map(({ id, kind, account, path }) => ({
      ...{ folder: id, kind, account, path: [...path], items: storedItems(catalogue, id).items },
    })),
  };
}
