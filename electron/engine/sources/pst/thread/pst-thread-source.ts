import { basename } from 'node:path';
import { TravasoError } from '../../../../../shared/errors.ts';
import { displayPath } from '../../../../../shared/model/folder.ts';
import type { ItemContent, SourceItem, SourceItemFolder } from '../../item-source.ts';
import type { FetchedMessage, InventoryEntry, OpenFolder, SourceFolder } from '../../mail-source.ts';
import type { PstSource } from '../pst-source.ts';
import { PstThread, ThreadEnded, usualLimits } from './pst-thread.ts';
import type { ThreadLimits } from './pst-thread.ts';
import { readEvents } from './read-events.ts';
import type { Received } from './read-events.ts';

/** Items that may end the thread before the file is given up: each costs the time it is granted. */
const mostEnded = 100;

/**
 * A PST as a source, read on a thread of its own. An item over which the thread ends (out of memory, stuck, broken) is
 * not touched again: it fails by its own name, with the reason `reader-ended`, and a new thread goes on with the next.
 *
 * Throws as `openPstSource`.
 */
export async function openPstInThread(path: string, limits: ThreadLimits = usualLimits): Promise<PstSource> {
  const file = basename(path);
  const ended = new Set<number>();
  let thread = new PstThread(path, [], limits);

  async function replace(error: unknown): Promise<void> {
    if (!(error instanceof ThreadEnded)) throw error;
    await thread.close();
    if (error.nid === 0 || ended.has(error.nid) || ended.size >= mostEnded) {
      throw new TravasoError('SOURCE_FILE_DAMAGED', { file, reason: 'reader-ended' }, { cause: error });
    }
    ended.add(error.nid);
    thread = new PstThread(path, [...ended], limits);
    await thread.ready;
  }

  /** Again from the start, on a new thread, as often as one ends over an item. */
  async function persist<T>(use: (on: PstThread) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await use(thread);
      } catch (error) {
        await replace(error);
      }
    }
  }

  async function openFolder(folder: SourceFolder): Promise<OpenFolder> {
    const { folder: opened } = await persist(on => on.ask({ ask: 'open', folder }, 'opened'));
    return {
      ...opened,
      inventory: signal => inventory(folder, signal),
      fetch: (keys, signal) => fetchMessages(folder, keys, signal),
    };
  }

  async function* inventory(folder: SourceFolder, signal: AbortSignal): AsyncGenerator<readonly InventoryEntry[]> {
    let given = 0;
    for (;;) {
      try {
        let seen = 0;
        for await (const { events } of thread.stream({ ask: 'inventory', folder })) {
          for (const event of events) {
            signal.throwIfAborted();
            if (event.kind !== 'entries') continue;
            seen += event.entries.length;
            // A thread that took over begins anew, in batches of the same size.
            if (seen <= given) continue;
            given = seen;
            yield event.entries;
          }
        }
        return;
      } catch (error) {
        await replace(error);
      }
    }
  }

  async function* fetchMessages(
    folder: SourceFolder,
    keys: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<FetchedMessage> {
    const left = new Set(keys);
    const broken = (cause: unknown): TravasoError =>
      new TravasoError('MESSAGE_UNREADABLE', { folder: displayPath(folder.path), reason: 'reader-ended' }, { cause });
    for (;;) {
      try {
        for await (const one of readEvents(thread.stream({ ask: 'fetch', folder, keys: [...left] }), broken)) {
          signal.throwIfAborted();
          left.delete(one.key);
          yield { key: one.key, body: one.octets, synthesis: one.synthesis };
        }
        return;
      } catch (error) {
        await replace(error);
      }
    }
  }

  async function* openItems(folder: SourceItemFolder, signal: AbortSignal): AsyncGenerator<SourceItem> {
    const settled = new Set<string>();
    const broken = (cause: unknown): TravasoError =>
      new TravasoError(
        'ITEM_UNREADABLE',
        { folder: displayPath(folder.path), kind: folder.kind, reason: 'reader-ended' },
        { cause },
      );
    for (;;) {
      try {
        for await (const one of readEvents(thread.stream({ ask: 'items', folder, known: [...settled] }), broken)) {
          signal.throwIfAborted();
          settled.add(one.key);
          yield { key: one.key, mark: null, read: () => contentOf(one) };
        }
        return;
      } catch (error) {
        await replace(error);
      }
    }
  }

  try {
    const { account, about } = await thread.ready;
    return {
      account,
      about,
      listFolders: async () => (await persist(on => on.ask({ ask: 'list' }, 'listed'))).listing,
      openFolder,
      items: {
        listFolders: async () => (await persist(on => on.ask({ ask: 'list-items' }, 'listed-items'))).listing,
        open: openItems,
      },
      close: () => thread.close(),
    };
  } catch (error) {
    await thread.close();
    if (!(error instanceof ThreadEnded)) throw error;
    throw new TravasoError('SOURCE_FILE_DAMAGED', { file, reason: 'reader-ended' }, { cause: error });
  }
}

async function contentOf({ content, octets }: Received): Promise<ItemContent> {
  if (content !== null) return { ...content, octets };
  // An item that cannot be read at all has no octets: asking for them tells why.
  const taken = octets[Symbol.asyncIterator]();
  while ((await taken.next()).done !== true);
  throw new TravasoError('ITEM_UNREADABLE', {});
}
