import type { AttributeStore } from './attribute-store.ts';
import { collectFaults, tolerating } from './damage.ts';
import { tag } from './ltp/property-ids.ts';
import type { PstFolder } from './messaging/folders.ts';
import { kindOfClass, readAttributes } from './messaging/message.ts';
import type { ItemKind } from './messaging/message.ts';
import type { PstFile } from './pst-file.ts';

/** Node ids of a folder's items, ascending, told apart by what they are. */
export interface SortedItems {
  /** Mail, and whatever cannot be read: it may be mail and must not go missing in silence. */
  readonly mail: readonly number[];
  readonly other: readonly { readonly nid: number; readonly kind: Exclude<ItemKind, 'mail' | 'internal'> }[];
}

/** @param attributes takes what of mail the inventory will ask for: each item is opened once for both */
export function sortItems(
  file: PstFile,
  folder: PstFolder,
  attributes: AttributeStore,
  signal: AbortSignal,
): SortedItems {
  const mail: number[] = [];
  const other: { nid: number; kind: Exclude<ItemKind, 'mail' | 'internal'> }[] = [];
  for (const nid of folder.items) {
    signal.throwIfAborted();
    const faults = collectFaults();
    const kind = tolerating(faults, 'mail' as const, () => {
      const properties = file.item(nid, faults);
      const own = kindOfClass(properties.text(tag.messageClass));
      if (own === 'mail') attributes.put(nid, readAttributes(properties, file.names));
      return own;
    });
    if (kind === 'mail') mail.push(nid);
    else if (kind !== 'internal') other.push({ nid, kind });
  }
  return { mail: [...mail, ...folder.missing].sort((a, b) => a - b), other };
}
