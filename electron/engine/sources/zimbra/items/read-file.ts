import type { ItemContent } from '../../item-source.ts';
import { downloadItem, unreadable } from './download-item.ts';
import type { ItemDownload } from './download-item.ts';
import { readFactsOf } from './item-facts.ts';
import type { ItemFacts } from './item-facts.ts';

/**
 * A file of the briefcase, octet for octet and however long.
 *
 * @throws ITEM_UNREADABLE when nobody knows its name, which is all there is to tell what it is
 */
export async function readFile(
  {
    session,
    id,
    details,
    facts,
  }: Pick<ItemDownload, 'session' | 'details'> & {
    readonly id: string;
    readonly facts: ItemFacts | undefined;
  },
  signal: AbortSignal,
): Promise<ItemContent> {
  const known = facts?.name == null ? await readFactsOf(session, id, signal) : facts;
  if (known === null) throw unreadable({ details }, 'not-given');
  const { name, mediaType, size } = known;
  const match = /^(.+)\.([^.]{1,10})$/.exec(name ?? '');
  // `disp=a`: as a download. To show a page in the browser the server takes away what it thinks dangerous.
  const download = { session, query: { id, disp: 'a' }, size, details: { ...details, name: name ?? '' } };
  return {
    name: match?.[1] ?? name ?? '',
    extension: match?.[2] ?? '',
    mediaType: mediaType ?? 'application/octet-stream',
    octets: downloadItem(download, signal),
    problem: null,
  };
}
