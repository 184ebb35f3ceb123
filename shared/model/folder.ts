/**
 * What a folder is for, whatever its name or language: the special-use attributes of RFC 6154, plus the
 * inbox, which RFC 3501 singles out by name. Zimbra's `\Spam` (XLIST) is `junk` here.
 */
export const folderRoles = ['inbox', 'drafts', 'sent', 'junk', 'trash', 'archive'] as const;
export type FolderRole = (typeof folderRoles)[number];

/**
 * A folder's true name: its hierarchy as Unicode segments, outermost first. Servers disagree about the
 * separator and a segment may hold another server's separator, so a joined string is for display only.
 */
export type FolderPath = readonly string[];

/** For people and logs, never for comparing: a segment that holds `/` makes this ambiguous. */
export function displayPath(path: FolderPath): string {
  return path.join('/');
}

/** An unambiguous key for maps and database columns. */
export function folderKey(path: FolderPath): string {
  return JSON.stringify(path);
}
