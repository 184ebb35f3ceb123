import { canonicalAddress, parseAccountAddress } from '../../../shared/account-address.ts';
import type { Account, Api, Input } from '../../../shared/contract.ts';
import { TravasoError } from '../../../shared/errors.ts';
import type { ItemFolderPlan, UploadPlan } from '../../../shared/model/upload-plan.ts';
import type { LiveAccounts } from '../accounts/live-accounts.ts';
import { assertApart } from '../accounts/assert-apart.ts';
import { assertUsable } from '../accounts/open-account.ts';
import { openArchive, openOrCreateArchive } from '../archive/archive.ts';
import type { Archive } from '../archive/archive.ts';
import type { Catalogue } from '../archive/catalogue/catalogue.ts';
import { readLeftOut } from '../archive/left-out.ts';
import { runBackup } from '../backup/run-backup.ts';
import type { JobContext, JobOutcome } from '../jobs/job-context.ts';
import type { JobRegistry, JobResource } from '../jobs/job-registry.ts';
import type { Ports } from '../ports.ts';
import type { Organisation } from '../profile/organisation.ts';
import { readFolderMap } from '../upload/folder-names.ts';
import type { FolderMap } from '../upload/folder-names.ts';
import { resolveSelection } from '../upload/selection.ts';
import type { Restore } from '../upload/selection.ts';
import type { BrowsedArchives } from '../browse/browsed-archives.ts';
import { openForRestore } from '../browse/open-for-restore.ts';
import type { RestorableArchive } from '../browse/open-for-restore.ts';
import { noMailPlan } from '../upload/no-mail-plan.ts';
import { runUpload } from '../upload/run-upload.ts';
import { planItemUpload, runItemUpload } from '../upload/items/run-item-upload.ts';
import type { FolderChoices } from './folder-choice-api.ts';

export interface TransferMeans {
  readonly ports: Ports;
  readonly jobs: JobRegistry;
  readonly accounts: LiveAccounts;
  readonly organisation: Organisation;
}

/** The jobs that carry mail. */
export function transferApi(
  means: TransferMeans,
  choices: FolderChoices,
  archives: BrowsedArchives,
): Pick<Api, 'backup.start' | 'upload.start' | 'upload.plan'> {
  const { ports, jobs, accounts } = means;
  return {
    'backup.start': async ({ archive, source, format, folders = [], leaveOutItems }) => {
      assertUsable(source);
      await assertApart(source, archive);
      // Patterns say all there is to say about folders.
      const choice = folders.length > 0 ? {} : { isLeftOut: await choices.leftOutOf(archive) };
      // Said now; else what the last backup was told.
      const kinds = leaveOutItems ?? (await readLeftOut(archive)).items.map(({ kind }) => kind);
      const jobId = await jobs.start({
        kind: 'backup',
        archive,
        account: accountName(source),
        open: async () => archiveResource(await openOrCreateArchive(archive, format, ports)),
        work: (resource, context) =>
          runBackup({
            archive: resource.archive,
            connect: () => accounts.source(source, context.signal),
            folders,
            ...choice,
            leaveOutItems: kinds,
            ports,
            context,
          }),
      });
      return { jobId };
    },
    'upload.start': input => startUpload(means, archives, input, false),
    'upload.plan': input => startUpload(means, archives, input, true),
  };
}

async function startUpload(
  { ports, jobs, accounts, organisation }: TransferMeans,
  archives: BrowsedArchives,
  {
    archive,
    target,
    folders = [],
    mapFile,
    repair = false,
    duplicates = 'one',
    selection = null,
    leaveOutItems = [],
    setSettings = false,
  }: Input<'upload.start'>,
  dryRun: boolean,
): Promise<{ jobId: string }> {
  assertUsable(target, 'target');
  const holdsMail = holdsMailAt(target);
  if (!holdsMail && selection !== null) throw new TravasoError('ACCOUNT_KIND_UNSUPPORTED', { scheme: 'dav' });
  const map: FolderMap = mapFile === null ? new Map() : await readFolderMap(mapFile);
  const account = accountName(target);
  const restore = await restoreOf({ archive, folders, selection }, archives);
  const { freeze } = await organisation.read();
  const jobId = await jobs.start({
    kind: dryRun ? 'plan' : 'upload',
    archive,
    account,
    restore: restore?.record ?? null,
    open: async () =>
      restore === null
        ? archiveResource(await openArchive(archive, 'write', ports))
        : restoreResource(await openForRestore(archive, id => archives.cacheFolder(id), ports)),
    work: async (resource, context) => {
      const common = { archive: resource.archive, account, folders, ports, context };
      const connect = () => accounts.target(target, context.signal, archive);
      const mail = holdsMail
        ? await runUpload({ ...common, connect, map, dryRun, repair, duplicates, restore, freeze })
        : noMailPlan(dryRun, freeze);
      // What is restored is chosen among messages.
      if (restore !== null || context.signal.aborted) return mail;
      const connectItems = () => accounts.itemTarget(target, context.signal, archive);
      const items = { ...common, connect: connectItems, leaveOut: leaveOutItems, setSettings };
      return await stoppable(context, mail, async () => {
        if (mail.plan !== undefined) return { plan: withItems(mail.plan, await planItemUpload(items)) };
        await runItemUpload(items);
        return mail;
      });
    },
  });
  return { jobId };
}

/** Being asked to stop is no failure: what was acknowledged is in the ledger. */
async function stoppable(
  { signal }: JobContext,
  soFar: JobOutcome,
  work: () => Promise<JobOutcome>,
): Promise<JobOutcome> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) return soFar;
    throw error;
  }
}

function withItems(plan: UploadPlan, items: readonly ItemFolderPlan[]): UploadPlan {
  return items.length === 0 ? plan : { ...plan, items: [...items] };
}

/** What a request asks to restore; its search is done now, before a job takes hold of the archive. */
export async function restoreOf(
  { archive, folders = [], selection = null }: Pick<Input<'upload.start'>, 'archive' | 'folders' | 'selection'>,
  archives: BrowsedArchives,
): Promise<Restore | null> {
  return await resolveSelection(selection, folders, query => archives.use(archive, browsed => browsed.found(query)));
}

export function restoreResource(
  archive: RestorableArchive,
): JobResource & { readonly archive: RestorableArchive; readonly journal: Catalogue } {
  return {
    archive,
    journal: archive.catalogue,
    close: () => {
      archive.close();
    },
  };
}

export function archiveResource(archive: Archive): JobResource & { readonly archive: Archive } {
  return {
    archive,
    journal: archive.mode === 'write' ? archive.catalogue : null,
    close: () => {
      archive.close();
    },
  };
}

/** An account of address books and calendars alone has no place for messages. */
export function holdsMailAt({ address }: Account): boolean {
  return parseAccountAddress(address).kind !== 'dav';
}

export function accountName(account: Account): string {
  return canonicalAddress(parseAccountAddress(account.address));
}
