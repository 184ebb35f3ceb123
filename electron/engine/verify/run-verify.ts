import { TravasoError } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { FolderPath } from '../../../shared/model/folder.ts';
import { noOutcomes } from '../../../shared/model/item.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { CarriedMessages } from '../archive/catalogue/carried-messages.ts';
import { allFolders } from '../archive/catalogue/folder-table.ts';
import type { ArchivedFolder } from '../archive/catalogue/folder-table.ts';
import { allItemFolders } from '../archive/catalogue/item-table.ts';
import { putFolderFigures, putItemOutcomes } from '../archive/catalogue/job-journal.ts';
import { storedFigures } from '../archive/catalogue/message-table.ts';
import { verifyArchive } from '../archive/verify-archive.ts';
import type { ArchiveFiles, CheckedArchive } from '../archive/archive.ts';
import { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import { MessageReader } from '../archive/message-reader.ts';
import type { FolderContext, JobContext, JobOutcome, WorkAmount } from '../jobs/job-context.ts';
import { persist } from '../jobs/persistence.ts';
import { Session } from '../jobs/session.ts';
import type { MailTarget } from '../targets/mail-target.ts';
import { assertEachMatches, folderFilter } from '../folder-patterns.ts';
import { ledgerAccount } from '../upload/selection.ts';
import type { Restore } from '../upload/selection.ts';
import { FolderProof } from './folder-proof.ts';

/**
 * Checks the archive against itself. Whatever is not as it was written is named among the exceptions, and the job then
 * fails: an archive is whole or it is not.
 *
 * @throws ARCHIVE_DAMAGED after everything was checked
 */
export async function runArchiveCheck(
  { root, catalogue, journal }: CheckedArchive,
  context: JobContext,
  /** False when this is only the first half: the figures then belong to what is proved at the target. */
  counted: boolean,
): Promise<JobOutcome> {
  context.phase('checking');
  const folders = catalogue === null ? new Map<string, CheckedFolder>() : announceFolders(catalogue, context);
  let seen = { messages: 0, octets: 0 };
  let current: CheckedFolder | undefined;
  const checked = await verifyArchive({
    root,
    signal: context.signal,
    progress: (messages, octets, stem) => {
      const folder = folders.get(stem);
      if (folder !== current) {
        current?.context.finished();
        folder?.context.phase('checking', folder.name);
        current = folder;
      }
      (folder?.context ?? context).done(messages - seen.messages, octets - seen.octets);
      seen = { messages, octets };
    },
  });
  for (const folder of folders.values()) folder.context.finished();
  if (counted) {
    context.count('found', checked.messages);
    context.count('verified', sum([...checked.soundMessages.values()]));
    for (const { kind, items } of checked.soundItems) context.countItems(kind, 'verified', items);
  }
  for (const problem of checked.problems) context.exception({ problem, folder: null, number: null, key: null });
  if (counted) {
    journal?.commit(() => {
      for (const folder of allFolders(journal.db)) {
        const verified = checked.soundMessages.get(folder.stem) ?? 0;
        putFolderFigures(journal.db, context.id, folder.id, { verified, missing: 0, differs: 0 });
      }
      for (const { id, kind, stem } of allItemFolders(journal.db)) {
        const verified = checked.soundItems.find(sound => sound.kind === kind && sound.stem === stem)?.items ?? 0;
        putItemOutcomes(journal.db, context.id, id, { ...noOutcomes, verified });
      }
    });
  }
  const codes = new Set(checked.problems.map(problem => problem.code));
  const [code] = codes;
  // One kind of trouble has its own words (an open seal, a torn catalogue); several are damage.
  if (code !== undefined) {
    if (codes.size === 1) throw new TravasoError(code, { ...checked.problems[0]?.details, path: root });
    throw new TravasoError('ARCHIVE_DAMAGED', { problems: checked.problems.length, path: root });
  }
  return checked.manifestSha256 === null ? {} : { manifestSha256: checked.manifestSha256 };
}

interface CheckedFolder {
  readonly name: string;
  readonly context: FolderContext;
}

/** By the stem of their files: the catalogue only says how much there is to check. */
function announceFolders(catalogue: Catalogue, context: JobContext): Map<string, CheckedFolder> {
  const folders = allFolders(catalogue.db).filter(folder => folder.selectable);
  const totals = folders.map(folder => storedFigures(catalogue.db, folder.id));
  context.total(sum(totals.map(each => each.messages)), sum(totals.map(each => each.octets)));
  context.folders.list(folders);
  return new Map(
    folders.map(({ path, stem }, index) => {
      const inFolder = context.folders.enter(path, context);
      inFolder.counted(totals[index] ?? nothing, nothing);
      return [stem, { name: displayPath(path), context: inFolder }];
    }),
  );
}

export interface TargetProofOptions {
  readonly archive: ArchiveFiles;
  readonly account: string;
  readonly connect: () => Promise<MailTarget>;
  /** See `folderFilter`; all when absent. */
  readonly folders?: readonly string[];
  /** The restore that is proved; null: the whole of what was carried over. */
  readonly restore?: Restore | null;
  readonly context: JobContext;
}

/**
 * Proves what arrived: every archived message that the old mailbox still had, or that was restored, is looked up at the target, read back and
 * compared. Each ends as verified, set aside (with the reason the upload gave) or missing.
 */
export async function runTargetProof(options: TargetProofOptions): Promise<void> {
  const { archive, account, connect, folders: patterns = [], restore = null, context } = options;
  const { db } = archive.catalogue;
  const session = new Session(connect);
  const reader = new MessageReader(archive);
  const ledger = new UploadLedger(db, ledgerAccount(account, restore));
  try {
    const carried = new CarriedMessages(db, restore?.chosen ?? null);
    if (restore === null) noteEmptyHolders(archive.catalogue, context);
    const folders = chosenFolders(allFolders(db), patterns, allItemFolders(db)).filter(
      ({ id, selectable }) => selectable && (!carried.isOfMessages || carried.figures(id).messages > 0),
    );
    const totals = folders.map(folder => carried.figures(folder.id));
    if (restore !== null && totals.every(({ messages }) => messages === 0))
      throw new TravasoError('RESTORE_NOTHING_CHOSEN');
    context.total(sum(totals.map(each => each.messages)), sum(totals.map(each => each.octets)));
    context.folders.list(folders);
    for (const [index, folder] of folders.entries()) {
      const inFolder = context.folders.enter(folder.path, context);
      inFolder.counted(totals[index] ?? nothing, nothing);
      const proof = new FolderProof({ archive, folder, ledger, carried, reader, context: inFolder });
      await persist(
        context,
        session,
        () => proof.achieved,
        () => session.with(target => proof.run(target)),
      );
      proof.writeFigures();
      inFolder.finished();
    }
  } finally {
    await session.close();
    await reader.close();
  }
}

const nothing: WorkAmount = { messages: 0, octets: 0 };

function chosenFolders(
  folders: readonly ArchivedFolder[],
  patterns: readonly string[],
  others: readonly { readonly path: FolderPath }[],
): ArchivedFolder[] {
  // A pattern may be about a calendar.
  assertEachMatches(
    patterns,
    [...folders, ...others].map(({ path }) => path),
  );
  const isChosen = folderFilter(patterns);
  return folders.filter(({ path }) => isChosen(path));
}

/** A folder that only holds others has nothing to prove, and its row in the report says so instead of staying open. */
function noteEmptyHolders(catalogue: Catalogue, context: JobContext): void {
  const holders = allFolders(catalogue.db).filter(folder => !folder.selectable);
  if (holders.length === 0) return;
  catalogue.commit(() => {
    for (const { id } of holders)
      putFolderFigures(catalogue.db, context.id, id, { verified: 0, missing: 0, differs: 0 });
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
