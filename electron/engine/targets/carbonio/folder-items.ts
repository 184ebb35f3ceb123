import { TravasoError } from '../../../../shared/errors.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import { demand, read, unexpected } from './read.ts';
import { foldersAnswer, messagesAnswer, type FolderElement, type MessageElement } from './soap-answers.ts';

/** Messages asked for in one GetMsgMetadata. */
const page = 500;

export interface FolderHandle {
  readonly id: string;
  /** For people, in problems. */
  readonly name: string;
}

/**
 * The ids of all messages of one folder, ascending. A first Sync says them in one answer and at one moment, where a
 * search read page by page can miss one when somebody deletes another meanwhile.
 */
export async function messageIds(session: SoapSession, folder: FolderHandle, signal: AbortSignal): Promise<string[]> {
  const answer = await demand(session, 'SyncRequest', { l: folder.id }, foldersAnswer, signal);
  const element = elementOf(answer.folder, folder.id);
  // Sync answers for a folder that is gone with an empty one, and no fault.
  if (element === null) throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: folder.name });
  const ids = element.m.flatMap(({ ids }) => ids.split(',').filter(id => /^\d{1,15}$/.test(id)));
  return ids.sort((a, b) => Number(a) - Number(b));
}

/** What is known of these messages, in pages. Those that are gone, or lie in another folder by now, are left out. */
export async function* messagesOf(
  session: SoapSession,
  folder: FolderHandle,
  ids: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<readonly MessageElement[], void, void> {
  for (let at = 0; at < ids.length; at += page) {
    const found = await metadata(session, ids.slice(at, at + page), signal);
    yield found.filter(({ l }) => l === folder.id);
  }
}

/** One id that is gone makes the server refuse all of them, so they are asked for in halves until it stands alone. */
async function metadata(session: SoapSession, ids: readonly string[], signal: AbortSignal): Promise<MessageElement[]> {
  try {
    return (await read(session, 'GetMsgMetadataRequest', { m: { ids: ids.join(',') } }, messagesAnswer, signal)).m;
  } catch (error) {
    const missing = error instanceof SoapFault && /^mail\.NO_SUCH_(?:MSG|ITEM)$/.test(error.code);
    if (!missing) throw unexpected(session, error);
    if (ids.length === 1) return [];
    const half = Math.ceil(ids.length / 2);
    const first = await metadata(session, ids.slice(0, half), signal);
    return [...first, ...(await metadata(session, ids.slice(half), signal))];
  }
}

function elementOf(folders: readonly FolderElement[], id: string): FolderElement | null {
  for (const folder of folders) {
    const found = folder.id === id ? folder : elementOf(folder.folder, id);
    if (found !== null) return found;
  }
  return null;
}
