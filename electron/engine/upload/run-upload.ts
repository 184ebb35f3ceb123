import { TravasoError, problemOf } from '../../../shared/errors.ts';
import type { Problem } from '../../../shared/errors.ts';
import { displayPath } from '../../../shared/model/folder.ts';
import type { DuplicatesChoice } from '../../../shared/model/upload-plan.ts';
import type { ArchiveFiles } from '../archive/archive.ts';
import { CarriedMessages } from '../archive/catalogue/carried-messages.ts';
import { UploadLedger } from '../archive/catalogue/upload-ledger.ts';
import { folderStem } from '../archive/layout.ts';
import { MessageReader } from '../archive/message-reader.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import { persist } from '../jobs/persistence.ts';
import { Session } from '../jobs/session.ts';
import type { Ports } from '../ports.ts';
import type { MailTarget } from '../targets/mail-target.ts';
import type { FolderMap } from './folder-names.ts';
import { FolderUpload } from './folder-upload.ts';
import { LearntLimits } from './learnt-limits.ts';
import { planUpload } from './plan-upload.ts';
import type { PlannedFolder, PlannedUpload } from './plan-upload.ts';
import { ledgerAccount } from './selection.ts';
import type { Restore } from './selection.ts';

export interface UploadOptions {
  readonly archive: ArchiveFiles;
  /** Name of the target account, for the ledger. */
  readonly account: string;
  readonly connect: () => Promise<MailTarget>;
  readonly folders: readonly string[];
  readonly map: FolderMap;
  /** Only say what would be done. */
  readonly dryRun: boolean;
  /** See `PreparationOptions`. */
  readonly repair?: boolean;
  /** See `PlanOptions`. */
  readonly duplicates?: DuplicatesChoice;
  /** See `PlanOptions`. */
  readonly freeze?: Problem | null;
  /** Only this, to this place; null: all that the old mailbox still had. */
  readonly restore?: Restore | null;
  readonly ports: Pick<Ports, 'clock' | 'faults' | 'log'>;
  readonly context: JobContext;
}

/**
 * Carries the archive to the target:
 *
 *     plan: where each folder goes, what is left, what will be refused, whether it fits → stop here if it does not
 *     create the folders
 *     per folder: `FolderUpload`
 *
 * Every message ends in one row of the ledger: stored, present already, or set aside with its reason.
 */
export async function runUpload(options: UploadOptions): Promise<JobOutcome> {
  const { archive, context, restore = null } = options;
  const session = new Session(options.connect);
  const reader = new MessageReader(archive);
  const ledger = new UploadLedger(archive.catalogue.db, ledgerAccount(options.account, restore));
  try {
    context.phase('listing');
    const carried = new CarriedMessages(archive.catalogue.db, restore?.chosen ?? null);
    const under = restore?.under ?? [];
    const planned = await persist(
      context,
      session,
      () => 0,
      () =>
        session.with(target =>
          planUpload(target, { ...options, carried, under, ledger, reader, signal: context.signal }),
        ),
    );
    for (const problem of planned.remarks) context.exception({ problem, folder: null, number: null, key: null });
    if (options.dryRun) return { plan: planned.plan };
    await transfer(options, planned, { session, reader, ledger, carried, made: new Set() });
    return {};
  } catch (error) {
    // Being asked to stop is no failure: what was acknowledged is in the ledger.
    if (context.signal.aborted) return {};
    throw error;
  } finally {
    await session.close();
    await reader.close();
  }
}

interface Means {
  readonly session: Session<MailTarget>;
  readonly reader: MessageReader;
  readonly ledger: UploadLedger;
  readonly carried: CarriedMessages;
  /** Names of folders that this run has made: several folders of the archive may go to one. */
  readonly made: Set<string>;
}

async function transfer(options: UploadOptions, planned: PlannedUpload, means: Means): Promise<void> {
  const { folders, limits, plan, duplicates } = planned;
  const { archive, context, ports } = options;
  if (plan.quotaProblem !== null) throw new TravasoError(plan.quotaProblem.code, plan.quotaProblem.details);
  const leftOut = plan.duplicates.sent === 'one' ? plan.duplicates : { messages: 0, octets: 0 };
  context.total(
    plan.messages + plan.refusals.length + leftOut.messages,
    plan.octets + sum(plan.refusals.map(refusal => refusal.octets)) + leftOut.octets,
  );
  const learnt = new LearntLimits(limits);
  // A message is left out once the one that stands for it has arrived, so folders that wait for others come last.
  const carried = folders
    .filter(each => each.folder.selectable)
    .sort((a, b) => Number(duplicates.leftOutOf(a.folder.id) > 0) - Number(duplicates.leftOutOf(b.folder.id) > 0));
  context.folders.list(carried.map(planned => planned.folder));
  for (const planned of carried) {
    const inFolder = context.folders.enter(planned.folder.path, context);
    const place = await createFolder(planned, options, means);
    forgetVanished(planned, options, means);
    const upload = new FolderUpload({
      archive,
      place,
      limits: learnt,
      repair: options.repair ?? false,
      ports,
      context: inFolder,
      ledger: means.ledger,
      carried: means.carried,
      representation: message => duplicates.representation(message, means.ledger),
      reader: means.reader,
    });
    upload.begin(planned, planned.done);
    if (place.refused !== null) {
      upload.setAsideAll(place.refused);
      inFolder.finished();
      continue;
    }
    try {
      await persist(
        context,
        means.session,
        () => upload.achieved,
        () => means.session.with(target => upload.run(target)),
      );
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'TARGET_FOLDER_VANISHED') throw error;
      upload.setAsideAll(problem);
    }
    upload.writeFigures();
    inFolder.finished();
  }
}

/** What is no longer where the ledger has it is to be sent again. */
function forgetVanished({ folder, vanished }: PlannedFolder, { archive }: UploadOptions, { ledger }: Means): void {
  if (vanished.size === 0) return;
  archive.catalogue.commit(() => {
    for (const number of vanished) ledger.remove(folder.id, number);
  });
}

/** Creates the folder; one whose name is refused after all gets a plain name, and the report says so. */
async function createFolder(
  planned: PlannedFolder,
  { archive, context, ports, restore }: UploadOptions,
  { session, ledger, made }: Means,
): Promise<PlannedFolder & { readonly refused: Problem | null }> {
  const path = [...planned.folder.path];
  const remember = (name: string): void => {
    archive.catalogue.commit(() => {
      ledger.putFolderName(planned.folder.id, name);
    });
  };
  const remark = (problem: Problem): void => {
    context.exception({ problem, folder: path, number: null, key: null });
  };
  const create = async (name: string): Promise<void> => {
    ports.faults.reached('target.create-folder', 'before');
    await persist(
      context,
      session,
      () => 0,
      () => session.with(target => target.createFolder(name, context.signal)),
    );
    ports.faults.reached('target.create-folder', 'after');
  };
  if (planned.renamed !== null) remark(planned.renamed);
  if (planned.exists || made.has(planned.name)) {
    remember(planned.name);
    return { ...planned, refused: null };
  }
  try {
    // A server would make what is above as a shell that takes no mail (RFC 3501, 6.3.3), and the messages of that folder,
    // carried another time, would have to go beside it.
    for (const { name } of planned.above) {
      if (made.has(name)) continue;
      await create(name);
      made.add(name);
    }
    await create(planned.name);
    made.add(planned.name);
    remember(planned.name);
    return { ...planned, refused: null };
  } catch (error) {
    if (problemOf(error).code !== 'TARGET_FOLDER_REFUSED') throw error;
  }
  const stem = folderStem(planned.folder.path.at(-1) ?? '', planned.folder.id);
  const plain = await persist(
    context,
    session,
    () => 0,
    () => session.with(target => Promise.resolve(target.nameFor([...(restore?.under ?? []), stem]).name)),
  );
  const details = { folder: displayPath(path), name: plain, reason: 'refused' };
  try {
    await create(plain);
    remember(plain);
    remark({ code: 'TARGET_FOLDER_RENAMED', details });
    return { ...planned, name: plain, refused: null };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== 'TARGET_FOLDER_REFUSED') throw error;
    remark(problem);
    return { ...planned, refused: problem };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
