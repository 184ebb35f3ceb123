import { createHash } from 'node:crypto';
import { TravasoError } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import { ContentKeys } from '../files/content-keys.ts';
import { fileReason } from '../files/file-problem.ts';
import { headOf } from '../files/file-tree.ts';
import type { FileTree, TreeFile } from '../files/file-tree.ts';
import { indexedSource } from '../files/indexed-source.ts';
import type { FolderIndex, IndexedFolder } from '../files/indexed-source.ts';
import { nameFolders } from '../files/name-folders.ts';
import { filesMark, messageFileDate, messageFileOctets, readMessageFacts } from '../files/read-message-file.ts';
import type { FetchedMessage, InventoryEntry, MailSource, Synthesis } from '../mail-source.ts';
import { isMsgFile, readMsg } from '../msg/read-msg.ts';
import { emlxFirstLine, emlxLength, readEmlx } from './emlx.ts';
import { groupMessageFiles } from './group-message-files.ts';

interface EmlMessage extends InventoryEntry {
  readonly file: TreeFile;
  readonly start: number;
  readonly end: number;
  /** In Outlook's own format: its octets are made of what is in it. */
  readonly isMsg: boolean;
}

/**
 * A tree of files with one message each: `.eml`, Apple Mail's `.emlx`, Outlook's `.msg`, MH folders. A folder of the tree is a folder of
 * mail. Throws `INPUT_FILE_WRONG_KIND` from `listFolders` when there is no message at all.
 *
 * The files are read when their folder is opened, not when it is listed: a folder nobody wrote to is not read again.
 */
export function emlSource(tree: FileTree, account: string): MailSource {
  return indexedSource<EmlMessage>({
    account,
    index: signal => indexTree(tree, signal),
    // eslint-disable-next-line @typescript-eslint/require-await -- each file is opened when its body is asked for
    read: async function* (folder, messages, signal) {
      for (const message of messages) {
        signal.throwIfAborted();
        const path = displayPath(folder.path);
        if (message.isMsg) yield msgOctets(message, path);
        else yield { key: message.key, body: messageFileOctets(message.file, message, path, signal) };
      }
    },
    close: () => tree.close(),
  });
}

async function indexTree(tree: FileTree, signal: AbortSignal): Promise<FolderIndex<EmlMessage>> {
  const listing = await tree.list(signal);
  const { folders, others, foreign, empty } = await groupMessageFiles(listing, tree.name, signal);
  if (!folders.some(({ files }) => files.length > 0)) {
    throw new TravasoError('INPUT_FILE_WRONG_KIND', { file: tree.name, expected: 'eml' });
  }
  const named = nameFolders(folders.map(({ segments }) => segments));
  const problems: Problem[] = [...listing.problems];
  const indexed: IndexedFolder<EmlMessage>[] = [];
  for (const [index, { files }] of folders.entries()) {
    const folder = named[index];
    if (folder === undefined) continue;
    let partial = 0;
    for (const file of files) if (await isPartial(file, signal)) partial += 1;
    if (partial > 0) {
      problems.push({ code: 'MESSAGE_INCOMPLETE', details: { folder: displayPath(folder.path), messages: partial } });
    }
    indexed.push({
      ...folder,
      changeMark: filesMark(files),
      count: files.length,
      octets: files.reduce((sum, { size }) => sum + size, 0),
      load: inner => loadFolder(files, inner),
    });
  }
  for (const file of empty) problems.push(unreadable(file, 'empty'));
  // Called as Outlook calls its messages, so that it must not pass unnoticed.
  for (const file of foreign) problems.push(unreadable(file, 'outlook-msg'));
  if (others > 0) {
    problems.push({ code: 'ITEMS_LEFT_OUT', details: { file: tree.name, items: others, kind: 'other-files' } });
  }
  return { folders: indexed, problems };
}

function unreadable(file: TreeFile, reason: string): Problem {
  return { code: 'FILE_UNREADABLE', details: { file: file.path.join('/'), reason } };
}

/**
 * `.partial.emlx`: Apple Mail keeps the attachments of such a message elsewhere, or never downloaded them. Any `.emlx`
 * may also be shorter than its first line says.
 */
async function isPartial(file: TreeFile, signal: AbortSignal): Promise<boolean> {
  const name = file.path.at(-1) ?? '';
  if (!/\.emlx$/i.test(name)) return false;
  if (/\.partial\.emlx$/i.test(name)) return true;
  signal.throwIfAborted();
  try {
    const promised = emlxLength(await headOf(file, emlxFirstLine));
    return promised !== null && promised.start + promised.octets > file.size;
  } catch (error) {
    if (fileReason(error) === null) throw error;
    return false;
  }
}

async function loadFolder(files: readonly TreeFile[], signal: AbortSignal): Promise<readonly EmlMessage[]> {
  const keys = new ContentKeys();
  const messages: EmlMessage[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    messages.push(await readEntry(file, keys));
  }
  return messages;
}

async function readEntry(file: TreeFile, keys: ContentKeys): Promise<EmlMessage> {
  let isMsg = false;
  try {
    isMsg = await isMsgFile(file);
    if (isMsg) {
      const { octets, attributes } = await readMsg(file);
      const key = keys.next(createHash('sha256').update(octets).digest('hex').slice(0, 32));
      return { key, announcedSize: octets.length, ...attributes, file, start: 0, end: file.size, isMsg };
    }
    const opened = await file.open();
    try {
      const isEmlx = /\.emlx$/i.test(file.path.at(-1) ?? '');
      const emlx = isEmlx ? await readEmlx(opened, file.size) : null;
      const { start, end } = emlx ?? { start: 0, end: file.size };
      const { header, notes, digest } = await readMessageFacts(opened, start, end);
      const attributes = emlx?.attributes ?? null;
      return {
        key: keys.next(digest),
        announcedSize: end - start,
        internalDate: attributes?.internalDate ?? messageFileDate(header, file.modified),
        flags: attributes?.flags ?? notes.flags,
        keywords: attributes?.keywords ?? notes.keywords,
        file,
        start,
        end,
        isMsg: false,
      };
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (fileReason(error) === null && !isMsg) throw error;
    // Its body will fail the same way, and by its own name.
    const key = `unread:${file.path.join('/')}`;
    return {
      key,
      announcedSize: null,
      internalDate: null,
      flags: [],
      keywords: [],
      file,
      start: 0,
      end: file.size,
      isMsg,
    };
  }
}

/** Put together anew: an index that kept the octets would hold a whole tree in memory. */
function msgOctets({ key, file }: EmlMessage, folder: string): FetchedMessage {
  let synthesis: Synthesis | null = null;
  const body = async function* (): AsyncGenerator<Buffer> {
    try {
      const message = await readMsg(file);
      ({ synthesis } = message);
      yield message.octets;
    } catch (error) {
      const reason = error instanceof TravasoError ? error.problem.details['reason'] : fileReason(error);
      const details = { folder, file: file.path.join('/'), reason: reason ?? 'not-readable' };
      throw new TravasoError('MESSAGE_UNREADABLE', details, { cause: error });
    }
  };
  return { key, body: body(), synthesis: () => synthesis };
}
