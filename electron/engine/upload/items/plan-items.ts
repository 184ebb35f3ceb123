import { problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import type { ItemKind } from '../../../../shared/model/item.ts';
import type { ItemFate, ItemFolderPlan } from '../../../../shared/model/upload-plan.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { carriedItems, carriedItemsAfter } from '../../archive/catalogue/item-ledger.ts';
import type { ItemLedger } from '../../archive/catalogue/item-ledger.ts';
import { allFolders } from '../../archive/catalogue/folder-table.ts';
import { allItemFolders } from '../../archive/catalogue/item-table.ts';
import type { ArchivedItem, ArchivedItemFolder } from '../../archive/catalogue/item-table.ts';
import { assertEachMatches, folderFilter } from '../../folder-patterns.ts';
import type {
  FieldChange,
  ItemTarget,
  OutgoingItem,
  PreparedItem,
  TargetItemFolder,
} from '../../targets/item-target.ts';
import { readItem } from './item-identities.ts';
import type { ItemIdentities } from './item-identities.ts';
import { placeItemFolders } from './place-item-folders.ts';
import type { PlacedItemFolder } from './place-item-folders.ts';

export interface ItemChoice {
  /** See `folderFilter`; empty for all. */
  readonly folders: readonly string[];
  readonly leaveOut: readonly ItemKind[];
  /** The person agreed that rules and signatures are added to those of the account. */
  readonly setSettings: boolean;
}

export interface PlannedItemFolder extends PlacedItemFolder {
  readonly fate: ItemFate;
  /** What is carried, done or not. */
  readonly items: number;
  /** In the ledger as stored or present there. */
  readonly done: number;
}

export interface PlanItemsOptions extends ItemChoice {
  readonly archive: ArchiveFiles;
  readonly ledger: ItemLedger;
}

const settings: ReadonlySet<ItemKind> = new Set(['rule', 'signature']);

/** Whether a folder's items are set only once the person agrees: they change what the account does by itself. */
export function needsConsent({ kind }: ArchivedItemFolder): boolean {
  return settings.has(kind);
}

export function chosenItemFolders(
  archive: ArchiveFiles,
  { folders, leaveOut }: Pick<ItemChoice, 'folders' | 'leaveOut'>,
): readonly ArchivedItemFolder[] {
  const { db } = archive.catalogue;
  // A pattern may be about mail.
  assertEachMatches(
    folders,
    [...allFolders(db), ...allItemFolders(db)].map(({ path }) => path),
  );
  const isChosen = folderFilter(folders);
  return allItemFolders(archive.catalogue.db).filter(({ kind, path }) => isChosen(path) && !leaveOut.includes(kind));
}

/**
 * Where each chosen folder goes and what is left to do. Sends nothing and creates nothing.
 *
 * @param target null: the account takes no items at all
 */
export async function planItems(
  target: ItemTarget | null,
  options: PlanItemsOptions,
  signal: AbortSignal,
): Promise<readonly PlannedItemFolder[]> {
  const { archive, ledger } = options;
  const chosen = new Set(chosenItemFolders(archive, options).map(({ id }) => id));
  const all = allItemFolders(archive.catalogue.db);
  const taken = all.filter(({ kind }) => target?.kinds.has(kind) === true);
  // All of them, so that where a folder goes does not depend on which others a run leaves out.
  const placed =
    target === null || taken.every(({ id }) => !chosen.has(id))
      ? []
      : placeItemFolders(taken, {
          target,
          existing: await target.listFolders(signal),
          remembered: folder => ledger.folder(folder.id),
        });
  const places = new Map(placed.map(place => [place.folder.id, place]));
  return all
    .filter(({ id }) => chosen.has(id))
    .map((folder): PlannedItemFolder => {
      const items = carriedItems(archive.catalogue.db, folder);
      const place = places.get(folder.id);
      if (place === undefined) return { folder, name: '', there: null, fate: 'by-hand', items, done: 0 };
      const done = place.there === null ? 0 : ledger.doneIn(folder, place.there.key);
      const fate = needsConsent(folder) && !options.setSettings ? 'needs-consent' : 'upload';
      return { ...place, fate, items, done };
    })
    .filter(({ items }) => items > 0);
}

export function outgoing(
  folder: ArchivedItemFolder,
  item: ArchivedItem,
  identity: string,
  octets: Buffer,
): OutgoingItem {
  return { kind: folder.kind, identity, name: item.name, mediaType: item.mediaType, octets };
}

/** What an item becomes at the target, or why it cannot go there. */
export function prepare(target: ItemTarget, item: OutgoingItem): PreparedItem | Problem {
  try {
    return target.prepare(item);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== 'ITEM_REFUSED') throw error;
    return problem;
  }
}

export function isRefusal(prepared: PreparedItem | Problem): prepared is Problem {
  return 'code' in prepared;
}

/** Refusals named in a plan, of each folder. */
const namedRefusals = 1000;
const namedSettings = 1000;
const pageSize = 200;

/** The plan of one folder for people: looks into every file that is still to go. */
export async function describeItemFolder(
  target: ItemTarget | null,
  { folder, name, there, fate, items, done }: PlannedItemFolder,
  means: Pick<PlanItemsOptions, 'archive' | 'ledger'> & { readonly identities: ItemIdentities },
  signal: AbortSignal,
): Promise<ItemFolderPlan> {
  const { archive, ledger, identities } = means;
  const changes = new Map<string, { field: string; fate: FieldChange['fate']; items: number }>();
  const refusals: ItemFolderPlan['refusals'] = [];
  if (target !== null && fate !== 'by-hand') {
    await identities.load(folder, signal);
    for (let after = 0; ;) {
      const page = ledger.pending(folder, after, pageSize);
      for (const item of page) {
        signal.throwIfAborted();
        const identity = identities.of(folder.id, item.number);
        const prepared = prepare(target, outgoing(folder, item, identity, await readItem(archive, item)));
        if (isRefusal(prepared)) {
          const { code, details } = prepared;
          if (refusals.length < namedRefusals)
            refusals.push({ name: item.name, problem: { code, details: { ...details } } });
          continue;
        }
        for (const change of prepared.changed) {
          const key = `${change.field} ${change.fate}`;
          const row = changes.get(key) ?? { ...change, items: 0 };
          changes.set(key, { ...row, items: row.items + 1 });
        }
      }
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.number;
    }
  }
  const settings = target === null || there === null ? null : await foreseen(target, { folder, there }, means, signal);
  return {
    kind: folder.kind,
    folder: [...folder.path],
    name,
    exists: there !== null,
    items,
    done,
    fate,
    changed: [...changes.values()],
    ...(settings === null ? {} : { settings }),
    refusals,
  };
}

/** All of a folder's rules or signatures, also those of an earlier run: what is there has to be told as well. */
async function foreseen(
  target: ItemTarget,
  { folder, there }: { readonly folder: ArchivedItemFolder; readonly there: TargetItemFolder },
  { archive, identities }: { readonly archive: ArchiveFiles; readonly identities: ItemIdentities },
  signal: AbortSignal,
): Promise<NonNullable<ItemFolderPlan['settings']> | null> {
  if (!needsConsent(folder)) return null;
  const items: OutgoingItem[] = [];
  for (const item of carriedItemsAfter(archive.catalogue.db, folder, 0, namedSettings)) {
    const identity = identities.of(folder.id, item.number);
    const ours = outgoing(folder, item, identity, await readItem(archive, item));
    if (!isRefusal(prepare(target, ours))) items.push(ours);
  }
  const collection = await target.openFolder(there, signal);
  const names = await collection.foresee?.(items, signal);
  if (names === undefined) return null;
  const { added, present, theirs } = names;
  const first = (all: readonly string[]): string[] => all.slice(0, namedSettings);
  return { added: first(added), present: first(present), theirs: first(theirs) };
}
