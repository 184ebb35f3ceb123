/* eslint-disable @typescript-eslint/require-await -- sources are asynchronous; what a PST holds is read at once */
import { basename } from 'node:path';
import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../../shared/model/folder.ts';
import type {
  FetchedMessage,
  FolderListing,
  InventoryEntry,
  MailSource,
  OpenFolder,
  SourceFolder,
  Synthesis,
} from '../mail-source.ts';
import { AttributeStore } from './attribute-store.ts';
import { collectFaults, reasonOf } from './damage.ts';
import type { Damage } from './damage.ts';
import type { ItemSource } from '../item-source.ts';
import { pstItems } from './pst-items.ts';
import { sortItems } from './item-kinds.ts';
import type { SortedItems } from './item-kinds.ts';
import type { PstFolder, SkippedFolder } from './messaging/folders.ts';
import type { SynthesisRecord } from './mime/synthesis-record.ts';
import { synthesiseMessage } from './mime/synthesise-message.ts';
import { asOpenError } from './open-error.ts';
import { openPst } from './pst-file.ts';
import type { PstFile } from './pst-file.ts';

/** A PST or OST as a source of mail and of all else that Outlook keeps. Keys are node ids in decimal. */
export interface PstSource extends MailSource {
  /** What the file says of itself, for the report. */
  readonly about: PstAbout;
  readonly items: ItemSource;
}

/** For who sits on the same thread: messages as they are read, without a promise for each piece. */
export interface SynchronousPstSource extends PstSource {
  messages(folder: SourceFolder, keys: readonly string[], signal: AbortSignal): Generator<PstMessage>;
}

export interface PstMessage {
  readonly key: string;
  /** Throws `MESSAGE_UNREADABLE`. To be drained once. */
  readonly octets: Generator<Buffer>;
  /** Complete once the octets were drained. */
  readonly synthesis: () => Synthesis | null;
}

export interface PstAbout {
  readonly format: PstFile['format'];
  readonly storeName: string | null;
  /** Set in the file, not asked for: it protects nothing ([MS-PST] 4.2) and Outlook's own tools ignore it, too. */
  readonly passwordSet: boolean;
  /** Folders beside the mail tree that programs keep for themselves; not read. */
  readonly skippedFolders: readonly SkippedFolder[];
  readonly damage: readonly Damage[];
}

const batchSize = 500;

/** Throws `INPUT_FILE_INVALID` or `SOURCE_FILE_DAMAGED` with `file` and `reason`. */
export async function openPstSource(path: string): Promise<PstSource> {
  try {
    return pstSourceOver(openPst(path), basename(path));
  } catch (error) {
    throw asOpenError(error, path);
  }
}

export function pstSourceOver(file: PstFile, fileName: string): SynchronousPstSource {
  // The store's own key names the mailbox whatever the file is called and wherever it was copied.
  const identity = file.store.recordKey ?? encodeURIComponent(fileName);
  const byPath = new Map(file.folders.map(folder => [folderKey(folder.path), folder]));
  const attributes = new AttributeStore();
  let sorted: ReadonlyMap<PstFolder, SortedItems> | null = null;

  function itemsOf(folder: PstFolder, signal: AbortSignal): SortedItems {
    sorted ??= sortItems(file, attributes, signal);
    return sorted.get(folder) ?? { mail: [], other: [] };
  }

  async function listFolders(signal: AbortSignal): Promise<FolderListing> {
    const counts = new Map<PstFolder, number>();
    for (const folder of file.folders) counts.set(folder, itemsOf(folder, signal).mail.length);
    const folders = file.folders
      .filter(folder => isForMail(folder) || holdsMail(folder, counts))
      .map(folder => sourceFolder(folder, counts.get(folder) ?? 0, file.changeMark));
    return { folders, problems: problemsOf(file, fileName) };
  }

  function folderOf({ path }: SourceFolder): PstFolder {
    const folder = byPath.get(folderKey(path));
    if (folder === undefined) throw new TravasoError('FOLDER_VANISHED', { folder: displayPath(path) });
    return folder;
  }

  async function openFolder(sourceFolder: SourceFolder, signal: AbortSignal): Promise<OpenFolder> {
    const { mail } = itemsOf(folderOf(sourceFolder), signal);
    return {
      generation: identity,
      messages: mail.length,
      changeMark: file.changeMark,
      inventory: inner => inventory(mail, attributes, inner),
      fetch: (keys, inner) => fetchMessages(messages(sourceFolder, keys, inner)),
    };
  }

  function* messages(sourceFolder: SourceFolder, keys: readonly string[], signal: AbortSignal): Generator<PstMessage> {
    const folder = folderOf(sourceFolder);
    const held = new Set(itemsOf(folder, signal).mail);
    for (const key of keys) {
      signal.throwIfAborted();
      const nid = Number(key);
      if (held.has(nid)) yield messageOf(file, folder, nid, signal);
    }
  }

  return {
    account: `pst:${identity}`,
    about: {
      format: file.format,
      storeName: file.store.name,
      passwordSet: file.store.passwordSet,
      skippedFolders: file.skippedFolders,
      damage: file.damage,
    },
    listFolders,
    openFolder,
    messages,
    items: pstItems(file, itemsOf),
    close: async () => file.close(),
  };
}

function isForMail({ containerClass }: PstFolder): boolean {
  return containerClass === null || /^ipf\.note(\.|$)/i.test(containerClass);
}

/** A calendar with a stray mail in it, or above a folder with one, is a folder of mail as far as that mail goes. */
function holdsMail(folder: PstFolder, counts: ReadonlyMap<PstFolder, number>): boolean {
  for (const [other, messages] of counts) {
    if (messages > 0 && folder.path.every((name, index) => other.path[index] === name)) return true;
  }
  return false;
}

function sourceFolder(folder: PstFolder, messages: number, changeMark: string): SourceFolder {
  return {
    path: folder.path,
    role: folder.role,
    sourceName: displayPath(folder.path),
    // Names may hold any character: nothing separates them but the tree.
    separator: null,
    subscribed: true,
    selectable: true,
    status: { messages, bytes: null, changeMark },
  };
}

/** What is wrong with the file's structure. A message that is listed but gone is offered, and fails by its own name. */
function problemsOf(file: PstFile, fileName: string): readonly Problem[] {
  const damage = file.damage
    .filter(({ reason }) => reason !== 'node-missing')
    .map(({ nodeId, folder, reason }) => ({
      code: 'SOURCE_FILE_DAMAGED',
      details: {
        file: fileName,
        reason,
        ...(folder === null ? {} : { folder: displayPath(folder) }),
        ...(nodeId === null ? {} : { nodeId }),
      },
    })) satisfies Problem[];
  if (!file.store.passwordSet) return damage;
  return [{ code: 'PST_PASSWORD_IGNORED', details: { file: fileName } }, ...damage];
}

async function* inventory(
  nids: readonly number[],
  known: AttributeStore,
  signal: AbortSignal,
): AsyncGenerator<readonly InventoryEntry[]> {
  const unknown = { internalDate: null, flags: [], keywords: [] };
  for (let start = 0; start < nids.length; start += batchSize) {
    const batch: InventoryEntry[] = [];
    for (const nid of nids.slice(start, start + batchSize)) {
      signal.throwIfAborted();
      // The size of the message to be made is known when it was made, and PidTagMessageSize is that of the item.
      batch.push({ key: String(nid), announcedSize: null, ...(known.get(nid) ?? unknown) });
    }
    yield batch;
  }
}

function messageOf(file: PstFile, folder: PstFolder, nid: number, signal: AbortSignal): PstMessage {
  let record: (() => SynthesisRecord) | null = null;

  function* octets(): Generator<Buffer> {
    try {
      const message = synthesiseMessage(file.item(nid, collectFaults()), file.names);
      record = () => message.record();
      for (const piece of message.octets()) {
        signal.throwIfAborted();
        yield piece;
      }
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === null) throw error;
      const details = { folder: displayPath(folder.path), nodeId: nid, reason };
      throw new TravasoError('MESSAGE_UNREADABLE', details, { cause: error });
    }
  }

  return {
    key: String(nid),
    octets: octets(),
    synthesis: () => (record === null ? null : { source: 'pst', ...record() }),
  };
}

async function* fetchMessages(messages: Generator<PstMessage>): AsyncGenerator<FetchedMessage> {
  for (const { key, octets, synthesis } of messages) yield { key, body: body(octets), synthesis };
}

async function* body(octets: Generator<Buffer>): AsyncGenerator<Buffer> {
  yield* octets;
}
