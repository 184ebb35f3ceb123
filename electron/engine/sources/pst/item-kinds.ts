import { collectFaults, tolerating } from './damage.ts';
import { tag } from './ltp/property-ids.ts';
import type { PstFolder } from './messaging/folders.ts';
import { kindOfClass } from './messaging/message.ts';
import type { ItemKind } from './messaging/message.ts';
import type { PstFile } from './pst-file.ts';

/** Node ids of a folder's items, ascending, told apart by what they are. */
export interface SortedItems {
  /** Mail, and whatever cannot be read: it may be mail and must not go missing in silence. */
  readonly mail: readonly number[];
  readonly other: readonly { readonly nid: number; readonly kind: Exclude<ItemKind, 'mail' | 'internal'> }[];
}

export async function sortItems(file: PstFile, folder: PstFolder, signal: AbortSignal): Promise<SortedItems> {
  const mail: number[] = [];
  const other: { nid: number; kind: Exclude<ItemKind, 'mail' | 'internal'> }[] = [];
  for (const nid of folder.items) {
    signal.throwIfAborted();
    const faults = collectFaults();
    const kind = await tolerating(faults, 'mail' as const, async () =>
      kindOfClass(await (await file.item(nid, faults)).text(tag.messageClass)),
    );
    if (kind === 'mail') mail.push(nid);
    else if (kind !== 'internal') other.push({ nid, kind });
  }
  return { mail: [...mail, ...folder.missing].sort((a, b) => a - b), other };
}
