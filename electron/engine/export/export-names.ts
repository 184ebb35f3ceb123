import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** A folder of such a name would stand where the mail of its neighbour goes. */
const likeMail = /\.(mbox|eml)$/i;

export interface NamedFolder {
  readonly id: number;
  readonly account: string;
  readonly path: FolderPath;
}

/**
 * Names for folders outside the archive, where people look for them by their own names: as close to the true name as
 * every file system allows, and no two alike on one that ignores case. Mail of several accounts has a folder for each.
 *
 * @returns the segments by the folder's id
 */
export function exportNames(folders: readonly NamedFolder[]): Map<number, readonly string[]> {
  const oneAccount = new Set(folders.map(({ account }) => account)).size < 2;
  const taken = new Set<string>();
  const named = new Map<string, readonly string[]>();
  const byId = new Map<number, readonly string[]>();
  for (const { id, account, path } of [...folders].sort((a, b) => a.path.length - b.path.length)) {
    const full = oneAccount ? path : [account, ...path];
    const parent = named.get(folderKey(full.slice(0, -1))) ?? full.slice(0, -1).map(safeSegment);
    const wanted = safeSegment(full.at(-1) ?? '');
    let segments = [...parent, wanted];
    for (let again = 2; taken.has(comparable(segments)); again += 1) segments = [...parent, `${wanted} (${again})`];
    taken.add(comparable(segments));
    named.set(folderKey(full), segments);
    byId.set(id, segments);
  }
  return byId;
}

function comparable(segments: readonly string[]): string {
  return segments.join('/').normalize('NFC').toLowerCase();
}

function safeSegment(segment: string): string {
  const safe = segment
    .normalize('NFC')
    // What Windows forbids, and characters that turn text around or cannot be seen.
    .replaceAll(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]/gu, '-')
    .replace(/^[ .]+/, '')
    .slice(0, 80)
    // The cut may have left half a character, or laid bare a dot that Windows would drop.
    .replace(/\p{Cs}$/u, '')
    .replace(/[ .]+$/, '');
  if (safe === '') return 'folder';
  return reserved.test(safe) || likeMail.test(safe) ? `${safe}-` : safe;
}
