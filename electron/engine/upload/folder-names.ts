import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { TravasoError } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath, folderKey } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import type { MailTarget, TargetFolderInfo } from '../targets/mail-target.ts';

/** The person's own decisions: archive folder → path at the target. */
export type FolderMap = ReadonlyMap<string, FolderPath>;

const segments = z.array(z.string().min(1)).min(1);
const mapSchema = z.union([
  // What people write by hand: {"Posta inviata": "Archivio/Inviata"}.
  z.record(z.string(), z.string().min(1)),
  // What the assistant writes, safe for names that hold a slash.
  z.array(z.object({ path: segments, target: segments })),
]);

/** @throws FOLDER_MAP_INVALID */
export async function readFolderMap(path: string): Promise<FolderMap> {
  try {
    const map = mapSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const entries = Array.isArray(map)
      ? map.map(({ path: from, target }): [string, FolderPath] => [folderKey(from), target])
      : Object.entries(map).map(([from, target]): [string, FolderPath] => [
          folderKey(from.split('/')),
          target.split('/'),
        ]);
    return new Map(entries);
  } catch (error) {
    throw new TravasoError('FOLDER_MAP_INVALID', { path }, { cause: error });
  }
}

export interface PlacedFolder {
  readonly folder: ArchivedFolder;
  /** The target's own name. */
  readonly name: string;
  readonly targetPath: FolderPath;
  readonly exists: boolean;
  /** TARGET_FOLDER_RENAMED when the true name could not be kept, TARGET_FOLDER_MERGED when another folder goes there too. */
  readonly renamed: Problem | null;
}

export interface PlacingOptions {
  readonly target: Pick<MailTarget, 'nameFor' | 'nameKey' | 'mergesCase'>;
  readonly existing: readonly TargetFolderInfo[];
  readonly map: FolderMap;
  /** Everything goes below this folder of the target, its old tree kept, whatever its role; empty: nothing does. */
  readonly under?: FolderPath;
  /** Where an earlier run put a folder; kept, so that a folder is not split in two. */
  readonly remembered: (folder: ArchivedFolder) => string | null;
}

/**
 * Says where each folder goes: by the person's map; else where it went before; else to the target's folder for the same
 * role (Posta inviata → Sent Items); else below wherever its parent went, under its own name as far as the target
 * allows. Two folders never end in one, unless they have the same name in two accounts, differ by case alone where the
 * target merges such, or the map says so.
 */
export function placeFolders(folders: readonly ArchivedFolder[], options: PlacingOptions): PlacedFolder[] {
  const placed = new Map<string, PlacedFolder>();
  const byId = new Map<number, PlacedFolder>();
  const takenBy = new Map<string, string>();
  const { target, existing } = options;
  const byKey = new Map(existing.toReversed().map(info => [target.nameKey(info.name), info]));
  // What was decided before stands, whatever the order: nobody else is put there.
  for (const folder of folders) {
    const decided = decidedName(folder, options);
    if (decided !== null) takenBy.set(target.nameKey(decided), folderKey(folder.path));
  }
  // Parents first: a child goes below wherever its parent went.
  for (const folder of [...folders].sort((a, b) => a.path.length - b.path.length || a.id - b.id)) {
    const place = placeOne(folder, { ...options, byKey }, placed, takenBy);
    takenBy.set(target.nameKey(place.name), folderKey(folder.path));
    if (!placed.has(folderKey(folder.path))) placed.set(folderKey(folder.path), place);
    byId.set(folder.id, place);
  }
  return folders.flatMap(folder => byId.get(folder.id) ?? []);
}

/** The archive's folders above one that are not at the target yet, the highest first. */
export function foldersAbove({ folder }: PlacedFolder, placed: readonly PlacedFolder[]): PlacedFolder[] {
  const isAbove = ({ account, path }: ArchivedFolder): boolean =>
    account === folder.account &&
    path.length < folder.path.length &&
    path.every((segment, index) => segment === folder.path[index]);
  return placed
    .filter(each => !each.exists && each.folder.selectable && isAbove(each.folder))
    .sort((a, b) => a.folder.path.length - b.folder.path.length);
}

function decidedName(folder: ArchivedFolder, { target, map, under = [], remembered }: PlacingOptions): string | null {
  const chosen = map.get(folderKey(folder.path));
  return chosen === undefined ? remembered(folder) : target.nameFor([...under, ...chosen]).name;
}

function placeOne(
  folder: ArchivedFolder,
  {
    target,
    existing,
    byKey,
    map,
    under = [],
    remembered,
  }: PlacingOptions & { byKey: ReadonlyMap<string, TargetFolderInfo> },
  placed: ReadonlyMap<string, PlacedFolder>,
  takenBy: ReadonlyMap<string, string>,
): PlacedFolder {
  const known = (name: string): TargetFolderInfo | undefined => byKey.get(target.nameKey(name));
  const own = folderKey(folder.path);
  const chosen = map.get(own);
  if (chosen !== undefined) {
    const path = [...under, ...chosen];
    const { name } = target.nameFor(path);
    return {
      folder,
      name: known(name)?.name ?? name,
      targetPath: path,
      exists: known(name) !== undefined,
      renamed: null,
    };
  }
  const before = remembered(folder);
  if (before !== null) {
    const info = known(before);
    return { folder, name: before, targetPath: info?.path ?? [before], exists: info !== undefined, renamed: null };
  }
  const sameRole =
    folder.role === null || under.length > 0
      ? undefined
      : existing.find(info => info.role === folder.role && info.selectable);
  if (sameRole !== undefined && isFree(target.nameKey(sameRole.name), own, takenBy)) {
    return { folder, name: sameRole.name, targetPath: sameRole.path, exists: true, renamed: null };
  }
  const parent = placed.get(folderKey(folder.path.slice(0, -1)));
  const wanted = [...(parent?.targetPath ?? [...under, ...folder.path.slice(0, -1)]), folder.path.at(-1) ?? ''];
  for (let attempt = 1; ; attempt += 1) {
    const path = attempt === 1 ? wanted : [...wanted.slice(0, -1), `${wanted.at(-1)} (${attempt})`];
    const { name, renamed } = target.nameFor(path);
    const twin = target.mergesCase === true && renamed === null ? caseTwin(target.nameKey(name), own, takenBy) : null;
    const there = twin === null ? undefined : placed.get(twin);
    if (there !== undefined) return mergedWith(there, folder);
    if (!isFree(target.nameKey(name), own, takenBy)) continue;
    const info = known(name);
    // A folder that only holds others cannot take mail: its namesake goes beside it.
    if (info !== undefined && !info.selectable && folder.selectable) continue;
    const reason = attempt > 1 ? 'name-taken' : renamed?.reason;
    return {
      folder,
      name: info?.name ?? name,
      targetPath: info?.path ?? path,
      exists: info !== undefined,
      renamed:
        reason === undefined
          ? null
          : { code: 'TARGET_FOLDER_RENAMED', details: { folder: displayPath(folder.path), name, reason } },
    };
  }
}

/** Key of the folder that was put there before, when its path is the same but for the case of letters. */
function caseTwin(key: string, own: string, takenBy: ReadonlyMap<string, string>): string | null {
  const holder = takenBy.get(key);
  return holder !== undefined && holder !== own && folded(holder) === folded(own) ? holder : null;
}

function folded(key: string): string {
  return key.normalize('NFC').toLowerCase();
}

function mergedWith(there: PlacedFolder, folder: ArchivedFolder): PlacedFolder {
  const details = { folder: displayPath(folder.path), name: displayPath(there.folder.path) };
  return { ...there, folder, renamed: { code: 'TARGET_FOLDER_MERGED', details } };
}

/** Nobody is there yet, or only a folder of the same name (of another account). */
function isFree(key: string, own: string, takenBy: ReadonlyMap<string, string>): boolean {
  const holder = takenBy.get(key);
  return holder === undefined || holder === own;
}
