/** Numbers of the messages wanted, by folder; null for every message of the folder. */
export type MessageChoice = ReadonlyMap<number, ReadonlySet<number> | null>;

interface Wanted {
  /** What a search found, by folder; null where nothing was looked for. */
  readonly found: ReadonlyMap<number, ReadonlySet<number>> | null;
  readonly folder: number | null;
  readonly messages: readonly { readonly folder: number; readonly number: number }[] | null;
}

/** What an export takes, from what was asked of it; null for all there is. */
export function messageChoice({ found, folder, messages }: Wanted): MessageChoice | null {
  if (messages !== null) {
    const byFolder = Map.groupBy(messages, message => message.folder);
    return new Map([...byFolder].map(([id, its]) => [id, new Set(its.map(({ number }) => number))]));
  }
  if (folder === null) return found;
  return new Map([[folder, found === null ? null : (found.get(folder) ?? new Set())]]);
}
