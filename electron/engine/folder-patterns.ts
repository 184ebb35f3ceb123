import { TravasoError } from '../../shared/errors.ts';
import { displayPath } from '../../shared/model/folder.ts';
import type { FolderPath } from '../../shared/model/folder.ts';

/**
 * Folder patterns as people type them: `Progetti/**`, `Posta*`. `*` and `?` stay within a segment, `**` crosses; case
 * is ignored, and a plain name means the folder and everything below it.
 */
export function folderFilter(patterns: readonly string[]): (path: FolderPath) => boolean {
  if (patterns.length === 0) return () => true;
  const expressions = patterns.map(toExpression);
  return path => expressions.some(expression => expression.test(comparable(path)));
}

/** @throws FOLDER_PATTERN_MATCHES_NOTHING for a pattern that picks none of the folders: most likely a typing error */
export function assertEachMatches(patterns: readonly string[], paths: readonly FolderPath[]): void {
  for (const pattern of patterns) {
    const expression = toExpression(pattern);
    if (!paths.some(path => expression.test(comparable(path)))) {
      throw new TravasoError('FOLDER_PATTERN_MATCHES_NOTHING', { pattern });
    }
  }
}

/** A Mac spells `à` as two characters, and servers keep what it sent. */
function comparable(path: FolderPath): string {
  return displayPath(path).normalize('NFC');
}

function toExpression(pattern: string): RegExp {
  const body = pattern
    .normalize('NFC')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*|\*|\?/g, wildcard => ({ '**': '.*', '*': '[^/]*' })[wildcard] ?? '[^/]');
  return new RegExp(`^${body}(/.*)?$`, 'isu');
}
