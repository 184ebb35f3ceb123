import { TravasoError } from '../../../../../shared/errors.ts';
import type { ItemKind } from '../../../../../shared/model/item.ts';
import { SoapFault } from '../../../zimbra/soap-session.ts';
import type { SoapSession } from '../../../zimbra/soap-session.ts';
import { nameKey } from '../../imap/target-name.ts';
import type { TargetItemFolder } from '../../item-target.ts';
import { carbonioNameRules } from '../name-rules.ts';
import { demand, read, unexpected } from '../read.ts';
import { foldersAnswer } from '../soap-answers.ts';
import type { FolderElement } from '../soap-answers.ts';

/** Kinds that lie in folders; the view that the server gives to such a folder, and the one every mailbox has. */
const places = {
  contact: { view: 'contact', id: '7', suffix: 'rubrica' },
  event: { view: 'appointment', id: '10', suffix: 'calendario' },
  task: { view: 'task', id: '15', suffix: 'attività' },
} as const;
export type FolderItemKind = keyof typeof places;
const folderKinds = Object.keys(places) as readonly FolderItemKind[];

export const trashId = '3';

/** Address books, calendars and task lists of the mailbox as they are now, and new ones. */
export interface ItemFolders {
  list(signal: AbortSignal): Promise<readonly TargetItemFolder[]>;
  /** Makes the folder and its missing parents. @throws ITEM_FOLDER_REFUSED */
  create(kind: FolderItemKind, name: string, signal: AbortSignal): Promise<TargetItemFolder>;
  /** @throws TARGET_FOLDER_VANISHED */
  assertThere(folder: TargetItemFolder, signal: AbortSignal): Promise<void>;
}

export function isFolderKind(kind: ItemKind): kind is FolderItemKind {
  return kind in places;
}

export function itemFolders(session: SoapSession): ItemFolders {
  const readRoot = async (signal: AbortSignal): Promise<FolderElement> => {
    // `tr`: without following mounted shares to other people's servers, where a broken one would fail the answer.
    const answer = await demand(session, 'GetFolderRequest', { depth: -1, tr: '0' }, foldersAnswer, signal);
    const root = answer.folder[0];
    if (root === undefined) throw new TravasoError('FOLDER_LIST_INCOMPLETE', { reason: 'no-root' });
    return root;
  };

  const createIn = async (kind: FolderItemKind, name: string, signal: AbortSignal): Promise<TargetItemFolder> => {
    const segments = name.split('/');
    let parent = await readRoot(signal);
    const path: string[] = [];
    for (const [depth, segment] of segments.entries()) {
      const isLast = depth === segments.length - 1;
      // Folder 3 whatever language gave it its name.
      const isTrash = depth === 0 && isSame(segment, 'Trash');
      const there = isTrash ? parent.folder.find(({ id }) => id === trashId) : folderOf(parent, segment);
      const fits = there !== undefined && (!isLast || there.id === trashId || holds(there, kind));
      const found = fits
        ? there
        : await create(kind, parent, isLast ? freeName(parent, segment, kind) : segment, signal);
      parent = found;
      path.push(found.name);
    }
    return folderFor(kind, parent, path);
  };

  const create = async (
    kind: FolderItemKind,
    parent: FolderElement,
    name: string,
    signal: AbortSignal,
  ): Promise<FolderElement> => {
    const known = folderOf(parent, name);
    if (known !== undefined) return known;
    // `fie`: one that exists is answered with, so that a lost answer is asked for again without harm.
    const folder = { name, l: parent.id, fie: '1', view: places[kind].view };
    const made = (await read(session, 'CreateFolderRequest', { folder }, foldersAnswer, signal)).folder[0];
    if (made !== undefined && holds(made, kind)) return made;
    throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: 'name-taken' });
  };

  return {
    list: async signal => [...listBelow(await readRoot(signal), [])],

    async create(kind, name, signal) {
      try {
        return await createIn(kind, name, signal);
      } catch (error) {
        if (!(error instanceof SoapFault)) throw error;
        throw new TravasoError('ITEM_FOLDER_REFUSED', { folder: name, kind, reason: error.code }, { cause: error });
      }
    },

    async assertThere({ key, name }, signal) {
      try {
        const request = { folder: { l: key }, depth: 0 };
        const { folder } = await read(session, 'GetFolderRequest', request, foldersAnswer, signal);
        if (folder[0]?.id === key) return;
      } catch (error) {
        if (!(error instanceof SoapFault) || error.code !== 'mail.NO_SUCH_FOLDER') throw unexpected(session, error);
      }
      throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: name });
    },
  };
}

/** What somebody threw away as a folder is not looked into. */
function* listBelow(parent: FolderElement, path: readonly string[]): Generator<TargetItemFolder> {
  for (const element of parent.folder) {
    const own = [...path, element.name];
    if (element.id === trashId) {
      for (const kind of folderKinds) yield folderFor(kind, element, own);
      continue;
    }
    const kind = folderKinds.find(each => places[each].view === element.view);
    if (kind !== undefined) yield folderFor(kind, element, own);
    yield* listBelow(element, own);
  }
}

function folderFor(kind: FolderItemKind, { id }: FolderElement, path: readonly string[]): TargetItemFolder {
  return { kind, key: id, name: path.join('/'), isDefault: id === places[kind].id };
}

/** A folder with no view takes anything. */
function holds({ view }: FolderElement, kind: FolderItemKind): boolean {
  return view === undefined || view === places[kind].view;
}

function folderOf({ folder }: FolderElement, name: string): FolderElement | undefined {
  return folder.find(each => isSame(each.name, name));
}

/** A contact put into a folder of mail would be seen by nobody. */
function freeName(parent: FolderElement, name: string, kind: FolderItemKind): string {
  const taken = [...parent.folder.filter(each => !holds(each, kind)), ...parent.link, ...parent.search];
  const isTaken = taken.some(each => isSame(each.name, name));
  return isTaken ? `${name} (${places[kind].suffix})` : name;
}

function isSame(name: string, other: string): boolean {
  return nameKey(name, carbonioNameRules) === nameKey(other, carbonioNameRules);
}
