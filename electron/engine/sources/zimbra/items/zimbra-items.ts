import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../../shared/model/folder.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import type { ItemContent, ItemFolderListing, ItemSource, SourceItem, SourceItemFolder } from '../../item-source.ts';
import { readAccountItems } from './account-items.ts';
import type { AccountFolder } from './account-items.ts';
import { ContactWindow } from './contact-window.ts';
import { unreadable } from './download-item.ts';
import { readFactsOf, readItemFacts } from './item-facts.ts';
import type { ItemFacts } from './item-facts.ts';
import { readItemInventory } from './item-inventory.ts';
import type { ItemInventory, ListedItems } from './item-inventory.ts';
import { readCalendarItem } from './read-calendar-item.ts';
import { readFile } from './read-file.ts';

export interface ZimbraItemsOptions {
  readonly session: SoapSession;
  /** Whether the person wants a folder that others share with them. */
  readonly isSharedFolderWanted: (path: FolderPath) => boolean;
}

/**
 * What an old mailbox on Zimbra has beside mail:
 *
 *     list    → SyncRequest: ids by folder and kind. What is on this list and does not come is named
 *     marks   → what changed since the last run: GetContacts and Search, without contents
 *     read    → contacts a window at a time by GetContacts; appointments, tasks and files one by one by REST
 *     account → filter rules, signatures, identities, absence: folders of their own that no mailbox has
 *
 * Nothing here ever asks for `lock`, which would close the mailbox to its owner for as long as the export takes.
 */
export function zimbraItems(options: ZimbraItemsOptions): ItemSource {
  return new ZimbraItems(options);
}

/** A folder with items, and what is known of them. */
interface KnownFolder {
  readonly listed: ListedItems;
  readonly facts: ReadonlyMap<string, ItemFacts>;
}

interface KnownMailbox {
  readonly folders: ReadonlyMap<string, KnownFolder>;
  readonly account: ReadonlyMap<string, AccountFolder>;
  readonly problems: ItemInventory['problems'];
}

class ZimbraItems implements ItemSource {
  readonly #options: ZimbraItemsOptions;
  #known: KnownMailbox | null = null;

  constructor(options: ZimbraItemsOptions) {
    this.#options = options;
  }

  async listFolders(signal: AbortSignal): Promise<ItemFolderListing> {
    this.#known = await this.#look(signal);
    const { folders, account, problems } = this.#known;
    return {
      folders: [
        ...[...folders.values()].map(describe),
        ...[...account.values()].map(({ kind, path, items, changeMark }) => {
          return { kind, path, items: items.length, changeMark };
        }),
      ],
      problems,
    };
  }

  async *open(folder: SourceItemFolder, signal: AbortSignal): AsyncGenerator<SourceItem> {
    // A line that broke gives another source, which was never asked for its list.
    this.#known ??= await this.#look(signal);
    const { folders, account } = this.#known;
    const key = keyOf(folder);
    const known = folders.get(key);
    if (known !== undefined) yield* this.#items(known, signal);
    else if (account.has(key)) yield* account.get(key)?.items ?? [];
    else throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(folder.path) });
  }

  async #look(signal: AbortSignal): Promise<KnownMailbox> {
    const { session, isSharedFolderWanted } = this.#options;
    const inventory = await readItemInventory(session, isSharedFolderWanted, signal);
    const folders = new Map<string, KnownFolder>();
    for (const listed of inventory.listed) {
      folders.set(keyOf(listed), { listed, facts: await readItemFacts(session, listed, signal) });
    }
    const { folders: account, problems } = await readAccountItems(session, signal);
    return {
      folders,
      account: new Map(account.map(each => [keyOf(each), each])),
      problems: [...inventory.problems, ...problems],
    };
  }

  *#items({ listed, facts }: KnownFolder, signal: AbortSignal): Generator<SourceItem> {
    const { kind, path, folderId, ids } = listed;
    const account = /^.*:/.exec(folderId)?.[0] ?? '';
    const asked = (id: string): string => `${account}${id}`;
    const contacts = new ContactWindow(this.#options.session, ids, asked);
    for (const id of ids) {
      signal.throwIfAborted();
      const details = { folder: displayPath(path), kind, item: id };
      const of = { session: this.#options.session, id: asked(id), details };
      const read = (inner: AbortSignal): Promise<ItemContent> => {
        switch (kind) {
          case 'contact':
            return contacts.read(id, details, inner);
          case 'event':
          case 'task':
            return this.#readCalendarItem(of, facts.get(id), inner);
          case 'file':
            return readFile({ ...of, facts: facts.get(id) }, inner);
          default:
            // Sticky notes of the very first versions: no interface gives them any more.
            throw unreadable({ details }, 'no-interface');
        }
      };
      yield { key: id, mark: facts.get(id)?.mark ?? null, read };
    }
  }

  async #readCalendarItem(
    item: Parameters<typeof readCalendarItem>[0],
    facts: ItemFacts | undefined,
    signal: AbortSignal,
  ): Promise<ItemContent> {
    const known = facts ?? (await readFactsOf(item.session, item.id, signal));
    return readCalendarItem({ ...item, tags: known?.tags ?? [] }, signal);
  }
}

function keyOf({ kind, path }: Pick<SourceItemFolder, 'kind' | 'path'>): string {
  return `${kind} ${folderKey(path)}`;
}

/** Nothing changed in a folder when all its items are there and each is as it was. Unknown where one tells nothing. */
function describe({ listed: { kind, path, ids }, facts }: KnownFolder): SourceItemFolder {
  const hash = createHash('sha256');
  let isKnown = true;
  for (const id of [...ids].sort()) {
    const mark = facts.get(id)?.mark;
    isKnown &&= mark !== undefined;
    hash.update(`${id} ${mark ?? ''}\n`);
  }
  return { kind, path, items: ids.length, changeMark: isKnown ? hash.digest('hex') : null };
}
