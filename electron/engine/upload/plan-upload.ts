import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { DuplicatesChoice, UploadPlan } from '../../../shared/model/upload-plan.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import type { CarriedMessages } from '../archive/catalogue/carried-messages.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { MailTarget, TargetFolder, TargetLimits } from '../targets/mail-target.ts';
import { foldersAbove, placeFolders } from './folder-names.ts';
import type { FolderMap, PlacedFolder } from './folder-names.ts';
import { estimateUpload } from './estimate-upload.ts';
import { lostKeywords } from './lost-keywords.ts';
import { findDuplicates } from './duplicates.ts';
import type { Duplicates } from './duplicates.ts';
import { planMessages } from './plan-messages.ts';
import { stillThere } from './still-there.ts';
import type { StillThere } from './still-there.ts';

export interface PlanOptions {
  readonly archive: ArchiveFiles;
  readonly ledger: UploadLedger;
  readonly reader: MessageReader;
  /** See `folderFilter`; empty for all. */
  readonly folders: readonly string[];
  readonly map: FolderMap;
  readonly carried: CarriedMessages;
  /** See `PlacingOptions`. */
  readonly under?: FolderPath;
  /** See `PreparationOptions`. */
  readonly repair?: boolean;
  /** Of messages that came into the archive by two ways; `one` when absent. */
  readonly duplicates?: DuplicatesChoice;
  /** What the organisation says of these days; null or absent: nothing. */
  readonly freeze?: Problem | null;
  readonly signal: AbortSignal;
}

export interface PlannedFolder extends PlacedFolder {
  /** See `foldersAbove`. */
  readonly above: readonly PlacedFolder[];
  readonly messages: number;
  readonly octets: number;
  /** Of the target's folder as it is now; null when it is not there or cannot be opened. */
  readonly generation: string | null;
  /** In the ledger as stored or present there. */
  readonly done: WorkAmount;
  /** See `StillThere`; empty for a migration. */
  readonly vanished: ReadonlySet<number>;
  /** The target folder holds messages that the ledger does not account for: some of ours may be among them. */
  readonly mayHoldOurs: boolean;
  /** Of the target's folder; null when it is not there yet. */
  readonly acceptsKeyword: TargetFolder['acceptsKeyword'] | null;
}

export interface PlannedUpload {
  readonly duplicates: Duplicates;
  readonly folders: readonly PlannedFolder[];
  readonly limits: TargetLimits;
  /** Of the target itself. */
  readonly remarks: readonly Problem[];
  readonly plan: UploadPlan;
}

/** Looks at the archive and the target and says what an upload would do. Sends nothing and creates nothing. */
export async function planUpload(target: MailTarget, options: PlanOptions): Promise<PlannedUpload> {
  const { archive, ledger, carried, signal } = options;
  const chosen = chooseFolders(archive, options.folders);
  const existing = await target.listFolders(signal);
  const limits = await target.limits(signal);
  // All of them, so that where a folder goes does not depend on which others a run leaves out.
  const placed = placeFolders(allFolders(archive.catalogue.db), {
    target,
    existing,
    map: options.map,
    under: options.under ?? [],
    remembered: folder => ledger.folderName(folder.id),
  });
  const folders: PlannedFolder[] = [];
  for (const place of placed.filter(({ folder }) => chosen.has(folder.id))) {
    const { messages, octets } = carried.figures(place.folder.id);
    // Folders of which nothing was chosen are not made; whole folders are, be they empty.
    if (carried.isOfMessages && messages === 0) continue;
    const found = place.exists && place.folder.selectable ? await openIfThere(target, place.name, signal) : null;
    const generation = found?.generation ?? null;
    const there = await whatIsThere(found, place, options);
    const unaccounted = found !== null && found.messages > ledger.claimedIn(place.name, found.generation);
    const mayHoldOurs = unaccounted || (carried.isRestore && found !== null && found.messages > 0);
    const acceptsKeyword = found === null ? null : (keyword: string): boolean => found.acceptsKeyword(keyword);
    const above = place.exists ? [] : foldersAbove(place, placed);
    folders.push({ ...place, above, messages, octets, generation, ...there, mayHoldOurs, acceptsKeyword });
  }
  if (carried.isRestore && folders.every(({ messages }) => messages === 0))
    throw new TravasoError('RESTORE_NOTHING_CHOSEN');
  const duplicates = await findDuplicates(folders, limits, options);
  const { refusals, repaired, left } = await planMessages(folders, limits, duplicates, options);
  return {
    duplicates,
    folders,
    limits,
    remarks: target.remarks ?? [],
    plan: {
      folders: folders.map(planRow),
      messages: left.messages,
      octets: left.octets,
      limits: { maxMessageBytes: limits.maxMessageBytes, maxLineOctets: limits.maxLineOctets, quota: limits.quota },
      refusals,
      repaired,
      duplicates: duplicates.plan,
      lostKeywords: lostKeywords(archive.catalogue.db, folders),
      warnings: [...remarked(options.freeze), ...warnings(folders, existing.length, limits)],
      estimate: estimateUpload(archive.catalogue.db, left.messages, target),
      quotaProblem: quotaProblem(left.certainOctets, limits),
    },
  };
}

const nothing: StillThere = { done: { messages: 0, octets: 0 }, vanished: new Set() };

async function whatIsThere(
  found: TargetFolder | null,
  { folder, name }: PlacedFolder,
  { archive, ledger, carried, signal }: PlanOptions,
): Promise<StillThere> {
  if (found === null) return nothing;
  if (!carried.isRestore) return { ...nothing, done: ledger.doneIn(folder.id, name, found.generation) };
  const place = { targetId: ledger.targetId, folderId: folder.id, name };
  return await stillThere(archive.catalogue.db, found, place, signal);
}

/** By their numbers. */
function chooseFolders(archive: ArchiveFiles, patterns: readonly string[]): Set<number> {
  const folders = allFolders(archive.catalogue.db);
  // A pattern may be about a calendar.
  const paths = [...folders, ...allItemFolders(archive.catalogue.db)].map(folder => folder.path);
  assertEachMatches(patterns, paths);
  const isChosen = folderFilter(patterns);
  return new Set(folders.filter(folder => isChosen(folder.path)).map(folder => folder.id));
}

/** A folder that is listed and cannot be opened is the upload's to report, with its messages. */
async function openIfThere(target: MailTarget, name: string, signal: AbortSignal): Promise<TargetFolder | null> {
  try {
    return await target.openFolder(name, signal);
  } catch (error) {
    if (problemOf(error).code === 'TARGET_FOLDER_VANISHED') return null;
    throw error;
  }
}

/** Only what is certainly not there yet is held against the free room: the rest may turn out to be there already. */
function quotaProblem(octets: number, { quota }: TargetLimits): Problem | null {
  if (quota === null) return null;
  const free = Math.max(0, quota.limitBytes - quota.usedBytes);
  if (octets <= free) return null;
  return {
    code: 'TARGET_QUOTA',
    details: { neededBytes: octets, freeBytes: free, usedBytes: quota.usedBytes, limitBytes: quota.limitBytes },
  };
}

function remarked(problem: Problem | null = null): UploadPlan['warnings'] {
  return problem === null ? [] : [{ problem: { ...problem, details: { ...problem.details } }, folder: null }];
}

function warnings(
  folders: readonly PlannedFolder[],
  existing: number,
  { maxFolders, maxMessagesPerFolder }: TargetLimits,
): UploadPlan['warnings'] {
  const all: UploadPlan['warnings'] = [];
  const inTheEnd = existing + folders.filter(folder => !folder.exists).length;
  if (typeof maxFolders === 'number' && inTheEnd > maxFolders) {
    const details = { folders: inTheEnd, limit: maxFolders };
    all.push({ problem: { code: 'TARGET_TOO_MANY_FOLDERS', details }, folder: null });
  }
  for (const { folder, messages } of folders) {
    if (typeof maxMessagesPerFolder !== 'number' || messages <= maxMessagesPerFolder) continue;
    const details = { folder: displayPath(folder.path), limit: maxMessagesPerFolder };
    all.push({ problem: { code: 'TARGET_FOLDER_TOO_FULL', details }, folder: [...folder.path] });
  }
  return all;
}

function planRow(folder: PlannedFolder): UploadPlan['folders'][number] {
  return {
    path: [...folder.folder.path],
    role: folder.folder.role,
    target: folder.name,
    targetPath: [...folder.targetPath],
    exists: folder.exists,
    renamed: folder.renamed === null ? null : { ...folder.renamed, details: { ...folder.renamed.details } },
    messages: folder.messages,
    octets: folder.octets,
    done: folder.done.messages,
  };
}
