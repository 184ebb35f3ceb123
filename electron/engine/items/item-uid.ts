import type { ItemKind } from '../../../shared/model/item.ts';

const withUid: ReadonlySet<ItemKind> = new Set(['contact', 'event', 'task']);

/**
 * The UID of a vCard or an iCalendar object; null where it has none, or is neither. Read from the lines, not by a parser: a
 * file that no parser takes has a name all the same, and photos need not be looked at.
 */
export function itemUid(kind: ItemKind, octets: Buffer): string | null {
  if (!withUid.has(kind)) return null;
  const text = octets.toString('utf8');
  const match = /^UID(?:;[^:\r\n]*)?:(.*(?:\r?\n[ \t].*)*)/im.exec(text);
  const value = match?.[1]?.replaceAll(/\r?\n[ \t]/g, '').trim() ?? '';
  return value === '' ? null : value.replaceAll(/\\([\\;,])/g, '$1');
}
