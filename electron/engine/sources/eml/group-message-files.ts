import { headOf } from '../files/file-tree.ts';
import type { TreeFile, TreeListing } from '../files/file-tree.ts';
import { isMsgFile } from '../msg/read-msg.ts';
import { fileReason } from '../files/file-problem.ts';

export interface MessageFolder {
  readonly segments: readonly string[];
  readonly files: readonly TreeFile[];
}

export interface GroupedFiles {
  readonly folders: readonly MessageFolder[];
  /** How many files are no messages. */
  readonly others: number;
  /** Called `.msg`, as Outlook calls its messages, and neither such a file nor any other message. */
  readonly foreign: readonly TreeFile[];
  readonly empty: readonly TreeFile[];
}

/**
 * Sorts the files of a tree into folders of mail. Folders without files are folders, too, where they lead to some.
 *
 * @param rootName the folder's name for messages that lie in the root itself
 */
export async function groupMessageFiles(
  { files, folders }: TreeListing,
  rootName: string,
  signal: AbortSignal,
): Promise<GroupedFiles> {
  const isApple = files.some(
    ({ path }) => path.some(name => /\.mbox$/i.test(name)) && /\.emlx$/i.test(path.at(-1) ?? ''),
  );
  const segmentsOf = isApple ? appleSegments(files) : (parents: readonly string[]) => parents;
  const groups = new Map<string, { segments: readonly string[]; files: TreeFile[] }>();
  const group = (parents: readonly string[]) => {
    const own = segmentsOf(parents);
    const segments = own.length === 0 ? [rootName] : own;
    const key = JSON.stringify(segments);
    const known = groups.get(key) ?? { segments, files: [] };
    groups.set(key, known);
    return known;
  };
  if (!isApple) for (const path of folders) group(path);
  let others = 0;
  const foreign: TreeFile[] = [];
  const empty: TreeFile[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const name = file.path.at(-1) ?? '';
    if (/\.msg$/i.test(name) && !(await isReadable(file))) foreign.push(file);
    else if (!(await isMessage(file, name))) others += 1;
    else if (file.size === 0) empty.push(file);
    else group(file.path.slice(0, -1)).files.push(file);
  }
  return { folders: [...groups.values()], others, foreign, empty };
}

/** `1234`: a message of an MH folder, which has no ending. */
const mhName = /^\d{1,9}$/;

/** In Outlook's own format, or as plain text under its name. */
async function isReadable(file: TreeFile): Promise<boolean> {
  try {
    return (await isMsgFile(file)) || beginsLikeHeader(await headOf(file, 512));
  } catch (error) {
    if (fileReason(error) === null) throw error;
    return true;
  }
}

function beginsLikeHeader(head: Buffer): boolean {
  return /^[!-9;-~]{1,76}:/.test(head.toString('latin1'));
}

async function isMessage(file: TreeFile, name: string): Promise<boolean> {
  if (/\.(?:eml|emlx|msg)$/i.test(name)) return true;
  if (!mhName.test(name)) return false;
  try {
    return beginsLikeHeader(await headOf(file, 512));
  } catch (error) {
    if (fileReason(error) === null) throw error;
    // It may be one; when it is opened, it is named.
    return true;
  }
}

/**
 * `V10/<account>/Progetti.mbox/2023.mbox/<id>/Data/3/Messages/1.emlx` is in the folder Progetti/2023. The account is an
 * identifier nobody knows; it is kept only where there are several.
 */
function appleSegments(files: readonly TreeFile[]): (parents: readonly string[]) => readonly string[] {
  const split = (parents: readonly string[]) => {
    const first = parents.findIndex(name => /\.mbox$/i.test(name));
    if (first < 0) return { above: parents.join('/'), boxes: [] };
    return {
      above: parents.slice(0, first).join('/'),
      boxes: parents.filter(name => /\.mbox$/i.test(name)).map(name => name.replace(/\.mbox$/i, '')),
    };
  };
  const accounts = new Set(
    files
      .map(({ path }) => split(path.slice(0, -1)))
      .filter(({ boxes }) => boxes.length > 0)
      .map(({ above }) => above),
  );
  return parents => {
    const { above, boxes } = split(parents);
    if (boxes.length === 0) return parents;
    return accounts.size > 1 && above !== '' ? [...above.split('/').slice(-1), ...boxes] : boxes;
  };
}
