import type { Problem } from '../../../../../shared/errors.ts';
import type { InventoryEntry, MailSource } from '../../mail-source.ts';

export interface ReadMessage extends InventoryEntry {
  /** The folder's segments, joined by `/`. */
  readonly folder: string;
  /** Latin-1: one character for each octet. */
  readonly text: string;
}

/** Everything a small source holds. */
export async function readSource(source: MailSource): Promise<{
  readonly messages: readonly ReadMessage[];
  readonly folders: readonly string[];
  readonly problems: readonly Problem[];
}> {
  const { signal } = new AbortController();
  const { folders, problems } = await source.listFolders(signal);
  const messages: ReadMessage[] = [];
  for (const folder of folders) {
    const open = await source.openFolder(folder, signal);
    const entries = new Map<string, InventoryEntry>();
    for await (const batch of open.inventory(signal)) for (const entry of batch) entries.set(entry.key, entry);
    for await (const { key, body } of open.fetch([...entries.keys()], signal)) {
      let text = '';
      for await (const piece of body) text += piece.toString('latin1');
      const entry = entries.get(key);
      if (entry !== undefined) messages.push({ ...entry, folder: folder.path.join('/'), text });
    }
  }
  return { messages, folders: folders.map(({ path }) => path.join('/')), problems };
}
