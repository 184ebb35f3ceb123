import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { UploadPlan } from '../../../shared/model/upload-plan.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { presentFigures } from '../archive/catalogue/message-table.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { MailTarget, TargetFolder, TargetLimits } from '../targets/mail-target.ts';
import { placeFolders } from './folder-names.ts';
import type { FolderMap, PlacedFolder } from './folder-names.ts';
import { estimateUpload } from './estimate-upload.ts';
import { lostKeywords } from './lost-keywords.ts';
import { planMessages } from './plan-messages.ts';

export interface PlanOptions {
  readonly archive: Archive;
  readonly ledger: UploadLedger;
  readonly reader: MessageReader;
  /** See `folderFilter`; empty for all. */
  readonly folders: readonly string[];
  readonly map: FolderMap;
  /** See `PreparationOptions`. */
  readonly repair?: boolean;
  readonly signal: AbortSignal;
}

export interface PlannedFolder extends PlacedFolder {
  readonly messages: number;
  readonly octets: number;
  /** Of the target's folder as it is now; null when it is not there or cannot be opened. */
  readonly generation: string | null;
  /** In the ledger as stored or present there. */
  readonly done: WorkAmount;
  /** The target folder holds messages that the ledger does not account for: some of ours may be among them. */
  readonly mayHoldOurs: boolean;
  /** Of the target's folder; null when it is not there yet. */
  readonly acceptsKeyword: TargetFolder['acceptsKeyword'] | null;
}

export interface PlannedUpload {
  readonly folders: readonly PlannedFolder[];
  readonly limits: TargetLimits;
  /** Of the target itself. */
  readonly remarks: readonly Problem[];
  readonly plan: UploadPlan;
}

/** Looks at the archive and the target and says what an upload would do. Sends nothing and creates nothing. */
export async function planUpload(target: MailTarget, options: PlanOptions): Promise<PlannedUpload> {
  const { archive, ledger, signal } = options;
  const chosen = chooseFolders(archive, options.folders);
  const existing = await target.listFolders(signal);
  const limits = await target.limits(signal);
  // All of them, so that where a folder goes does not depend on which others a run leaves out.
  const placed = placeFolders(allFolders(archive.catalogue.db), {
    target,
    existing,
    map: options.map,
    remembered: folder => ledger.folderName(folder.id),
  });
  const folders: PlannedFolder[] = [];
  for (const place of placed.filter(({ folder }) => chosen.has(folder.id))) {
    const { messages, octets } = presentFigures(archive.catalogue.db, place.folder.id);
    const found = place.exists && place.folder.selectable ? await openIfThere(target, place.name, signal) : null;
    const generation = found?.generation ?? null;
    const done = generation === null ? nothing : ledger.doneIn(place.folder.id, place.name, generation);
    const mayHoldOurs = found !== null && found.messages > ledger.claimedIn(place.name, found.generation);
    const acceptsKeyword = found === null ? null : (keyword: string): boolean => found.acceptsKeyword(keyword);
    folders.push({ ...place, messages, octets, generation, done, mayHoldOurs, acceptsKeyword });
  }
  const { refusals, repaired, left } = await planMessages(folders, limits, options);
  return {
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
      lostKeywords: lostKeywords(archive.catalogue.db, folders),
      warnings: warnings(folders, existing.length, limits),
      estimate: estimateUpload(archive.catalogue.db, left.messages, target),
      quotaProblem: quotaProblem(left.certainOctets, limits),
    },
  };
}

const nothing: WorkAmount = { messages: 0, octets: 0 };

/** By their numbers. */
function chooseFolders(archive: Archive, patterns: readonly string[]): Set<number> {
  const folders = allFolders(archive.catalogue.db);
  const paths = folders.map(folder => folder.path);
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
