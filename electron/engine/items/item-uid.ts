import type { ItemKind } from '../../../shared/model/item.ts';

const withUid: ReadonlySet<ItemKind> = new Set(['contact', 'event', 'task']);

/**
 * The UID of a vCard or an iCalendar object; null where it has none, or is neither. Read from the lines, not by a parser: a
 * file that no parser takes has a name all the same, and photos need not be looked at.
 */
export function itemUid(kind: ItemKind, octets: Buffer): string | null {
  if (!withUid.has(kind)) return null;
  // A fold may cut a character in two, so nothing is decoded before folds are undone.
  const match = /^UID(?:;[^:\r\n]*)?:(.*(?:\r?\n[ \t].*)*)/im.exec(octets.toString('latin1'));
  const unfolded = match?.[1]?.replaceAll(/\r?\n[ \t]/g, '') ?? '';
  const value = Buffer.from(unfolded, 'latin1').toString('utf8').trim();
  return value === '' ? null : value.replaceAll(/\\([\\;,])/g, '$1');
}
