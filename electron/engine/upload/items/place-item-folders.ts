import type { ArchivedItemFolder } from '../../archive/catalogue/item-table.ts';
import type { ItemTarget, TargetItemFolder } from '../../targets/item-target.ts';

/** Where a folder of items goes. */
export interface PlacedItemFolder {
  readonly folder: ArchivedItemFolder;
  /** As people will see it there. */
  readonly name: string;
  /** Null while it has to be created. */
  readonly there: TargetItemFolder | null;
}

/** What Zimbra and Outlook call the folders that every account has, in the languages people have them in. */
const defaultNames: ReadonlySet<string> = new Set(
  [
    ...['contacts', 'contatti', 'rubrica', 'kontakte', 'contactos'],
    ...['calendar', 'calendario', 'calendrier', 'kalender'],
    ...['tasks', 'attività', 'tâches', 'aufgaben', 'tareas'],
  ].map(name => name.normalize('NFC')),
);

export interface ItemPlacingOptions {
  readonly target: Pick<ItemTarget, 'nameFor' | 'nameKey'>;
  readonly existing: readonly TargetItemFolder[];
  /** Where an earlier run put a folder; kept, so that a folder is not split in two. */
  readonly remembered: (folder: ArchivedItemFolder) => { readonly key: string; readonly name: string } | null;
}

/**
 * Where it went before, as long as that is there; else a default folder to the default one; else to a folder of its own
 * name. Two folders of the archive go to one only as defaults, or where two accounts have a folder of one name.
 */
export function placeItemFolders(
  folders: readonly ArchivedItemFolder[],
  { target, existing, remembered }: ItemPlacingOptions,
): readonly PlacedItemFolder[] {
  const takenBy = new Map<string, string>();
  const placed: PlacedItemFolder[] = [];
  for (const folder of folders) {
    const { kind, path } = folder;
    const ofKind = existing.filter(each => each.kind === kind);
    const before = remembered(folder);
    const known = before === null ? undefined : ofKind.find(({ key }) => key === before.key);
    const usual = isDefault(path) ? ofKind.find(each => each.isDefault) : undefined;
    const there = known ?? usual;
    if (there !== undefined) {
      placed.push({ folder, name: there.name, there });
      continue;
    }
    const own = `${kind} ${JSON.stringify(path)}`;
    const wanted = target.nameFor(kind, path);
    let name = wanted;
    for (let copy = 2; ; copy += 1) {
      const key = `${kind} ${target.nameKey(name)}`;
      const holder = takenBy.get(key);
      if (holder === undefined || holder === own) {
        takenBy.set(key, own);
        break;
      }
      name = `${wanted} (${copy})`;
    }
    const found = ofKind.find(each => target.nameKey(each.name) === target.nameKey(name));
    placed.push({ folder, name, there: found ?? null });
  }
  return placed;
}

function isDefault(path: readonly string[]): boolean {
  const [name, ...below] = path;
  return name !== undefined && below.length === 0 && defaultNames.has(name.normalize('NFC').toLowerCase());
}
