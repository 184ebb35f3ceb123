import { problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import type { ForeseenRefusal, UploadPlan } from '../../../shared/model/upload-plan.ts';
import type { Archive } from '../archive/archive.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import { messagesOf, presentFigures } from '../archive/catalogue/message-table.ts';
import type { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import type { MessageReader } from '../archive/message-reader.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import { headerFields } from '../message/header-fields.ts';
import type { WorkAmount } from '../jobs/job-context.ts';
import type { MailTarget, TargetFolder, TargetLimits } from '../targets/mail-target.ts';
import { placeFolders } from './folder-names.ts';
import type { FolderMap, PlacedFolder } from './folder-names.ts';
import { foreseeRefusal } from './foresee-refusal.ts';

export interface PlanOptions {
  readonly archive: Archive;
  readonly ledger: UploadLedger;
  readonly reader: MessageReader;
  /** See `folderFilter`; empty for all. */
  readonly folders: readonly string[];
  readonly map: FolderMap;
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
}

export interface PlannedUpload {
  readonly folders: readonly PlannedFolder[];
  readonly limits: TargetLimits;
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
    folders.push({ ...place, messages, octets, generation, done, mayHoldOurs });
  }
  const { refusals, left } = await lookAtMessages(folders, limits, options);
  return {
    folders,
    limits,
    plan: {
      folders: folders.map(planRow),
      messages: left.messages,
      octets: left.octets,
      limits: { maxMessageBytes: limits.maxMessageBytes, maxLineOctets: limits.maxLineOctets, quota: limits.quota },
      refusals,
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

/** What is left to send, and which of it will be refused. */
async function lookAtMessages(
  folders: readonly PlannedFolder[],
  limits: TargetLimits,
  { archive, ledger, reader, signal }: PlanOptions,
): Promise<{ refusals: ForeseenRefusal[]; left: { messages: number; octets: number; certainOctets: number } }> {
  const refusals: ForeseenRefusal[] = [];
  const left = { messages: 0, octets: 0, certainOctets: 0 };
  for (const { folder, name, generation, mayHoldOurs } of folders) {
    for (const message of messagesOf(archive.catalogue.db, folder.id)) {
      signal.throwIfAborted();
      if (message.absentSince !== null) continue;
      const row = ledger.find(folder.id, message.number);
      const isThere = row?.targetFolder === name && row.generation === generation;
      if (isThere && (row.state === 'stored' || row.state === 'present')) continue;
      const problem = foreseeRefusal(message, limits);
      if (problem === null) {
        left.messages += 1;
        left.octets += message.size;
        if (!mayHoldOurs) left.certainOctets += message.size;
        continue;
      }
      const { subject } = await headerFields(await reader.header(folder, message));
      refusals.push({ folder: [...folder.path], number: message.number, subject, octets: message.size, problem });
    }
  }
  return { refusals, left };
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
