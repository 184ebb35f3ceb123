import { TravasoError } from '../../../../shared/errors.ts';
import { SoapFault, type SoapSession } from '../../zimbra/soap-session.ts';
import { nameKey } from '../imap/target-name.ts';
import { FolderTree, rootId, type ServerFolder } from './folder-tree.ts';
import { carbonioNameRules } from './name-rules.ts';
import { demand, read, unexpected } from './read.ts';
import { foldersAnswer, type FolderElement } from './soap-answers.ts';

/** The folders of the mailbox as they are now, and new ones. */
export interface MailboxFolders {
  list(signal: AbortSignal): Promise<readonly ServerFolder[]>;
  /** Makes the folder and its missing parents. @throws TARGET_FOLDER_REFUSED */
  create(name: string, signal: AbortSignal): Promise<void>;
  /** What the server says of one folder now. @throws TARGET_FOLDER_VANISHED */
  look(name: string, signal: AbortSignal): Promise<FolderElement>;
}

export function mailboxFolders(session: SoapSession): MailboxFolders {
  let tree: FolderTree | null = null;

  const readTree = async (signal: AbortSignal): Promise<FolderTree> => {
    // `tr`: without following mounted shares to other people's servers, where a broken one would fail the answer.
    const answer = await demand(session, 'GetFolderRequest', { depth: -1, tr: '0' }, foldersAnswer, signal);
    const root = answer.folder[0];
    if (root === undefined) throw new TravasoError('FOLDER_LIST_INCOMPLETE', { reason: 'no-root' });
    tree = new FolderTree(root);
    return tree;
  };

  /** Null when it is gone, or lies elsewhere by now: a folder somebody deletes is found in the trash by its id. */
  const lookAt = async (known: ServerFolder | null, signal: AbortSignal): Promise<FolderElement | null> => {
    if (known?.holdsMail !== true) return null;
    try {
      const request = { folder: { l: known.id }, depth: 0 };
      const found = (await read(session, 'GetFolderRequest', request, foldersAnswer, signal)).folder[0];
      if (found?.id !== known.id) return null;
      const there = found.absFolderPath ?? `/${known.name}`;
      return nameKey(there, carbonioNameRules) === nameKey(`/${known.name}`, carbonioNameRules) ? found : null;
    } catch (error) {
      if (error instanceof SoapFault && error.code === 'mail.NO_SUCH_FOLDER') return null;
      throw unexpected(session, error);
    }
  };

  const createIn = async (known: FolderTree, name: string, signal: AbortSignal): Promise<void> => {
    let parent: Pick<ServerFolder, 'id' | 'path'> = { id: rootId, path: [] };
    const segments = name.split('/');
    for (const [depth, segment] of segments.entries()) {
      const there = known.find(segments.slice(0, depth + 1).join('/'));
      if (there !== null) {
        parent = there;
        continue;
      }
      // `fie`: one that exists is answered with, so that a lost answer is asked for again without harm.
      const folder = { name: segment, l: parent.id, fie: '1', view: 'message' };
      const made = (await read(session, 'CreateFolderRequest', { folder }, foldersAnswer, signal)).folder[0];
      if (made === undefined) throw new TravasoError('TARGET_FOLDER_REFUSED', { folder: name, reason: 'not-a-folder' });
      parent = known.add(made, parent.path);
    }
  };

  return {
    list: async signal => (await readTree(signal)).all(),

    async create(name, signal) {
      try {
        await createIn(tree ?? (await readTree(signal)), name, signal).catch(async (error: unknown) => {
          // A parent we knew is gone: somebody else works in this mailbox too.
          if (!(error instanceof SoapFault) || error.code !== 'mail.NO_SUCH_FOLDER') throw error;
          await createIn(await readTree(signal), name, signal);
        });
      } catch (error) {
        if (!(error instanceof SoapFault)) throw error;
        throw new TravasoError('TARGET_FOLDER_REFUSED', { folder: name, reason: error.code }, { cause: error });
      }
    },

    async look(name, signal) {
      const known = tree === null ? null : await lookAt(tree.find(name), signal);
      const found = known ?? (await lookAt((await readTree(signal)).find(name), signal));
      if (found === null) throw new TravasoError('TARGET_FOLDER_VANISHED', { folder: name });
      return found;
    },
  };
}
