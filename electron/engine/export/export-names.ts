import { folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * Names for folders outside the archive, where people look for them by their own names: as close to the true name as
 * every file system allows, and no two alike on one that ignores case.
 */
export function exportPaths(paths: readonly FolderPath[]): Map<string, readonly string[]> {
  const taken = new Set<string>();
  const named = new Map<string, readonly string[]>();
  for (const path of [...paths].sort((a, b) => a.length - b.length)) {
    const parent = named.get(folderKey(path.slice(0, -1))) ?? path.slice(0, -1).map(safeSegment);
    const wanted = safeSegment(path.at(-1) ?? '');
    let segments = [...parent, wanted];
    for (let again = 2; taken.has(comparable(segments)); again += 1) segments = [...parent, `${wanted} (${again})`];
    taken.add(comparable(segments));
    named.set(folderKey(path), segments);
  }
  return named;
}

function comparable(segments: readonly string[]): string {
  return segments.join('/').normalize('NFC').toLowerCase();
}

function safeSegment(segment: string): string {
  const safe = segment
    .normalize('NFC')
    // What Windows forbids, and characters that turn text around or cannot be seen.
    .replaceAll(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]/gu, '-')
    .replaceAll(/^[ .]+|[ .]+$/g, '')
    .slice(0, 80)
    .trim();
  if (safe === '') return 'folder';
  return reserved.test(safe) ? `${safe}-` : safe;
}
