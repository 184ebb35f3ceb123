import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { demand } from '../read.ts';
import { foldersAnswer } from '../soap-answers.ts';
import type { FolderElement } from '../soap-answers.ts';

type ListName = 'cn' | 'appt' | 'task';

export interface ListedItem {
  readonly id: string;
  /** Id of the folder it lies in. */
  readonly folder: string;
}

/**
 * The ids of all items of a kind, of one folder or of the whole mailbox. A first Sync says them in one answer and at one
 * moment, and leaves out none: a search shows no appointment that has no occurrence.
 */
export async function itemIds(
  session: SoapSession,
  lists: readonly ListName[],
  folder: string | null,
  signal: AbortSignal,
): Promise<readonly ListedItem[]> {
  const answer = await demand(session, 'SyncRequest', folder === null ? {} : { l: folder }, foldersAnswer, signal);
  const listed: ListedItem[] = [];
  const walk = (element: FolderElement): void => {
    if (folder === null || element.id === folder) {
      const ids = lists.flatMap(list => element[list].flatMap(each => each.ids.split(',')));
      listed.push(...ids.filter(id => /^\d{1,15}$/.test(id)).map(id => ({ id, folder: element.id })));
    }
    element.folder.forEach(walk);
  };
  answer.folder.forEach(walk);
  return listed;
}
