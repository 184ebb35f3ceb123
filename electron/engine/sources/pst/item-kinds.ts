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

/**
 * By folder. The items of all folders are opened in one sweep, in the order in which the file holds them: neighbours
 * share pages and blocks, whatever folders they were filed in.
 *
 * @param attributes takes what of mail the inventory will ask for: each item is opened once for both
 */
export function sortItems(
  file: PstFile,
  attributes: AttributeStore,
  signal: AbortSignal,
): ReadonlyMap<PstFolder, SortedItems> {
  const nids = Uint32Array.from(file.folders.flatMap(folder => folder.items)).sort();
  /** Of all that is no mail. */
  const kinds = new Map<number, Exclude<ItemKind, 'mail'>>();
  for (const nid of nids) {
    signal.throwIfAborted();
    const faults = collectFaults();
    const kind = tolerating(faults, 'mail' as const, () => {
      const properties = file.item(nid, faults);
      const own = kindOfClass(properties.text(tag.messageClass));
      if (own === 'mail') attributes.put(nid, readAttributes(properties, file.names));
      return own;
    });
    if (kind !== 'mail') kinds.set(nid, kind);
  }
  return new Map(file.folders.map(folder => [folder, sorted(folder, kinds)]));
}

function sorted({ items, missing }: PstFolder, kinds: ReadonlyMap<number, Exclude<ItemKind, 'mail'>>): SortedItems {
  const mail = [...items.filter(nid => !kinds.has(nid)), ...missing].sort((a, b) => a - b);
  const other = items.flatMap(nid => {
    const kind = kinds.get(nid) ?? 'internal';
    return kind === 'internal' ? [] : [{ nid, kind }];
  });
  return { mail, other };
}
