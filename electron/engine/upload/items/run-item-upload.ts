import { problemOf } from '../../../../shared/errors.ts';
import type { Problem } from '../../../../shared/errors.ts';
import { displayPath } from '../../../../shared/model/folder.ts';
import type { ItemFolderPlan } from '../../../../shared/model/upload-plan.ts';
import type { ArchiveFiles } from '../../archive/archive.ts';
import { ItemLedger } from '../../archive/catalogue/item-ledger.ts';
import type { JobContext } from '../../jobs/job-context.ts';
import { persist } from '../../jobs/persistence.ts';
import { Session } from '../../jobs/session.ts';
import type { Ports } from '../../ports.ts';
import type { ItemTarget, TargetItemFolder } from '../../targets/item-target.ts';
import { ItemFolderUpload } from './item-folder-upload.ts';
import { ItemIdentities } from './item-identities.ts';
import { leaveToPerson } from './leave-to-person.ts';
import { chosenItemFolders, describeItemFolder, planItems } from './plan-items.ts';
import type { ItemChoice, PlannedItemFolder } from './plan-items.ts';

export interface ItemUploadOptions extends ItemChoice {
  readonly archive: ArchiveFiles;
  /** Name of the target account, for the ledger. */
  readonly account: string;
  /** Null where the account takes no items. */
  readonly connect: () => Promise<ItemTarget | null>;
  readonly ports: Pick<Ports, 'clock' | 'faults'>;
  readonly context: JobContext;
}

/** A line that may turn out to lead nowhere: the account has no way for items. */
interface ItemLine {
  readonly target: ItemTarget | null;
  close(): Promise<void>;
}

/**
 * Carries contacts, appointments and the like to the target, once its mail is there:
 *
 *     plan: where each folder goes, what goes by hand, what waits for consent
 *     per folder: create it where it is missing → `ItemFolderUpload`
 *
 * Every item ends in one row of the ledger: stored, present already, or set aside with its reason. What the account does
 * not take by itself is said once for each folder.
 */
export async function runItemUpload(options: ItemUploadOptions): Promise<void> {
  if (chosenItemFolders(options.archive, options).length === 0) return;
  await onLine(options, async (session, ledger, identities) => {
    const { context } = options;
    context.phase('listing');
    const { planned, remarks } = await persist(
      context,
      session,
      () => 0,
      () =>
        session.with(async ({ target }) => ({
          planned: await planItems(target, { ...options, ledger }, context.signal),
          remarks: target?.remarks ?? [],
        })),
    );
    for (const problem of remarks) remark(context, null, problem);
    for (const each of planned) {
      context.signal.throwIfAborted();
      if (each.fate === 'upload') await carryFolder(each, { options, session, ledger, identities });
      else leaveToPerson(each, each.fate === 'needs-consent' ? 'SETTINGS_NOT_SET' : 'ITEMS_BY_HAND', options);
    }
  });
}

/** What `runItemUpload` would do. Sends nothing and creates nothing. */
export async function planItemUpload(options: ItemUploadOptions): Promise<readonly ItemFolderPlan[]> {
  if (chosenItemFolders(options.archive, options).length === 0) return [];
  return await onLine(options, async (session, ledger, identities) => {
    const { context } = options;
    return await persist(
      context,
      session,
      () => 0,
      () =>
        session.with(async ({ target }) => {
          const means = { ...options, ledger, identities };
          const plans: ItemFolderPlan[] = [];
          for (const each of await planItems(target, means, context.signal)) {
            plans.push(await describeItemFolder(target, each, means, context.signal));
          }
          return plans;
        }),
    );
  });
}

async function onLine<T>(
  { archive, account, connect }: ItemUploadOptions,
  work: (session: Session<ItemLine>, ledger: ItemLedger, identities: ItemIdentities) => Promise<T>,
): Promise<T> {
  const session = new Session<ItemLine>(async () => {
    const target = await connect();
    return { target, close: () => target?.close() ?? Promise.resolve() };
  });
  try {
    return await work(session, new ItemLedger(archive.catalogue.db, account), new ItemIdentities(archive));
  } finally {
    await session.close();
  }
}

interface Means {
  readonly options: ItemUploadOptions;
  readonly session: Session<ItemLine>;
  readonly ledger: ItemLedger;
  readonly identities: ItemIdentities;
}

async function carryFolder(planned: PlannedItemFolder, { options, session, ledger, identities }: Means): Promise<void> {
  const { archive, context, ports } = options;
  const upload = new ItemFolderUpload({ archive, planned, ledger, identities, ports, context });
  let place: TargetItemFolder | null = planned.there;
  const attempt = async ({ target }: ItemLine): Promise<void> => {
    if (target === null) return;
    place ??= await createFolder(target, planned, options);
    const { key, name } = place;
    const known = ledger.folder(planned.folder.id);
    if (known?.key !== key || known.name !== name)
      archive.catalogue.commit(() => {
        ledger.putFolder(planned.folder.id, { key, name });
        ledger.forgetElsewhere(planned.folder.id, key);
      });
    await upload.run(target, place);
  };
  try {
    await persist(
      context,
      session,
      () => upload.achieved,
      () => session.with(attempt),
    );
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== 'ITEM_FOLDER_REFUSED' && problem.code !== 'TARGET_FOLDER_VANISHED') throw error;
    const { kind, path } = planned.folder;
    const details = { folder: displayPath(path), kind, ...problem.details };
    remark(context, planned, { code: problem.code, details });
    upload.setAsideAll({ code: 'ITEM_REFUSED', details: { reason: problem.code } });
  }
  upload.writeFigures();
}

async function createFolder(
  target: ItemTarget,
  { folder, name }: PlannedItemFolder,
  { context, ports }: ItemUploadOptions,
): Promise<TargetItemFolder> {
  ports.faults.reached('target.create-item-folder', 'before');
  const created = await target.createFolder(folder.kind, name, context.signal);
  ports.faults.reached('target.create-item-folder', 'after');
  return created;
}

function remark(context: JobContext, planned: PlannedItemFolder | null, { code, details }: Problem): void {
  const folder = planned === null ? null : [...planned.folder.path];
  context.exception({ problem: { code, details: { ...details } }, folder, number: null, key: null });
}
