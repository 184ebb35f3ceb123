import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type { FolderPath } from '../../../../shared/model/folder.ts';
import type { FetchedMessage, InventoryEntry, MailSource, SourceFolder } from '../mail-source.ts';
import type { NamedFolder } from './name-folders.ts';

/**
 * A folder of a source whose mail lies in files. Such sources read their files through once to know what they hold, keep
 * that index in memory (under 300 octets a message), and read the messages themselves when they are asked for.
 */
export interface IndexedFolder<M extends InventoryEntry> extends NamedFolder {
  /** Equal marks mean that no file of the folder was written to; null where that cannot be told. */
  readonly changeMark: string | null;
  readonly count: number;
  /** Sum of the messages' sizes; null where it is not known without reading them. */
  readonly octets: number | null;
  /** Every message, in the same order at each call. Called when the folder is opened, once. */
  readonly load: (signal: AbortSignal) => Promise<readonly M[]>;
}

export interface FolderIndex<M extends InventoryEntry> {
  readonly folders: readonly IndexedFolder<M>[];
  readonly problems: readonly Problem[];
}

export interface IndexedSourceOptions<M extends InventoryEntry> {
  readonly account: string;
  /** Looks at the files anew: they may have changed since the last call. */
  readonly index: (signal: AbortSignal) => Promise<FolderIndex<M>>;
  /** The bodies of these messages of one folder, in the order of the index. */
  readonly read: (
    folder: IndexedFolder<M>,
    messages: readonly M[],
    signal: AbortSignal,
  ) => AsyncIterable<FetchedMessage>;
  readonly close: () => Promise<void>;
}

/** Keys are made from what a message is, not from where it lies: no change of a file makes them void. */
const generation = 'files-1';
const batchSize = 1000;

export function indexedSource<M extends InventoryEntry>(options: IndexedSourceOptions<M>): MailSource {
  let index: ReadonlyMap<string, IndexedFolder<M>> | null = null;
  let loaded = new Map<IndexedFolder<M>, readonly M[]>();

  async function listFolders(signal: AbortSignal): Promise<{ folders: SourceFolder[]; problems: readonly Problem[] }> {
    const found = await options.index(signal);
    index = new Map(found.folders.map(folder => [folderKey(folder.path), folder]));
    loaded = new Map();
    return { folders: found.folders.map(sourceFolder), problems: found.problems };
  }

  async function folderAt(path: FolderPath, signal: AbortSignal): Promise<IndexedFolder<M>> {
    if (index === null) await listFolders(signal);
    const folder = index?.get(folderKey(path));
    if (folder === undefined) throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(path) });
    return folder;
  }

  return {
    account: options.account,
    listFolders,
    async openFolder({ path }, signal) {
      const folder = await folderAt(path, signal);
      const messages = loaded.get(folder) ?? (await folder.load(signal));
      loaded.set(folder, messages);
      return {
        generation,
        messages: messages.length,
        changeMark: folder.changeMark,
        inventory: inner => inventory(messages, inner),
        fetch: (keys, inner) => {
          const wanted = new Set(keys);
          return options.read(
            folder,
            messages.filter(({ key }) => wanted.has(key)),
            inner,
          );
        },
      };
    },
    close: options.close,
  };
}

function sourceFolder<M extends InventoryEntry>({
  path,
  role,
  count,
  octets,
  changeMark,
}: IndexedFolder<M>): SourceFolder {
  return {
    path,
    role,
    sourceName: displayPath(path),
    // Nothing separates the names but the tree of files.
    separator: null,
    subscribed: true,
    selectable: true,
    status: { messages: count, bytes: octets, changeMark },
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous; this index is in memory
async function* inventory(
  messages: readonly InventoryEntry[],
  signal: AbortSignal,
): AsyncGenerator<readonly InventoryEntry[]> {
  for (let start = 0; start < messages.length; start += batchSize) {
    signal.throwIfAborted();
    yield messages.slice(start, start + batchSize).map(({ key, announcedSize, internalDate, flags, keywords }) => ({
      key,
      announcedSize,
      internalDate,
      flags,
      keywords,
    }));
  }
}
